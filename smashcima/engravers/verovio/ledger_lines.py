"""Assignment of ledger lines to notes; Verovio collects the ledger lines of a staff in one group."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.engraving import Line, Primitive


@dataclass(frozen=True, slots=True)
class _Head:
    x: float
    y: float
    element: str | None


class LedgerLines:
    """Collects the noteheads and ledger lines of one measure, then assigns the lines to notes.

    A ledger line overlaps its notehead horizontally, and lies at the height of the notehead or between it and the
    staff. In a chord, the line is assigned to the nearest note on it or beyond it.
    """

    def __init__(self) -> None:
        self._heads: list[_Head] = []
        self._lines: list[tuple[int, bool]] = []

    def add_notehead(self, x: float, y: float, element: str | None) -> None:
        """Records a notehead by the centre of its left or right side, in mm."""
        self._heads.append(_Head(x, y, element))

    def add_line(self, index: int, above: bool) -> None:
        """Records the primitive with this index as a ledger line above or below the staff."""
        self._lines.append((index, above))

    def resolve(self, primitives: list[Primitive]) -> None:
        """Sets the element of each ledger line in `primitives` to its note, and clears the recorded measure."""
        for index, above in self._lines:
            line = primitives[index]
            if isinstance(line, Line):
                head = self._nearest(line, above)
                if head is not None:
                    primitives[index] = line.placed(line.place, head.element)
        self._heads.clear()
        self._lines.clear()

    def _nearest(self, line: Line, above: bool) -> _Head | None:
        best, least = None, float("inf")
        slack = (line.end.x - line.start.x) * 0.02
        for head in self._heads:
            if line.start.x <= head.x <= line.end.x:
                beyond = line.start.y - head.y if above else head.y - line.start.y
                if -slack <= beyond < least:
                    best, least = head, beyond
        return best
