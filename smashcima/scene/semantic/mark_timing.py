"""The times and events of slurs, dynamics, directions and other marks."""

from __future__ import annotations

from fractions import Fraction

from smashcima.scene.semantic.control_event import ControlEvent, TimePoint
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.measure import ZERO, Measure
from smashcima.scene.semantic.note import MeasureSpace, Space

MeasureEvents = list[tuple[str, Event]]


_Place = tuple[str, int, int]
"""A staff (empty for any), and the numerator and denominator of an offset: hashing a fraction takes long."""


def set_mark_times(
    measures: list[Measure], events: list[MeasureEvents], beat_lengths: list[dict[str, Fraction]]
) -> None:
    """Sets the onset and length of every mark, and finds the events of marks that only give beats."""
    finder = _Finder(measures, events, beat_lengths)
    for index, measure in enumerate(measures):
        for mark in measure.children_of(ControlEvent):
            _place(mark, index, measure, finder)


def _place(mark: ControlEvent, index: int, measure: Measure, finder: _Finder) -> None:
    values = mark.__dict__
    start: Event | None = values["start"]
    if values["beat"] is not None and (start is None or start.id == values["start_id"]):
        onset = finder.onset(mark, index, TimePoint(0, values["beat"]))
        start = _found_by_beat(mark, "start", start, finder.event(mark, index, TimePoint(0, values["beat"])))
    elif start is not None:
        onset = start.onset
    else:
        onset = values["events"][0].onset if values["events"] else measure.onset
    end: Event | None = values["end"]
    last = onset
    if values["end_point"] is not None and (end is None or end.id == values["end_id"]):
        last = finder.onset(mark, index, values["end_point"])
        _found_by_beat(mark, "end", end, finder.event(mark, index, values["end_point"]))
    elif end is not None:
        last = end.onset
    values["onset"] = onset
    values["onset_in_measure"] = onset - measure.onset if onset != measure.onset else ZERO
    values["quarter_length"] = last - onset if last > onset else ZERO


def _found_by_beat(mark: ControlEvent, field: str, before: Event | None, found: Event | None) -> Event | None:
    if found is not before:
        setattr(mark, field, found)
    mark.__dict__[f"{field}_id"] = found.id if found is not None else None
    return found


class _Finder:
    """Looks up onsets and events by measure, staff and beat."""

    def __init__(
        self, measures: list[Measure], events: list[MeasureEvents], beat_lengths: list[dict[str, Fraction]]
    ) -> None:
        self._measures = measures
        self._events = events
        self._beat_lengths = beat_lengths
        self._index: dict[int, dict[_Place, Event]] = {}

    def _offset(self, mark: ControlEvent, index: int, beat: Fraction) -> Fraction:
        """Quarter lengths since the start of the measure; beats before the first count as the first."""
        lengths = self._beat_lengths[index]
        staves = mark.__dict__["staves"]
        length = lengths.get(staves[0].n) if staves else None
        if length is None:
            length = next(iter(lengths.values()), Fraction(1))
        return max(ZERO, (beat - 1) * length)

    def _measure_index(self, index: int, point: TimePoint) -> int:
        return min(max(index + point.measures, 0), len(self._measures) - 1)

    def onset(self, mark: ControlEvent, index: int, point: TimePoint) -> Fraction:
        """Quarter lengths since the start of the score, at most the end of the measure."""
        place = self._measure_index(index, point)
        measure = self._measures[place]
        return measure.onset + min(self._offset(mark, place, point.beat), measure.quarter_length)

    def event(self, mark: ControlEvent, index: int, point: TimePoint) -> Event | None:
        """The event that begins at the point on the first staff of the mark (on any staff, if it names none)."""
        place = self._measure_index(index, point)
        known = self._index.get(place)
        if known is None:
            known = self._index[place] = _by_offset(self._events[place])
        staves = mark.__dict__["staves"]
        offset = self._offset(mark, place, point.beat)
        if offset and offset >= self._measures[place].quarter_length:
            return None  # the barline
        above, below = offset.numerator, offset.denominator
        if not staves:
            return known.get(("", above, below))
        for staff in staves:
            found = known.get((staff.n, above, below))
            if found is not None:
                return found
        return None


def _by_offset(events: MeasureEvents) -> dict[_Place, Event]:
    """Events by staff and offset, of the first voice that has one; omits grace notes and spaces."""
    found: dict[_Place, Event] = {}
    for n, event in events:
        if isinstance(event, (Space, MeasureSpace)) or (not event.quarter_length and event.is_grace):
            continue
        crossing = event.cross_staff
        above, below = event.onset_in_measure.numerator, event.onset_in_measure.denominator
        found.setdefault((n if crossing is None else crossing.n, above, below), event)
        found.setdefault(("", above, below), event)
    return found
