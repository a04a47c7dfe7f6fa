"""What the importer made of hidden elements of MusicXML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import ImportResult

_MEI = "{http://www.music-encoding.org/ns/mei}"

_IN_NOTE = {
    "fermata": "fermata", "trill-mark": "trill", "turn": "turn", "inverted-turn": "turn", "delayed-turn": "turn",
    "delayed-inverted-turn": "turn", "vertical-turn": "turn", "mordent": "mordent", "inverted-mordent": "mordent",
    "arpeggiate": "arpeg", "glissando": "gliss", "slide": "gliss", "fingering": "fing", "breath-mark": "breath",
    "caesura": "caesura",
}  # fmt: skip
"""Marks of MEI that start at a note, by the notation that they are in MusicXML."""

_IN_MEASURE = {
    "words": ("dir", "tempo", "dynam"), "dynamics": ("dynam",), "metronome": ("tempo",), "rehearsal": ("reh",),
    "harmony": ("harm",), "figured-bass": ("harm",), "segno": ("dir", "repeatMark"), "coda": ("dir", "repeatMark"),
    "pedal": ("pedal",), "octave-shift": ("octave",),
}  # fmt: skip
"""Marks of MEI by the element that they are in MusicXML."""

_ARTICULATIONS = {
    "staccato": "stacc", "tenuto": "ten", "accent": "acc", "strong-accent": "marc", "staccatissimo": "stacciss",
    "spiccato": "spicc", "detached-legato": "ten-stacc", "up-bow": "upbow", "down-bow": "dnbow", "harmonic": "harm",
    "open-string": "open", "stopped": "stop", "snap-pizzicato": "snap",
}  # fmt: skip


_WITH_WORDS = frozenset({"words", "dynamics", "rehearsal"})
"""Elements that are found by their words."""


class HiddenElement(NamedTuple):
    """A hidden element of the source."""

    element: etree._Element
    note: str | None
    """Id of its note, if it is in one."""

    own: str | None
    """Its own id, if the importer keeps it."""

    order: int
    """Number of elements of its name before it in its measure, in all parts above and in its own."""

    total: int
    """Number of elements of its name in its measure, in all parts."""

    measure: int


class SourceOrders:
    """The order of elements of one name in the same measure of all parts."""

    def __init__(self, root: etree._Element) -> None:
        self._parts = [part.findall("measure") for part in root.iterfind("part")]
        self._known: dict[tuple[int, str], dict[etree._Element, int]] = {}

    def of(self, element: etree._Element, measure: int) -> tuple[int, int]:
        """Index of an element, and the number of elements of its name; 0 for those that are not found by order."""
        tag = str(element.tag)
        if tag not in _IN_MEASURE:
            return 0, 0
        known = self._known.get((measure, tag))
        if known is None:
            same = (
                found
                for part in self._parts
                for contents in part[measure : measure + 1]
                for found in contents.iter(tag)
            )
            known = self._known[measure, tag] = {found: index for index, found in enumerate(same)}
        return known[element], len(known)


class ImportedMarks:
    """Finds what the importer made of hidden elements."""

    def __init__(self, result: ImportResult) -> None:
        self._result = result
        self._measures = list(result.root.iter(f"{_MEI}measure"))
        self._by_words: dict[tuple[int, str], dict[str, list[etree._Element]]] = {}
        self._by_start: dict[tuple[int, str], dict[str, list[etree._Element]]] = {}

    def of(self, hidden: HiddenElement) -> Iterator[etree._Element]:
        """The imported elements; nothing if they are not found."""
        if hidden.own is not None:
            found = self._result.by_id.get(hidden.own)
            if found is not None:
                yield found
            return
        tag = str(hidden.element.tag)
        if hidden.measure >= len(self._measures):
            return
        if hidden.note is not None:
            yield from self._at_note(hidden, tag)
        elif tag in _WITH_WORDS:
            left = self._marks_by_words(hidden.measure, tag).get(_plain(hidden.element))
            if left:
                yield left.pop(0)
        elif tag in _IN_MEASURE:
            marks = self._marks(hidden.measure, tag)
            if len(marks) == hidden.total:
                yield marks[hidden.order]

    def _marks(self, measure: int, tag: str) -> list[etree._Element]:
        names = tuple(f"{_MEI}{name}" for name in _IN_MEASURE[tag])
        return [mark for mark in self._measures[measure].iterchildren(*names) if _is_of_kind(mark, tag)]

    def _marks_by_words(self, measure: int, tag: str) -> dict[str, list[etree._Element]]:
        """The marks by their words, and by those of their parts, since several words can become one mark."""
        found = self._by_words.get((measure, tag))
        if found is None:
            found = self._by_words[measure, tag] = {}
            for mark in self._marks(measure, tag):
                for words in dict.fromkeys([_plain(mark), *map(_plain, mark)]):
                    found.setdefault(words, []).append(mark)
        return found

    def _at_note(self, hidden: HiddenElement, tag: str) -> Iterator[etree._Element]:
        note = self._result.by_id.get(hidden.note or "")
        if note is None:
            return
        parent = note.getparent()
        holders = [note] if parent is None or parent.tag != f"{_MEI}chord" else [note, parent]
        if tag == "lyric":
            number = hidden.element.get("number", "1")
            for holder in holders:
                yield from (v for v in holder.iterchildren(f"{_MEI}verse") if v.get("n", "1") == number)
        elif tag in _IN_NOTE:
            starts = self._marks_by_start(hidden.measure, _IN_NOTE[tag])
            for holder in holders:
                yield from starts.get(_id(holder), ())
        else:
            signs = [sign for holder in holders for sign in holder.iterchildren(f"{_MEI}artic")]
            named = [sign for sign in signs if sign.get("artic") == _ARTICULATIONS.get(tag)]
            yield from named or (signs if len(signs) == 1 else [])

    def _marks_by_start(self, measure: int, name: str) -> dict[str, list[etree._Element]]:
        found = self._by_start.get((measure, name))
        if found is None:
            found = self._by_start[measure, name] = {}
            for mark in self._measures[measure].iterchildren(f"{_MEI}{name}"):
                for start in {*mark.get("startid", "").split(), *mark.get("plist", "").split()}:
                    found.setdefault(start.removeprefix("#"), []).append(mark)
        return found


def _is_of_kind(mark: etree._Element, tag: str) -> bool:
    """Whether a mark can come from an element of a name, where one MEI element stands for several."""
    if tag in ("harmony", "figured-bass"):
        return (mark.find(f"{_MEI}fb") is not None) == (tag == "figured-bass")
    if tag == "metronome":
        return mark.get("mm") is not None or mark.find(f"{_MEI}rend[@glyph.auth]") is not None
    return True


def _id(element: etree._Element) -> str:
    return element.get("{http://www.w3.org/XML/1998/namespace}id", "")


def _plain(element: etree._Element) -> str:
    if element.tag == "dynamics":
        return "".join(child.text or child.tag for child in element if isinstance(child.tag, str))
    return " ".join("".join(str(text) for text in element.itertext()).split())
