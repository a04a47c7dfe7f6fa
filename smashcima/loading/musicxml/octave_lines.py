"""The octave lines of a MusicXML score: on which staff, from when to when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from lxml import etree

from smashcima.loading.musicxml.timeline import duration_of, timeline
from smashcima.loading.musicxml.tree import PartStaves, integer

_OCTAVES = {"8": 1, "15": 2, "22": 3}

_SHORTEST = Fraction(1, 10**6)
"""Length in quarters of a line over the notes of one time."""

Order = tuple[int, int]
"""Index of a measure, and the position of an element in it."""


@dataclass(frozen=True)
class OctaveLine:
    """An octave line. Its notes are those that start from its start until before its end, in all voices of its staff."""

    staff: int
    """Number of its staff in the score."""

    measure: int
    """Index of the measure in which its start is written."""

    octaves: int
    """Octaves from written to sounding pitch: 1 for an 8va, -1 for an 8vb."""

    start: Fraction
    """Quarters from the start of the part, with the offset of the direction."""

    start_order: Order
    end: Fraction
    end_order: Order

    element: etree._Element
    """The `<octave-shift>` that starts it."""

    is_ended: bool = True
    """Whether the source ends it."""

    def covers(self, at: Fraction, grace_order: Order | None) -> bool:
        """Whether a note is under the line; of grace notes at its ends, those between them in the file are."""
        if grace_order is None:
            return self.start <= at < self.end
        return (self.start, self.start_order) < (at, grace_order) < (self.end, self.end_order)


@dataclass(frozen=True)
class MeasureTime:
    """Where a measure begins in its part, in quarters, and how many divisions a quarter has in it."""

    start: Fraction
    divisions: int


def measure_times(part: etree._Element) -> list[MeasureTime]:
    """The times of the measures of a part, and that of its end as the last."""
    found: list[MeasureTime] = []
    start, divisions = Fraction(0), 1
    for measure in part.iterfind("measure"):
        divisions = integer(measure.findtext("attributes/divisions"), divisions)
        found.append(MeasureTime(start, divisions))
        length = max((at + duration_of(child) for at, child in timeline(measure)
                      if child.tag in ("note", "forward")), default=Fraction(0))  # fmt: skip
        start += length / divisions
    return [*found, MeasureTime(start, divisions)]


def octave_lines(staves: PartStaves, times: list[MeasureTime]) -> list[OctaveLine]:
    """The octave lines of a part, in the order in which they start in the file."""
    finished: dict[int, OctaveLine] = {}
    waiting: dict[tuple[int, str], tuple[int, OctaveLine]] = {}
    for index, measure in enumerate(staves.part.iterfind("measure")):
        for at, order, staff, shift in _shifts(measure, times[index]):
            number = shift.get("number", "1")
            place = staves.first + staff - 1
            kind = shift.get("type")
            if kind in ("up", "down"):
                octaves = _OCTAVES.get(shift.get("size", "8"), 1) * (1 if kind == "down" else -1)
                line = OctaveLine(
                    place, index, octaves, at, (index, order), times[-1].start, (len(times), 0), shift, False
                )
                position = len(finished)
                finished[position] = line
                waiting[place, number] = position, line
            elif kind == "stop":
                key = _ended(list(waiting), place, number)
                if key is not None:
                    position, line = waiting.pop(key)
                    finished[position] = replace(line, end=at, end_order=(index, order), is_ended=True)
    return [line if line.start < line.end else _over_one_time(line) for line in finished.values()]


def _over_one_time(line: OctaveLine) -> OctaveLine:
    """A line whose stop is not behind its start, made to last over the notes that start with it."""
    return replace(line, end=line.start + _SHORTEST, end_order=(line.start_order[0] + 1, 0))


def _shifts(
    measure: etree._Element, times: MeasureTime
) -> Iterator[tuple[Fraction, int, int, etree._Element]]:
    """The `<octave-shift>` elements of a measure: time in quarters, position in the measure, and staff of the part."""
    for order, (at, child) in enumerate(timeline(measure)):
        if child.tag != "direction":
            continue
        try:
            at += Fraction((child.findtext("offset") or "0").strip())
        except ValueError:
            pass
        for shift in child.iterfind("direction-type/octave-shift"):
            yield times.start + at / times.divisions, order, integer(child.findtext("staff"), 1), shift


def _ended(waiting: list[tuple[int, str]], place: int, number: str) -> tuple[int, str] | None:
    """Which line a stop ends: that of its number on its staff, or else of its number, or else the only one there."""
    if (place, number) in waiting:
        return place, number
    for alike in (
        [key for key in waiting if key[1] == number],
        [key for key in waiting if key[0] == place],
    ):
        if len(alike) == 1:
            return alike[0]
    return None
