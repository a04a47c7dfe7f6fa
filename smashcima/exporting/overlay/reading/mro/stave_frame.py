"""Coordinates of one stave of an MRO page, and outlines in them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.fonts.engraver_metrics import symbol_box
from smashcima.notations.mro import MroPosition, MroStave

Ring = NDArray[np.float64]
"""Closed outline on the page in units of 1/16 staff space, (N, 2): x, y."""

Shape = tuple[str, Ring]
"""Name of a class, and an outline."""

_FONT = "Leipzig"
"""Font whose symbols have the sizes that the format does not store."""


def box(left: float, top: float, right: float, bottom: float) -> Ring:
    """The outline of a rectangle."""
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], np.float64)


def stroke(start: tuple[float, float], end: tuple[float, float], width: float) -> Ring:
    """The outline of a straight stroke between two points (x, y)."""
    a, b = np.array(start, np.float64), np.array(end, np.float64)
    length = float(np.hypot(*(b - a)))
    across = np.array((a[1] - b[1], b[0] - a[0])) * (width / 2 / length if length else 0)
    return np.array([a + across, b + across, b - across, a - across])


@dataclass(frozen=True, slots=True)
class StaveFrame:
    """Coordinates of a stave. Columns and rows are relative to its top left corner, x and y to the page."""

    stave: MroStave

    @property
    def space(self) -> float:
        """Staff space in units; 16 for staves of the usual size of the page."""
        return self.stave.size_units / 4

    @property
    def bottom(self) -> float:
        """Y of the bottom line."""
        return float(self.stave.top_units + self.stave.size_units)

    def x(self, column: float) -> float:
        """X of a column."""
        return self.stave.left_units + column

    def y(self, row: float) -> float:
        """Y of a row."""
        return self.stave.top_units + row

    def y_of_position(self, down: float) -> float:
        """Y of a staff position, which is counted downwards from the middle line."""
        return self.stave.top_units + self.stave.size_units / 2 + down * self.space / 2

    def symbol_size(self, name: str, size: float = 1) -> tuple[float, float]:
        """Width and height of a symbol, given by its SMuFL name."""
        found = symbol_box(name, _FONT)
        if found is None:
            return size * self.space, size * self.space
        return (found.right - found.left) * size * self.space, (found.top - found.bottom) * size * self.space

    def symbol_around(self, name: str, x: float, y: float, size: float = 1) -> Shape:
        """A symbol whose box has its centre at x, y."""
        width, height = self.symbol_size(name, size)
        return name, box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    def symbol_at(self, name: str, x: float, y: float, size: float = 1) -> Shape:
        """A symbol with its origin at x, y."""
        found = symbol_box(name, _FONT)
        if found is None:
            return self.symbol_around(name, x, y, size)
        unit = size * self.space
        return name, box(
            x + found.left * unit, y - found.top * unit, x + found.right * unit, y - found.bottom * unit
        )

    def symbol_at_centre(self, name: str, centre: MroPosition) -> Shape:
        """A symbol whose box has its centre at a position of the stave."""
        return self.symbol_around(name, self.x(centre.column), self.y(centre.row))
