"""Conversion of the units of a document to millimetres on the pages of a layout."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.engraving import Primitive, PrimitiveKind
from smashcima.engraving.drafting import StaffDraft
from smashcima.notations.mro import MroPage, MroPosition, MroStave

STAFF_SPACE = 1.75
"""Staff space of the usual staves in mm. The format gives no sizes; this is the default size of new layouts."""

FONT = "Leipzig"
"""Font by which symbols are measured: that of new layouts."""

_UNITS_PER_STAFF_SPACE = 16

_USUAL_SIZE = 64
"""Height of a stave in units, where the document gives none."""

_SMALLEST_SPACE, _LARGEST_SPACE = 0.4, 8.0
"""Limits of the staff space of a stave in mm."""

_FARTHEST = 3000.0
"""Limit of coordinates in mm; the largest sheet of paper is 1189 mm high."""


class Sheet:
    """One page: a scale for all its staves."""

    def __init__(self, page: MroPage, index: int, units_per_staff_space: int) -> None:
        """`units_per_staff_space` is that of the document; a nonsensical one is taken as the usual 16."""
        per_space = units_per_staff_space if 1 <= units_per_staff_space <= 1024 else _UNITS_PER_STAFF_SPACE
        self.unit = STAFF_SPACE / per_space
        """One unit in mm."""
        self.page = page
        self.index = index
        """Index of the page."""
        self.has_been_limited = False
        """Whether a coordinate was beyond the limit."""

    def mm(self, units: float) -> float:
        """A coordinate in mm, limited to a range that no sheet of paper exceeds."""
        length = units * self.unit
        if abs(length) > _FARTHEST:
            self.has_been_limited = True
            return _FARTHEST if length > 0 else -_FARTHEST
        return length


@dataclass(frozen=True, slots=True, eq=False)
class StaveSheet:
    """One stave on a page: converts positions, and collects primitives."""

    sheet: Sheet
    stave: MroStave
    draft: StaffDraft
    left: float
    right: float

    @staticmethod
    def of(
        sheet: Sheet, stave: MroStave, width_units: int, system: int, staff: int, primitives: list[Primitive]
    ) -> StaveSheet:
        """A stave.

        Args:
            sheet: the page.
            stave: the stave.
            width_units: width of a stave that has none.
            system: index of the system in the layout.
            staff: number of the staff in the score.
            primitives: list to which primitives are added.
        """
        size = stave.size_units if stave.size_units > 0 else _USUAL_SIZE
        staff_space = min(max(size / 4 * sheet.unit, _SMALLEST_SPACE), _LARGEST_SPACE)
        left = sheet.mm(stave.left_units)
        width = stave.width_units if stave.width_units > 0 else width_units
        draft = StaffDraft(
            sheet.mm(stave.top_units) + 2 * staff_space,
            staff_space,
            FONT,
            page=sheet.index,
            system=system,
            staff=staff,
            primitives=primitives,
        )
        return StaveSheet(sheet, stave, draft, left, sheet.mm(stave.left_units + max(width, 1)))

    def x(self, column: float) -> float:
        """X of a column of the stave."""
        return self.sheet.mm(self.stave.left_units + column)

    def y(self, row: float) -> float:
        """Y of a row of the stave."""
        return self.sheet.mm(self.stave.top_units + row)

    def point(self, position: MroPosition) -> tuple[float, float]:
        """X and y of a position on the stave."""
        return self.x(position.column), self.y(position.row)

    def symbol_at(
        self,
        kind: PrimitiveKind,
        name: str,
        center_x: float,
        y: float,
        element: str | None,
        scale: float = 1.0,
    ) -> tuple[float, float]:
        """Draws a symbol with the middle of its ink at `center_x` and its origin at `y`; returns its left and right end."""
        left, _, right, _ = self.draft.extent(name, scale)
        origin = center_x - (left + right) / 2
        self.draft.symbol(kind, name, origin, y, element, scale)
        return origin + left, origin + right

    def middle_of(self, name: str, scale: float = 1.0) -> float:
        """Y of the middle of the ink of a symbol, relative to its origin."""
        _, top, _, bottom = self.draft.extent(name, scale)
        return (top + bottom) / 2
