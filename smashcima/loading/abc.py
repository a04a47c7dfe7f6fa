"""Splitting of ABC tune books into tunes, and counts of their notes.

Verovio 6.4.1 reads ABC quickly, but drops the end of a tune without a final barline, all music after a `P:` field, and
nearly everything under `M:none`, without logging it. The notes of each tune are therefore counted here, and an import
that lacks some of them is rejected.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from smashcima.loading.completeness import Tally
from smashcima.loading.completeness.tally import UNKNOWN

_TUNE = re.compile(r"(?m)^(?=X:)")

_FIELD = re.compile(r"^[A-Za-z+]:")

_INLINE_FIELD = re.compile(r"\[[A-Za-z]:[^\]]*\]")

_QUOTED = re.compile(r'"[^"]*"|![^!\s]+!|\+[^+\s]+\+')

_NOTE = re.compile(r"[_^=]*[A-Ga-g]")

_REST = re.compile(r"[zZ]")

_NO_METRE = re.compile(r'(<meterSig\b[^>]*?) count="0" unit="0"')

_BAR_AT_END = re.compile(r"[|\]:]\s*\d*\s*$")


@dataclass(frozen=True, slots=True)
class Tune:
    """One tune of a tune book."""

    text: str
    """ABC text of this tune only, preceded by the file header."""

    name: str
    """Its number and title, where present."""

    notes: int
    """Number of noteheads, including grace notes."""

    rests: int
    """Number of visible rests."""

    has_key: bool
    """Whether the tune has the mandatory `K:` field, which precedes the music."""

    syllables: int
    """Number of lyric syllables."""


def split_tunes(text: str) -> list[Tune]:
    """Splits a file at its `X:` fields; a file without any is one tune."""
    header, *tunes = _TUNE.split(text)
    if not tunes:
        return [_tune(text, text)]
    return [_tune(header.strip("\n") + "\n" + tune if header.strip() else tune, tune) for tune in tunes]


def with_free_metre(mei: str) -> str:
    """The MEI of a tune with `M:none` as music without a metre, which shows no time signature.

    Verovio imports `M:none` as 0/0, which is a time signature that is drawn.
    """
    return _NO_METRE.sub(r'\1 sym="open"', mei)


def tally_tune(tune: Tune) -> Tally:
    """The counts of a tune, without distinguishing parts and measures."""
    tally = Tally()
    for kind, number in (("note", tune.notes), ("rest", tune.rests), ("lyric syllable", tune.syllables)):
        tally.add(kind, UNKNOWN, UNKNOWN, number)
    return tally


def _tune(whole: str, own: str) -> Tune:
    music = _music_of(own)
    rests = len(_REST.findall(music))
    notes = len(_NOTE.findall(music))
    has_key = re.search(r"(?m)^K:", whole) is not None
    number, title = _field(own, "X"), _field(own, "T")
    whole = whole.rstrip() + "\n"
    if music.strip() and not _BAR_AT_END.search(music):
        whole = whole.rstrip("\n\\ ") + "|\n"  # without a final barline, Verovio drops the last measure
    return Tune(whole, " ".join(filter(None, (number, title))), notes, rests, has_key, _syllables(own))


def _music_of(tune: str) -> str:
    lines = []
    for line in tune.split("\n"):
        line = line.partition("%")[0]
        if not _FIELD.match(line):
            lines.append(_QUOTED.sub("", _INLINE_FIELD.sub("", line)))
    return "\n".join(lines).strip()


def _syllables(tune: str) -> int:
    lines = re.findall(r"(?m)^w:(.*)$", tune)
    return sum(1 for line in lines for word in re.split(r"[\s\-]+", line) if word.strip("_*|~"))


def _field(tune: str, letter: str) -> str:
    found = re.search(rf"(?m)^{letter}:[ \t]*(.*?)[ \t]*$", tune)
    return found[1] if found else ""
