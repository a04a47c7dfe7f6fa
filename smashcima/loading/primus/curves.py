"""Slurs and ties from their ends."""

from __future__ import annotations

from dataclasses import dataclass, field

from smashcima.errors import Issue
from smashcima.loading.primus.incipit_builder import IncipitBuilder
from smashcima.notations.primus import place_of
from smashcima.scene.semantic import Note, Slur, Tie


@dataclass
class CurveEnds:
    """Pairs the starts and ends of curves, which the encoding does not number.

    The end of a curve belongs to the neighbouring note of the same position, if a curve started there: this is a tie.
    Otherwise it belongs to the curve that is open for the longest time.
    """

    builder: IncipitBuilder
    issues: list[Issue] = field(default_factory=list)
    _open: list[tuple[int, Note]] = field(default_factory=list)
    """Token numbers and first notes of the open curves."""
    _ends: list[int] = field(default_factory=list)
    """Token numbers of ends of which the note is still to come."""
    _before: Note | None = None
    """The previous note, without grace notes."""

    def start(self, number: int, note: Note) -> None:
        """A curve starts at a note."""
        self._open.append((number, note))

    def end(self, number: int) -> None:
        """A curve ends at the next note."""
        self._ends.append(number)

    def drop_ends(self) -> None:
        """Reports ends without a note."""
        for number in self._ends:
            self.issues.append(Issue(place_of(number), "slur.end", "not read: no note follows"))
        self._ends = []

    def reach(self, note: Note) -> Note | None:
        """A note follows, with its accidental; curves end at it. Returns the note that is tied to it, if there is one."""
        tied_to: Note | None = None
        for number in self._ends:
            if not self._open:
                self.issues.append(Issue(place_of(number), "slur.end", "not read: no slur has started"))
                continue
            tied = self._tied(note) if tied_to is None else None
            _, start = self._open.pop(0 if tied is None else tied)
            if tied is not None:
                tied_to = start
            self.builder.mark(Slur(start, note) if tied is None else Tie(start, note))
        self._ends = []
        if not note.is_grace:
            self._before = note
        return tied_to

    def finish(self) -> None:
        """Reports curves without an end."""
        self.drop_ends()
        for number, _ in self._open:
            self.issues.append(Issue(place_of(number), "slur.start", "not read: the slur has no end"))

    def _tied(self, note: Note) -> int | None:
        """Index of an open curve that ties the previous note to this one."""
        before = self._before
        if before is None or note.is_grace or before.staff_position != note.staff_position:
            return None
        if note.accidental is not None:
            return None
        for index in range(len(self._open) - 1, -1, -1):
            start = self._open[index][1]
            if start is before or not start.is_grace:
                return index if start is before else None
        return None
