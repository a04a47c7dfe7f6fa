"""Slurs and ties from brackets."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.loading.mashcima.measure_draft import MeasureDraft
from smashcima.scene.semantic import Alter, ControlEvent, Event, Note, Slur, Tie


@dataclass(frozen=True, slots=True)
class TieStart:
    """A note from which a tie could lead to the next one."""

    note: Note
    height: int
    alter: Alter


@dataclass(slots=True)
class BarlineEdge:
    """A mark that starts or ends at the right barline of a measure, and is placed when its length is known."""

    mark: ControlEvent
    draft: MeasureDraft
    """The measure of the barline."""

    is_end: bool = False
    owner: MeasureDraft | None = None
    """The measure of the mark, if it is its end that lies at the barline."""


class Curves:
    """Matches the start of each slur with its end, like brackets.

    A slur from a note to the next one of the same pitch is a tie.
    """

    def __init__(self) -> None:
        self._open: list[tuple[Event | None, MeasureDraft]] = []
        self.edges: list[BarlineEdge] = []
        """Curves that start or end at barlines."""

        self.unbalanced: list[tuple[MeasureDraft, str]] = []
        """Curves without an end or a start: the measure, and a description."""

    def start(self, event: Event | None, draft: MeasureDraft) -> None:
        """Opens a curve at an event, or at the right barline of a measure."""
        self._open.append((event, draft))

    def leads_from(self, previous: TieStart, count: int) -> bool:
        """Whether one of the next `count` curves to end leads from a note."""
        return any(start is previous.note for start, _ in self._open[-count:])

    def end(self, event: Event | None, draft: MeasureDraft, tied_to: Note | None = None) -> Slur | Tie:
        """Closes the curve opened last at an event, or at the right barline of a measure, and returns it.

        It is a tie if it began at the note `tied_to`.
        """
        mark: Slur | Tie
        if not self._open:
            mark = Slur(None, event)
            self.unbalanced.append((draft, "a slur without a start; drawn from the left, if at all"))
            draft.marks.append(mark)
            start, owner = None, draft
        else:
            start, owner = self._open.pop()
            mark = self._made(start, event, owner, tied_to)
        if event is None:
            self.edges.append(BarlineEdge(mark, draft, True, owner))
        return mark

    def _made(
        self, start: Event | None, event: Event | None, owner: MeasureDraft, tied_to: Note | None
    ) -> Slur | Tie:
        is_tie = start is not None and start is tied_to
        mark: Slur | Tie = Tie(start, event) if is_tie else Slur(start, event)
        owner.marks.append(mark)
        if start is None:
            self.edges.append(BarlineEdge(mark, owner))
        return mark

    def finish(self) -> None:
        """Ends the curves that are still open, in the order in which they began."""
        for start, draft in self._open:
            self.unbalanced.append((draft, "a slur without an end; drawn to the right, if at all"))
            self._made(start, None, draft, None)
        self._open.clear()
