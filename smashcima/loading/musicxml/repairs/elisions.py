"""Restoration of elisions that are no ties.

Verovio 6.4.1 draws a tie below the syllables for an `<elision>` whose text is a space, and a space for other texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from lxml import etree

from smashcima.loading.musicxml.elisions import is_space, joins_with_text
from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair
from smashcima.loading.xml import text_of

_MEI = "{http://www.music-encoding.org/ns/mei}"


_READ_WELL = (None, "", "\N{UNDERTIE}")


class _Lyric(NamedTuple):
    """A lyric with an unusual elision."""

    note: str
    """Id of its note."""
    texts: list[str]
    elisions: list[str | None]


class RestoreElisions(Repair):
    """Parts syllables by the space, or joins them by the text, that the source has between them."""

    def __init__(self) -> None:
        self._lyrics: dict[etree._Element, _Lyric] = {}
        """Lyrics with an unusual elision."""

    def prepare(self, source: MusicXmlSource) -> None:
        for elision in source.root.iter("elision"):
            lyric = elision.getparent()
            note = next(elision.iterancestors("note"), None)
            if lyric is None or note is None or elision.text in _READ_WELL or lyric in self._lyrics:
                continue
            elisions = lyric.findall("elision")
            self._lyrics[lyric] = _Lyric(
                source.id_of(note),
                [_plain(text) for text in lyric.iterfind("text")],
                [each.text for each in elisions],
            )
            for each in elisions:
                each.text = None  # read as a tie, without a complaint

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        for lyric in self._lyrics.values():
            note = result.by_id.get(lyric.note)
            verse = _verse(note, lyric.texts) if note is not None else None
            if verse is not None:
                _rewrite(verse, lyric.elisions)
                result.change()


def _verse(note: etree._Element, texts: list[str]) -> etree._Element | None:
    """The verse of a note or its chord that has these texts; the first may have become the number of the verse."""
    for verse in _verses(note):
        found = [text_of(syllable) for syllable in verse.iterfind(f"{_MEI}syl")]
        if len(found) > 1 and texts[-len(found) :] == found:
            return verse
    return None


def _verses(note: etree._Element) -> Iterator[etree._Element]:
    yield from note.iterfind(f"{_MEI}verse")
    chord = note.getparent()
    if chord is not None and chord.tag == f"{_MEI}chord":
        yield from chord.iterfind(f"{_MEI}verse")


def _rewrite(verse: etree._Element, elisions: list[str | None]) -> None:
    syllables = verse.findall(f"{_MEI}syl")
    between = elisions[len(elisions) - len(syllables) + 1 :]
    for (left, right), text in reversed(list(zip(pairwise(syllables), between, strict=False))):
        if is_space(text):
            left.set("con", "s")
        elif joins_with_text(text):
            _join(verse, left, (text or "").strip(), right)


def _join(verse: etree._Element, left: etree._Element, text: str, right: etree._Element) -> None:
    left.text = f"{text_of(left)}{text}{text_of(right)}"
    begins, ends = left.get("wordpos", "s") in "is", right.get("wordpos", "s") in "st"
    left.set("wordpos", ("s" if ends else "i") if begins else ("t" if ends else "m"))
    left.set("con", right.get("con", "s"))
    verse.remove(right)


def _plain(text: etree._Element) -> str:
    return " ".join((text.text or "").split())
