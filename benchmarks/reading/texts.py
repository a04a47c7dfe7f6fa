"""What a reader should read: the text of a strip of a staff, from the objects on it.

Real and generated pages are read by the same rules from the same kind of graph (see `benchmarks/placement`), so that a
text does not depend on where its page comes from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from notation_graph import Staff, Thing

_HEADS = {"noteheadFull": "", "noteheadHalf": "half", "noteheadWhole": "whole"}
_ACCIDENTALS = {"accidentalSharp": "sharp", "accidentalFlat": "flat", "accidentalNatural": "natural"}
_SIGNS = {
    "gClef": "clef-G",
    "fClef": "clef-F",
    "cClef": "clef-C",
    "restWhole": "rest-whole",
    "restHalf": "rest-half",
    "restQuarter": "rest-quarter",
    "rest8th": "rest-eighth",
    "rest16th": "rest-16th",
    "augmentationDot": "dot",
}
_VALUES = ("quarter", "eighth", "16th", "32nd", "64th")
_FLAG = re.compile(r"flag(\d+)(th|nd)")
_LEVELS = {"8": 1, "16": 2, "32": 3, "64": 4}
HIGHEST = 14
"""Largest distance of a note from the middle line, in steps; others are read as this."""


def text_of(things: Iterable[Thing], staff: Staff) -> list[str]:
    """The tokens of objects of a staff, from left to right; chords from bottom to top."""
    columns: list[tuple[float, float, str]] = []
    for thing in things:
        token = token_of(thing, staff)
        if token is not None:
            columns.append((_column(thing), thing.y, token))
    return [token for _, _, token in sorted(columns, key=lambda each: (each[0], -each[1]))]


def token_of(thing: Thing, staff: Staff) -> str | None:
    """`eighth_-2` for a note two steps below the middle line, `sharp`, `rest-half`, `clef-G`, ...; `None` for others."""
    if thing.name in _HEADS:
        step = round(-2 * staff.ss(thing.y, thing.x)) if thing.step is None else thing.step
        return f"{_value(thing)}_{max(-HIGHEST, min(step, HIGHEST))}"
    return _ACCIDENTALS.get(thing.name) or _SIGNS.get(thing.name)


def _value(head: Thing) -> str:
    """The note value: by the head, and by beams and flags."""
    if head.name != "noteheadFull":
        return _HEADS[head.name]
    beams = sum(1 for beam in head.of("beam"))
    flags = 0
    for thing in head.related:
        found = _FLAG.match(thing.name)
        if found:
            flags = max(flags, _LEVELS.get(found[1], 0))
    return _VALUES[min(max(beams, flags), len(_VALUES) - 1)]


def _column(thing: Thing) -> float:
    """The x by which an object is ordered; the heads of a chord share that of their stem."""
    stems = thing.of("stem") if thing.name in _HEADS else []
    heads = [head for stem in stems for head in stem.owners(*_HEADS)]
    return min((head.x for head in heads), default=thing.x)
