"""The marks (slurs, dynamics, directions, ...) of a slice, including those that its borders cut."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from smashcima.errors import Issue
from smashcima.scene.semantic.control_event import ControlEvent, TimePoint
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.measure import Measure
from smashcima.scene.semantic.slicing.copies import Copies
from smashcima.scene.semantic.slicing.request import SliceRequest
from smashcima.scene.semantic.slicing.score_index import ScoreIndex, reach_of
from smashcima.scene.semantic.spanners import BeamSpan, Curve, TupletSpan
from smashcima.scene.semantic.staves import Staff


class SliceMarks:
    """Selects and copies the marks of a slice.

    Slurs and ties that are cut keep the end inside the slice; the other end is `None`. Other marks are shortened to the
    border, given by a beat. `coming_in` and `going_on` contain the ids of the marks that are cut.
    """

    def __init__(self, request: SliceRequest, copies: Copies, issues: list[Issue]) -> None:
        self._copies = copies
        self._issues = issues
        self._staves = frozenset(request.staves)
        self._first = request.measures[0].index
        self._last = request.measures[-1].index
        self._end = _beat_after(request.measures[-1])
        self.coming_in: set[str] = set()
        self.going_on: set[str] = set()

    def of_measure(self, measure: Measure) -> list[ControlEvent]:
        """Copies of the marks of a measure of the slice. Its events must have been copied."""
        return [made for mark in measure.children_of(ControlEvent) if (made := self._copy(mark)) is not None]

    def from_before(self, index: ScoreIndex) -> list[ControlEvent]:
        """Copies of the marks that begin before the slice and end in or after it."""
        marks = index.marks_into(self._first)
        return [made for mark in marks if not self._ends_at_border(mark) and (made := self._copy(mark))]

    def _ends_at_border(self, mark: ControlEvent) -> bool:
        """Whether a mark ends on the first beat of the slice without an event there, so that nothing of it is drawn."""
        end = mark.end_point
        reach = reach_of(mark, mark.measure) if mark.measure is not None else None
        return reach == self._first and mark.end is None and end is not None and end.beat <= 1

    def _copy(self, mark: ControlEvent) -> ControlEvent | None:
        measure = mark.measure
        if measure is None or not self._is_on_kept_staff(mark):
            return None
        begins_here = self._first <= measure.index
        reach = reach_of(mark, measure)
        ends_here = reach is None or reach <= self._last
        if begins_here and self._is_lost(mark.start, mark.start_id):
            self._issue(mark, "left out: it begins on a staff that is not in this slice")
            return None
        if ends_here and self._is_lost(mark.end, mark.end_id):
            self._issue(mark, "left out: it leads to a staff that is not in this slice")
            return None
        if mark.events and not any(event in self._copies for event in mark.events):
            return None
        made = self._copies.tree(mark)
        made.__dict__["start_id"] = None if not begins_here else mark.start_id
        made.__dict__["end_id"] = None if not ends_here else mark.end_id
        if not begins_here:
            self.coming_in.add(mark.id)
            made.beat = None if isinstance(mark, Curve) else Fraction(1)
        if not ends_here:
            self.going_on.add(mark.id)
            made.end_point = (
                None
                if isinstance(mark, Curve)
                else TimePoint(self._last - max(self._first, measure.index), self._end)
            )
        elif not begins_here and mark.end_point is not None and reach is not None:
            made.end_point = TimePoint(reach - self._first, mark.end_point.beat)
        if isinstance(mark, (BeamSpan, TupletSpan)) and not all(e in self._copies for e in mark.events):
            self._issue(mark, "only some of its events are in this slice")
        return made

    def _is_on_kept_staff(self, mark: ControlEvent) -> bool:
        return not (numbers := {staff.n for staff in _staves_of(mark)}) or bool(numbers & self._staves)

    def _is_lost(self, event: Event | None, found_id: str | None) -> bool:
        """Whether an event that a mark names (rather than one found by its beat) is not in the slice."""
        return event is not None and event.id != found_id and event not in self._copies

    def _issue(self, mark: ControlEvent, what: str) -> None:
        measure = mark.measure
        self._issues.append(Issue(f"measure {measure.n if measure is not None else '?'}", mark.tag, what))


def _staves_of(mark: ControlEvent) -> Iterator[Staff]:
    if mark.staves:
        yield from mark.staves
        return
    for event in (mark.start, *mark.events[:1]):
        if event is not None and event.staff is not None:
            yield event.staff


def _beat_after(measure: Measure) -> Fraction:
    """The beat at the end of a measure."""
    for staff in measure.staves:
        if staff.time_signature is not None:
            return measure.quarter_length / staff.time_signature.beat_length + 1
    return measure.quarter_length + 1
