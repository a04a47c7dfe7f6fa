"""Tables of vectors and flags with evenly spaced entries."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.kernels import kernels_are_used

Numbers = NDArray[np.float64]
Vectors = NDArray[np.complex64]
"""Vectors as x + i y, which one memory access reads together."""

_POINTS_AT_ONCE = 2**13
"""Number of points that are looked up at once, so that the arrays fit into the processor cache."""


@dataclass(frozen=True, slots=True, eq=False)
class VectorTable:
    """Vectors at evenly spaced points of a rectangle. Outside, the vector at the nearest border point is used."""

    entries: Vectors
    """(rows, columns)"""

    left: float
    top: float
    step_x: float
    step_y: float

    @staticmethod
    def over(entries: Vectors, left: float, top: float, right: float, bottom: float) -> VectorTable:
        """Makes a table with the first and last row and column on the sides of the rectangle."""
        rows, columns = entries.shape
        steps = (right - left) / (columns - 1), (bottom - top) / (rows - 1)
        return VectorTable(np.ascontiguousarray(entries), left, top, *steps)

    @staticmethod
    def with_margin(field: Vectors, width: float, height: float, margin: float) -> VectorTable:
        """Extends a field over an image by `margin` pixels, over which its slopes fade out."""
        rows, columns = field.shape
        if margin == 0:
            return VectorTable.over(field, 0.0, 0.0, width, height)
        step_x, step_y = width / (columns - 1), height / (rows - 1)
        more_x, more_y = max(1, round(margin / step_x)), max(1, round(margin / step_y))
        field = _faded_out(_faded_out(field.T, more_x).T, more_y)
        return VectorTable.over(
            field,
            -more_x * step_x,
            -more_y * step_y,
            width + more_x * step_x,
            height + more_y * step_y,
        )

    def grid(self) -> tuple[Numbers, Numbers]:
        """X and y of all entries, each (rows, columns)."""
        rows, columns = self.entries.shape
        xs = np.broadcast_to(self.left + self.step_x * np.arange(columns), (rows, columns))
        ys = np.broadcast_to((self.top + self.step_y * np.arange(rows))[:, np.newaxis], (rows, columns))
        return xs, ys

    def values(self, x: Numbers, y: Numbers) -> Vectors:
        """(N,): the vectors at points."""
        result: Vectors = np.empty(len(x), np.complex64)
        if kernels_are_used():
            from smashcima.imaging.pixel_maps.table_kernels import look_up

            look_up(*self.for_kernels(), x, y, _pairs(result))
            return result
        for start in range(0, len(x), _POINTS_AT_ONCE):
            part = slice(start, start + _POINTS_AT_ONCE)
            first, column, row, _, _ = self._cells(x[part], y[part])
            value, right, below, across = self._corners(first)
            below += across * column
            below *= row
            right *= column
            value += right
            value += below
            result[part] = value
        return result

    def values_and_slopes(self, x: Numbers, y: Numbers) -> tuple[Vectors, Vectors, Vectors]:
        """(N,): the vectors at points, and their derivatives per pixel right and per pixel down."""
        value, slope_x, slope_y = (np.empty(len(x), np.complex64) for _ in range(3))
        if kernels_are_used():
            from smashcima.imaging.pixel_maps.table_kernels import look_up_with_slopes

            look_up_with_slopes(*self.for_kernels(), x, y, _pairs(value), _pairs(slope_x), _pairs(slope_y))
            return value, slope_x, slope_y
        for start in range(0, len(x), _POINTS_AT_ONCE):
            part = slice(start, start + _POINTS_AT_ONCE)
            first, column, row, inside_x, inside_y = self._cells(x[part], y[part])
            here, right, below, across = self._corners(first)
            below += across * column
            value[part] = here + right * column + below * row
            slope_x[part] = (right + across * row) * (inside_x * np.float32(1 / self.step_x))
            slope_y[part] = below * (inside_y * np.float32(1 / self.step_y))
        return value, slope_x, slope_y

    def for_kernels(self) -> tuple[NDArray[np.float32], float, float, float, float]:
        """The first arguments of all kernels: the entries as (rows, columns, 2), the first position, and entries per pixel."""
        return _pairs(self.entries), self.left, self.top, 1 / self.step_x, 1 / self.step_y

    def _cells(
        self, x: Numbers, y: Numbers
    ) -> tuple[
        NDArray[np.intp], NDArray[np.float32], NDArray[np.float32], NDArray[np.bool_], NDArray[np.bool_]
    ]:
        """Index of the top left entry, position in the cell (0 to 1), and whether it is inside, for x and y."""
        rows, columns = self.entries.shape
        column = ((x - self.left) * (1 / self.step_x)).astype(np.float32)
        row = ((y - self.top) * (1 / self.step_y)).astype(np.float32)
        i = np.clip(column, 0, columns - 1.5).astype(np.int32)
        j = np.clip(row, 0, rows - 1.5).astype(np.int32)
        column -= i
        row -= j
        inside_x, inside_y = (column >= 0) & (column <= 1), (row >= 0) & (row <= 1)
        np.clip(column, 0, 1, out=column)
        np.clip(row, 0, 1, out=row)
        return (j * columns + i).astype(np.intp), column, row, inside_x, inside_y

    def _corners(self, first: NDArray[np.intp]) -> tuple[Vectors, Vectors, Vectors, Vectors]:
        """The top left entry, and the differences to the right, below, and across."""
        entries = self.entries.ravel()
        columns = self.entries.shape[1]
        here, right = entries.take(first), entries.take(first + 1)
        first = first + columns
        below, across = entries.take(first), entries.take(first + 1)
        right -= here
        across -= below
        across -= right
        below -= here
        return here, right, below, across


def _pairs(vectors: Vectors) -> NDArray[np.float32]:
    """(..., 2): the parts of vectors, as a view."""
    return vectors.view(np.float32).reshape(*vectors.shape, 2)


def _faded_out(field: Vectors, more: int) -> Vectors:
    """Adds `more` rows above and below, over which the slope of the first and last row decreases to zero."""
    steps = np.arange(1, more + 1)
    reach = (steps - steps**2 / (2 * more)).astype(np.float32)[:, np.newaxis]
    above = field[0] + (field[0] - field[1]) * reach[::-1]
    below = field[-1] + (field[-1] - field[-2]) * reach
    return np.concatenate([above, field, below])


@dataclass(frozen=True, slots=True, eq=False)
class FlagTable:
    """Flags for blocks of a rectangle. Outside, the flag of the nearest block is used."""

    entries: NDArray[np.bool_]
    """(rows, columns)"""

    left: float
    top: float
    step_x: float
    step_y: float

    def at(self, x: Numbers, y: Numbers) -> NDArray[np.bool_]:
        """(N,): the flags at points."""
        rows, columns = self.entries.shape
        column = np.clip((x - self.left) * (1 / self.step_x), 0, columns - 1).astype(np.int32)
        row = np.clip((y - self.top) * (1 / self.step_y), 0, rows - 1).astype(np.int32)
        row *= columns
        row += column
        return self.entries.ravel().take(row)

    def for_kernels(self) -> tuple[NDArray[np.bool_], float, float, float, float]:
        """The arguments of kernels: the entries, the first position, and entries per pixel."""
        return self.entries, self.left, self.top, 1 / self.step_x, 1 / self.step_y

    def surrounded(self) -> FlagTable:
        """A table in which a flag is set only if all adjacent flags are also set."""
        rows, columns = self.entries.shape
        padded = np.pad(self.entries, 1, constant_values=True)
        around = [padded[i : i + rows, j : j + columns] for i in range(3) for j in range(3)]
        return replace(self, entries=np.logical_and.reduce(around))
