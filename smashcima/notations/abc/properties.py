"""Clefs and properties of voices, in `K:` and `V:` fields."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

_WORD = re.compile(r'[^\s="]+="[^"]*"|"[^"]*"|[^\s"]+')

_CLEF = re.compile(
    r"(treble|alto|tenor|bass|baritone|soprano|mezzosoprano|perc|drum|none|[GCF])([1-5])?([+\-^_](?:8|15))?$"
)

_NAMED_CLEFS: dict[str, tuple[str | None, int | None]] = {
    "treble": ("G", 2), "alto": ("C", 3), "tenor": ("C", 4), "bass": ("F", 4), "baritone": ("F", 3),
    "soprano": ("C", 1), "mezzosoprano": ("C", 2), "perc": ("perc", None), "drum": ("perc", None),
    "none": (None, None), "G": ("G", 2), "C": ("C", 3), "F": ("F", 4),
}  # fmt: skip

_PITCH = re.compile(r"([A-Ga-g])([,']*)$")

_NAMES = {"nm": "name", "snm": "subname", "sname": "subname", "m": "middle", "t": "transpose"}

_OCTAVES = {"8": 1, "15": 2}


@dataclass(frozen=True, slots=True)
class ClefName:
    """A clef."""

    shape: str | None
    """`G`, `C`, `F`, `perc`, or `None` for a staff without a clef."""

    line: int | None
    """Its staff line, from 1 at the bottom."""

    octaves: int = 0
    """Octaves of the small 8 or 15: -1 for `treble-8`."""


TREBLE = ClefName("G", 2)


@dataclass(frozen=True, slots=True)
class Properties:
    """What a `K:` or `V:` field says about a voice; `None` where it says nothing."""

    clef: ClefName | None = None

    middle: int | None = None
    """Diatonic number (28 for C4) of the note on the middle line."""

    octave: int | None = None
    """Octaves by which the notes are raised."""

    transpose: int | None = None
    """Semitones from the written to the sounding pitch."""

    lines: int | None = None
    """Number of staff lines."""

    name: str | None = None

    subname: str | None = None

    stem: str | None = None
    """`up` or `down`."""

    unknown: tuple[str, ...] = ()
    """Words that were not understood."""


def split_words(text: str) -> list[str]:
    """The words of a field, where `name="Tenore I"` is one word."""
    return _WORD.findall(text)


def diatonic_of(letter: str, marks: str) -> int:
    """Diatonic number of a note by its letter and octave marks: 28 for `C`, 35 for `c`, 21 for `C,`."""
    octave = (5 if letter.islower() else 4) + marks.count("'") - marks.count(",")
    return octave * 7 + "CDEFGAB".index(letter.upper())


def is_clef(word: str) -> bool:
    """Whether a word is the name of a clef."""
    return _CLEF.match(word) is not None and word not in ("G", "C", "F")


def parse_properties(words: list[str]) -> Properties:
    """Reads the words of a `K:` or `V:` field, without key and voice."""
    found = Properties()
    for word in words:
        name, equals, value = word.partition("=")
        name = name.strip()
        value = value.strip().strip('"')
        if not equals:
            changes = _clef(word)
        else:
            changes = _property(_NAMES.get(name.lower(), name.lower()), value)
        found = replace(found, **(changes or {"unknown": (*found.unknown, word)}))
    return found


def _property(name: str, value: str) -> dict[str, Any] | None:
    if name in ("name", "subname"):
        return {name: value}
    if name == "clef":
        return _clef(value)
    if name == "middle":
        pitch = _PITCH.match(value)
        return {"middle": diatonic_of(pitch[1], pitch[2])} if pitch else None
    if name == "stem" and value in ("up", "down", "auto"):
        return {"stem": value}
    if name in ("octave", "transpose", "stafflines") and re.fullmatch(r"[+-]?\d{1,2}", value):
        return {"lines" if name == "stafflines" else name: int(value)}
    return None


def _clef(text: str) -> dict[str, Any] | None:
    found = _CLEF.match(text)
    if found is None:
        return None
    shape, line = _NAMED_CLEFS[found[1]]
    if found[2] and shape not in (None, "perc"):
        line = int(found[2])
    octaves = 0
    if found[3]:
        octaves = _OCTAVES[found[3][1:]] * (1 if found[3][0] in "+^" else -1)
    return {"clef": ClefName(shape, line, octaves)}
