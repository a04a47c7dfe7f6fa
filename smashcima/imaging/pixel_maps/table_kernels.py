"""Compiled kernels of tables of vectors; the same results as `VectorTable` with NumPy.

Imported only if `kernels_are_used()`. Vectors are two numbers along the last axis.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Floats = NDArray[np.float32]

_ONE, _ZERO = np.float32(1), np.float32(0)


@njit(cache=True, nogil=True, inline="always")
def _cell(place: float, count: int) -> tuple[int, np.float32]:
    """The index of the entry before a place on one axis, and the position after it."""
    rounded = np.float32(place)
    index = int(min(max(rounded, _ZERO), np.float32(count - 1.5)))
    return index, rounded - np.float32(index)


@njit(
    "void(float32[:, :, ::1], float64, float64, float64, float64, float64[::1], float64[::1], float32[:, ::1])",
    cache=True,
    nogil=True,
)
def look_up(
    entries: Floats,
    left: float,
    top: float,
    per_x: float,
    per_y: float,
    x: Numbers,
    y: Numbers,
    value: Floats,
) -> None:
    """Fills `value` (N, 2) with the vectors at points; `per_x` and `per_y` are entries per pixel."""
    rows, columns = entries.shape[:2]
    for k in range(len(x)):
        i, column = _cell((x[k] - left) * per_x, columns)
        j, row = _cell((y[k] - top) * per_y, rows)
        column, row = min(max(column, _ZERO), _ONE), min(max(row, _ZERO), _ONE)
        for part in range(2):
            here, right, below = entries[j, i, part], entries[j, i + 1, part], entries[j + 1, i, part]
            across = (entries[j + 1, i + 1, part] - below) - (right - here)
            value[k, part] = (here + (right - here) * column) + ((below - here) + across * column) * row


@njit(cache=True, nogil=True, inline="always")
def _at(
    entries: Floats,
    i: int,
    j: int,
    part: int,
    column: np.float32,
    row: np.float32,
    right_factor: np.float32,
    down_factor: np.float32,
) -> tuple[np.float32, np.float32, np.float32]:
    """A part of the vector at a position in a cell, and its derivatives."""
    here, right, below = entries[j, i, part], entries[j, i + 1, part], entries[j + 1, i, part]
    across = (entries[j + 1, i + 1, part] - below) - (right - here)
    down = (below - here) + across * column
    value = (here + (right - here) * column) + down * row
    return value, ((right - here) + across * row) * right_factor, down * down_factor


@njit(
    "void(float32[:, :, ::1], float64, float64, float64, float64, float64[::1], float64[::1], float32[:, ::1],"
    " float32[:, ::1], float32[:, ::1])",
    cache=True,
    nogil=True,
)
def look_up_with_slopes(
    entries: Floats,
    left: float,
    top: float,
    per_x: float,
    per_y: float,
    x: Numbers,
    y: Numbers,
    value: Floats,
    slope_x: Floats,
    slope_y: Floats,
) -> None:
    """The same, and the derivatives per pixel right and per pixel down."""
    rows, columns = entries.shape[:2]
    for k in range(len(x)):
        i, column = _cell((x[k] - left) * per_x, columns)
        j, row = _cell((y[k] - top) * per_y, rows)
        right_factor = np.float32(per_x) if _ZERO <= column <= _ONE else _ZERO
        down_factor = np.float32(per_y) if _ZERO <= row <= _ONE else _ZERO
        column, row = min(max(column, _ZERO), _ONE), min(max(row, _ZERO), _ONE)
        for part in range(2):
            value[k, part], slope_x[k, part], slope_y[k, part] = _at(
                entries, i, j, part, column, row, right_factor, down_factor
            )


@njit(
    "void(float32[:, :, ::1], float64, float64, float64, float64, float64[::1], float64[:, ::1], float64[:, ::1],"
    " boolean[::1], float64, int64)",
    cache=True,
    nogil=True,
)
def solve(
    entries: Floats,
    left: float,
    top: float,
    per_x: float,
    per_y: float,
    affine: Numbers,
    targets: Numbers,
    places: Numbers,
    right: NDArray[np.bool_],
    close: float,
    most_steps: int,
) -> None:
    """Newton's method as in `DisplacementMap`, for one point after the other: improves those `places` (N, 2) that are not `right`, in place.

    The map is the affine one, of which `affine` has the numbers by row, plus the vectors of the table. `close` is the square of the
    distance to a target from which one more step is the last one.
    """
    rows, columns = entries.shape[:2]
    least = np.float32(1e-6)
    for n in range(len(targets)):
        if right[n]:
            continue
        for _ in range(most_steps):
            x, y = places[n, 0], places[n, 1]
            i, column = _cell((x - left) * per_x, columns)
            j, row = _cell((y - top) * per_y, rows)
            right_factor = np.float32(per_x) if _ZERO <= column <= _ONE else _ZERO
            down_factor = np.float32(per_y) if _ZERO <= row <= _ONE else _ZERO
            column, row = min(max(column, _ZERO), _ONE), min(max(row, _ZERO), _ONE)
            value, slope_x, slope_y = _at(entries, i, j, 0, column, row, right_factor, down_factor)
            value_down, slope_x_down, slope_y_down = _at(
                entries, i, j, 1, column, row, right_factor, down_factor
            )
            miss_x = targets[n, 0] - (affine[0] * x + affine[1] * y + affine[2]) - value
            miss_y = targets[n, 1] - (affine[3] * x + affine[4] * y + affine[5]) - value_down
            slope_x, slope_y = slope_x + np.float32(affine[0]), slope_y + np.float32(affine[1])
            slope_x_down += np.float32(affine[3])
            slope_y_down += np.float32(affine[4])
            determinant = slope_x * slope_y_down - slope_x_down * slope_y
            if abs(determinant) < least:
                determinant = least
            factor = 1 / np.float64(determinant)
            places[n, 0] = x + (miss_x * slope_y_down - miss_y * slope_y) * factor
            places[n, 1] = y + (slope_x * miss_y - slope_x_down * miss_x) * factor
            if miss_x * miss_x + miss_y * miss_y <= close:
                break
