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
def cell_of(place: float, count: int) -> tuple[int, np.float32]:
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
        i, column = cell_of((x[k] - left) * per_x, columns)
        j, row = cell_of((y[k] - top) * per_y, rows)
        column, row = min(max(column, _ZERO), _ONE), min(max(row, _ZERO), _ONE)
        for part in range(2):
            here, right, below = entries[j, i, part], entries[j, i + 1, part], entries[j + 1, i, part]
            across = (entries[j + 1, i + 1, part] - below) - (right - here)
            value[k, part] = (here + (right - here) * column) + ((below - here) + across * column) * row


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
        i, column = cell_of((x[k] - left) * per_x, columns)
        j, row = cell_of((y[k] - top) * per_y, rows)
        right_factor = np.float32(per_x) if _ZERO <= column <= _ONE else _ZERO
        down_factor = np.float32(per_y) if _ZERO <= row <= _ONE else _ZERO
        column, row = min(max(column, _ZERO), _ONE), min(max(row, _ZERO), _ONE)
        for part in range(2):
            here, right, below = entries[j, i, part], entries[j, i + 1, part], entries[j + 1, i, part]
            across = (entries[j + 1, i + 1, part] - below) - (right - here)
            down = (below - here) + across * column
            value[k, part] = (here + (right - here) * column) + down * row
            slope_x[k, part] = ((right - here) + across * row) * right_factor
            slope_y[k, part] = down * down_factor
