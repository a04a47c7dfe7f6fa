"""Fields of vectors as tables, linear between their entries."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Vectors = NDArray[np.complex128]
"""x + i y: one read of memory fetches both."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Vectors at evenly spaced points of a rectangle. Outside, those of the nearest point of its border hold."""

    entries: Vectors
    """(rows, columns)"""

    left: float
    top: float
    step_x: float
    step_y: float

    @staticmethod
    def over(entries: Vectors, left: float, top: float, right: float, bottom: float) -> Table:
        """With the first and last row and column on the sides of the rectangle."""
        rows, columns = entries.shape
        entries = np.ascontiguousarray(entries)
        return Table(entries, left, top, (right - left) / (columns - 1), (bottom - top) / (rows - 1))

    @property
    def width(self) -> float:
        """From the first column to the last one."""
        return float(self.step_x * (self.entries.shape[1] - 1))

    @property
    def height(self) -> float:
        """From the first row to the last one."""
        return float(self.step_y * (self.entries.shape[0] - 1))

    def grid(self) -> tuple[Numbers, Numbers]:
        """X and y of all entries, each (rows, columns)."""
        rows, columns = self.entries.shape
        xs = np.broadcast_to(self.left + self.step_x * np.arange(columns), (rows, columns))
        ys = np.broadcast_to((self.top + self.step_y * np.arange(rows))[:, np.newaxis], (rows, columns))
        return xs, ys

    def values(self, x: Numbers, y: Numbers) -> Vectors:
        """(N,): the vectors at points."""
        return self.values_and_slopes(x, y)[0]

    def values_and_slopes(self, x: Numbers, y: Numbers) -> tuple[Vectors, Vectors, Vectors]:
        """(N,): the vectors at points, and how they change per step right and per step down."""
        rows, columns = self.entries.shape
        column = (x - self.left) * (1 / self.step_x)
        row = (y - self.top) * (1 / self.step_y)
        i = np.clip(column, 0, columns - 1.001).astype(np.intp)
        j = np.clip(row, 0, rows - 1.001).astype(np.intp)
        column -= i
        row -= j
        inside_x, inside_y = (column >= 0) & (column <= 1), (row >= 0) & (row <= 1)
        np.clip(column, 0, 1, out=column)
        np.clip(row, 0, 1, out=row)
        entries = self.entries.ravel()
        first = j * columns + i
        here, right = entries[first], entries[first + 1]
        first += columns
        below, across = entries[first], entries[first + 1]
        right -= here  # how much the upper side of the cell changes
        across -= below  # and the lower one
        below -= here
        across -= right
        slope_x = right + across * row
        value = here + right * column + (below + across * column) * row
        slope_y = below + across * column
        slope_x *= inside_x * (1 / self.step_x)
        slope_y *= inside_y * (1 / self.step_y)
        return value, slope_x, slope_y
