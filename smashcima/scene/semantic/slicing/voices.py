"""The measures of a slice, with some of their staves, and voices that cross between staves."""

from __future__ import annotations

from typing import Any

from smashcima.errors import Issue
from smashcima.scene.semantic.control_event import ControlEvent
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.measure import Measure, MeasureStaff, Voice, place_in_score
from smashcima.scene.semantic.note import Chord, Note, Space
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.slicing.copies import Copies


class SliceVoices:
    """Copies measures without their marks. A note belongs to the staff on which it is drawn.

    Events of a voice in the slice that are drawn on a staff outside become spaces. A voice outside the slice with
    events on a staff of the slice becomes an additional voice of that staff.
    """

    def __init__(
        self, staves: tuple[str, ...], every: tuple[str, ...], copies: Copies, issues: list[Issue]
    ) -> None:
        self._staves = frozenset(staves)
        self._is_whole = set(staves) >= set(every)
        self._copies = copies
        self._issues = issues

    def measure(self, measure: Measure) -> Measure:
        """A copy of the measure without its marks."""
        children: list[Any] = []
        for child in measure.children:
            if isinstance(child, ControlEvent):
                continue
            if isinstance(child, SemanticObject):
                kept = self._in_measure(child, measure)
                if kept is not None:
                    children.append(kept)
            else:
                children.append(child)
        return self._copies.node(measure, children)

    def _in_measure(self, child: SemanticObject, measure: Measure) -> SemanticObject | None:
        if isinstance(child, MeasureStaff) and child.n not in self._staves:
            return None
        if self._is_whole or not isinstance(child, MeasureStaff):
            return self._copies.tree(child)
        made = self._copies.tree(child, self._kept)
        for staff in measure.staves:
            if staff.n in self._staves:
                continue
            for voice in staff.voices:
                if any(self._draws_on(event, child.n) for event in voice.events):
                    foreign = self._copies.tree(voice, lambda found: self._foreign(found, child.n))
                    foreign.n = _next_number(made.voices)
                    made.children.append(foreign)
        return made

    def _kept(self, found: SemanticObject) -> SemanticObject | None:
        """Replacement in a voice of the slice: a space for an event on a staff outside."""
        if not isinstance(found, Event) or found.cross_staff is None or found.cross_staff.n in self._staves:
            return found
        if isinstance(found, Note) and found.chord is not None:
            self._tell(found, found.cross_staff.n)
            return None
        self._tell(found, found.cross_staff.n)
        return _space(found)

    def _foreign(self, found: SemanticObject, n: str) -> SemanticObject | None:
        """Replacement in a voice outside the slice: events on staff `n`, and spaces for all others."""
        if isinstance(found, Event):
            if isinstance(found, Note) and found.chord is not None:
                return found if found.staff is not None and found.staff.n == n else None
            return found if self._draws_on(found, n) else _space(found)
        is_frame = any(isinstance(below, Event) for below in found.descendants())
        return found if is_frame or found.ancestor(Event) is not None else None

    def _draws_on(self, event: Event, n: str) -> bool:
        if isinstance(event, Chord):
            return any(note.staff is not None and note.staff.n == n for note in event.notes)
        return not isinstance(event, Space) and event.staff is not None and event.staff.n == n

    def _tell(self, event: Event, n: str) -> None:
        where = place_in_score(event)
        self._issues.append(
            Issue(where, event.tag, f"left out: it is drawn on staff {n}, which is not in this slice")
        )


def _next_number(voices: list[Voice]) -> str:
    return str(1 + max((int(voice.n) for voice in voices if voice.n and voice.n.isdigit()), default=0))


def _space(event: Event) -> SemanticObject | None:
    """A space with the same duration; `None` for a grace note."""
    if event.is_grace or event.duration is None:
        return None
    return Space(duration=event.duration)


def straighten(voices: list[Voice]) -> None:
    """Clears `cross_staff` of events on the staff of their own voice, after the edges are connected."""
    for voice in voices:
        for event in voice.descendants(Event):
            if event.cross_staff is not None and event.cross_staff is voice.staff:
                event.cross_staff = None
