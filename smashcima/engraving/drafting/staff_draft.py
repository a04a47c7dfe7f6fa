"""The primitives of one staff while they are being made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from smashcima.assets.fonts import SmuflFont
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import (
    Box,
    Curve,
    Disc,
    FilledPolygon,
    Line,
    Place,
    Polyline,
    Primitive,
    Symbol,
)
from smashcima.engraving.symbol_boxes import Extent, font_symbol_box
from smashcima.engraving.text import Text, TextRun
from smashcima.geometry import Point, Rectangle

_P = TypeVar("_P", bound=Primitive)

STAFF_LINE_SS = 0.072
"""Width of staff lines in staff spaces, as in the layouts of Verovio."""


class StaffDraft:
    """Collects the primitives of one staff. Coordinates are millimetres on the page; widths are staff spaces.

    Heights are given as staff positions: 0 is the middle of the staff, +1 one step up. `y` converts them.
    """

    def __init__(
        self,
        middle_y: float,
        staff_space: float,
        font: str,
        *,
        page: int = 0,
        system: int = 0,
        staff: int = 1,
        primitives: list[Primitive] | None = None,
    ) -> None:
        """Begins a draft.

        Args:
            middle_y: y of the middle of the staff.
            staff_space: distance between adjacent staff lines.
            font: name of the SMuFL font by which symbols are measured.
            page: index of the page.
            system: index of the system in the whole score.
            staff: number of the staff in the score, from 1.
            primitives: list to which primitives are added; a new one by default.
        """
        self.middle_y = middle_y
        self.staff_space = staff_space
        self.font = font
        self.primitives: list[Primitive] = [] if primitives is None else primitives
        self._page, self._system, self._staff = page, system, staff
        self.place = Place(page, system, None, staff)
        """Place of the primitives that are added next."""

    def go_to_measure(self, index: int | None) -> None:
        """Sets the measure of the primitives that are added next."""
        if index != self.place.measure:
            self.place = Place(self._page, self._system, index, self._staff)

    def y(self, position: float) -> float:
        """Y of a staff position."""
        return self.middle_y - position * self.staff_space / 2

    def extent(self, name: str, scale: float = 1.0) -> Extent:
        """Left, top, right and bottom of a symbol around its origin, in mm."""
        left, top, right, bottom = font_symbol_box(name, self.font)
        size = self.staff_space * scale
        return left * size, top * size, right * size, bottom * size

    def anchor(self, name: str, anchor: str, scale: float = 1.0) -> Point | None:
        """Position of a SMuFL anchor (such as `stemUpSE`) relative to the symbol's origin in mm, if the font has it."""
        found = _anchor(name, anchor, self.font)
        size = self.staff_space * scale
        return None if found is None else Point(found[0] * size, found[1] * size)

    # -- primitives ----------------------------------------------------------------------------------------

    def symbol(
        self, kind: PrimitiveKind, name: str, x: float, y: float, element: str | None, scale: float = 1.0
    ) -> Symbol:
        """Adds a symbol with its origin at (x, y); `scale` is relative to the staff."""
        size = self.staff_space * scale
        code = _code_point(name, self.font)
        return self.add(Symbol(kind, self.place, element, name, code, Point(x, y), size, size, self.font))

    def line(
        self,
        kind: PrimitiveKind,
        start: tuple[float, float],
        end: tuple[float, float],
        width_ss: float,
        element: str | None,
    ) -> Line:
        """Adds a straight stroke."""
        width = width_ss * self.staff_space
        return self.add(Line(kind, self.place, element, Point(*start), Point(*end), width))

    def disc(self, kind: PrimitiveKind, x: float, y: float, radius_ss: float, element: str | None) -> Disc:
        """Adds a dot with its centre at (x, y)."""
        radius = radius_ss * self.staff_space
        return self.add(Disc(kind, self.place, element, Point(x, y), radius, radius))

    def polygon(self, kind: PrimitiveKind, corners: ArrayLike, element: str | None) -> FilledPolygon:
        """Adds a filled polygon with corners (N, 2)."""
        return self.add(FilledPolygon(kind, self.place, element, _frozen(corners)))

    def polyline(
        self, kind: PrimitiveKind, corners: ArrayLike, width_ss: float, element: str | None
    ) -> Polyline:
        """Adds a stroke with corners (N, 2)."""
        width = width_ss * self.staff_space
        return self.add(Polyline(kind, self.place, element, _frozen(corners), width, "square"))

    def text(
        self,
        kind: PrimitiveKind,
        text: str,
        x: float,
        y: float,
        size: float,
        element: str | None,
        *,
        anchor: Literal["start", "middle", "end"] = "start",
        italic: bool = False,
        bold: bool = False,
    ) -> Text:
        """Adds a line of text with its baseline at `y`; `size` is that of an em in mm."""
        run = TextRun(text, size, italic=italic, bold=bold, origin=Point(x, y), anchor=anchor)
        return self.add(Text(kind, self.place, element, (run,)))

    def box(
        self, kind: PrimitiveKind, left: float, top: float, right: float, bottom: float, element: str | None
    ) -> Box:
        """Adds a filled rectangle."""
        rectangle = Rectangle.from_sides(left, top, right, bottom)
        return self.add(Box(kind, self.place, element, rectangle, True))

    def curve(
        self, kind: PrimitiveKind, outer: ArrayLike, inner: ArrayLike, width_ss: float, element: str | None
    ) -> Curve:
        """Adds a slur-like curve between two chains of cubics, each (k, 4, 2)."""
        width = width_ss * self.staff_space
        return self.add(Curve(kind, self.place, element, _frozen(outer), _frozen(inner), width))

    def add(self, primitive: _P) -> _P:
        """Adds a primitive and returns it."""
        self.primitives.append(primitive)
        return primitive

    def staff_lines(
        self, left: float, right: float, element: str | None, lines: int = 5
    ) -> tuple[float, ...]:
        """Adds the staff lines and returns their y, from top to bottom."""
        ys = tuple(self.y(lines - 1 - 2 * number) for number in range(lines))
        for y in ys:
            self.line(PrimitiveKind.STAFF_LINE, (left, y), (right, y), STAFF_LINE_SS, element)
        return ys

    def row_of_symbols(
        self,
        kind: PrimitiveKind,
        names: Sequence[str],
        center_x: float,
        y: float,
        element: str | None,
        scale: float = 1.0,
    ) -> None:
        """Adds symbols side by side, centred at `center_x`: the digits of a number."""
        extents = [self.extent(name, scale) for name in names]
        x = center_x - sum(right - left for left, _, right, _ in extents) / 2
        for name, (left, _, right, _) in zip(names, extents, strict=True):
            self.symbol(kind, name, x - left, y, element, scale)
            x += right - left


def _frozen(points: ArrayLike) -> NDArray[np.float64]:
    array = np.array(points, dtype=np.float64)
    array.setflags(write=False)
    return array


@lru_cache(maxsize=4096)  # more than the symbols of two fonts
def _code_point(name: str, font: str) -> int:
    return SmuflFont.load(font).glyph(name).code_point


@lru_cache(maxsize=4096)
def _anchor(name: str, anchor: str, font: str) -> tuple[float, float] | None:
    found = SmuflFont.load(font).glyph(name).anchors.get(anchor)
    return None if found is None else (found.x, found.y)
