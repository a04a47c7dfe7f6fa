"""ABC tune books: cut into tunes, and counted, so that no note is lost in silence.

Verovio 6.4.1 reads ABC quickly, but drops the end of a tune whose last bar line is missing, all
music behind a `P:` field, and nearly everything under `M:none`; its log says nothing about
it. So the notes of each tune are counted here, and a reading that lacks some is not taken.
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

_BAR_AT_END = re.compile(r"[|\]:]\s*\d*\s*$")


@dataclass(frozen=True, slots=True)
class Tune:
    """One tune of a book."""

    text: str
    """ABC of this tune alone, with the header of the file before it."""

    name: str
    """Its number and title, as far as it has them."""

    notes: int
    """Number of noteheads in it, grace notes included."""

    rests: int
    """Number of visible rests in it."""

    has_key: bool
    """Whether there is a `K:` field, with which the music of every tune begins."""

    syllables: int
    """Number of words or parts of words under its notes."""


def split_tunes(text: str) -> list[Tune]:
    """Cut a file at its `X:` fields; a file without any is one tune."""
    header, *tunes = _TUNE.split(text)
    if not tunes:
        return [_tune(text, text)]
    return [_tune(header.strip("\n") + "\n" + tune if header.strip() else tune, tune) for tune in tunes]


def tally_tune(tune: Tune) -> Tally:
    """The counts of a tune; its parts and measures are not kept apart."""
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
        whole = whole.rstrip("\n\\ ") + "|\n"  # without it, Verovio drops the last measure
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
