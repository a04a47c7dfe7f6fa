"""Tempo: the value of a `Q:` field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

_BEATS = r"\d{1,3}/\d{1,3}(?:\s+\d{1,3}/\d{1,3}){0,3}"

_TEMPO = re.compile(
    rf'\s*(?:"(?P<before>[^"]*)")?\s*(?:(?:(?P<beats>{_BEATS})|(?P<unit>[A-Ca-c]\d?))\s*=\s*)?(?P<rate>\d{{1,4}}(?:\.\d{{1,3}})?)?\s*'
    r'(?:"(?P<after>[^"]*)")?\s*$'
)


@dataclass(frozen=True, slots=True)
class Tempo:
    """A tempo, as written."""

    words: str = ""

    beats: tuple[Fraction, ...] = ()
    """Lengths of the beats, in whole notes."""

    rate: float | None = None
    """How many times per minute the sum of the beats fits."""


def parse_tempo(text: str, unit_length: Fraction) -> Tempo | None:
    """Reads a `Q:` field; without a beat, as in `Q:120`, the rate counts unit note lengths. `None` if it is invalid."""
    found = _TEMPO.match(text)
    if found is None:
        return None
    words = " ".join(filter(None, (found["before"], found["after"])))
    if found["rate"] is None:
        return Tempo(words) if words and not found["beats"] else None
    if found["beats"]:
        pairs = [each.split("/") for each in found["beats"].split()]
        if any(not int(a) or not int(b) for a, b in pairs):
            return None
        beats = tuple(Fraction(int(a), int(b)) for a, b in pairs)
    else:
        unit = found["unit"] or "C"
        beats = (unit_length * int(unit[1:] or 1),)
    return Tempo(words, beats, float(found["rate"])) if beats[0] else None
