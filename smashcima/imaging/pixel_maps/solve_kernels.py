"""Compiled kernel that inverts displacement maps; the same results as `DisplacementMap` with NumPy.

Imported only if `kernels_are_used()`. Points and vectors are two numbers along the last axis.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from smashcima.imaging.pixel_maps.table_kernels import cell_of

Numbers = NDArray[np.float64]
Floats = NDArray[np.float32]

_ONE, _ZERO, _LEAST = np.float32(1), np.float32(0), np.float32(1e-6)


@njit(cache=True, nogil=True, inline="always")
def _value_and_slopes(
    here: np.float32,
    right: np.float32,
    below: np.float32,
    opposite: np.float32,
    column: np.float32,
    row: np.float32,
) -> tuple[np.float32, np.float32, np.float32]:
    """The value at a place in a cell with these corners, and the differences to the right and down."""
    across = (opposite - below) - (right - here)
    down = (below - here) + across * column
    return (here + (right - here) * column) + down * row, (right - here) + across * row, down


@njit(
    "void(float32[:, :, ::1], float64[::1], float64[::1], float64, int64, float64[:, ::1], float64[:, ::1])",
    cache=True,
    nogil=True,
    error_model="numpy",
)
def solve(
    entries: Floats,
    grid: Numbers,
    affine: Numbers,
    close: float,
    most_steps: int,
    targets: Numbers,
    places: Numbers,
) -> None:
    """Moves each place (N, 2) by Newton's method to where the map, an affine one and a table, gives its target.

    `grid` are the left and top of the table, and its entries per pixel right and down. `affine` are the images of the unit
    steps right and down, and of the origin. The last step of a place is the first one from less than the root of `close` px.
    """
    left, top, per_x, per_y = grid
    right_x, right_y, down_x, down_y, origin_x, origin_y = affine
    rows, columns = entries.shape[:2]
    for k in range(len(targets)):
        x, y = places[k, 0], places[k, 1]
        for _ in range(most_steps):
            i, column = cell_of((x - left) * per_x, columns)
            j, row = cell_of((y - top) * per_y, rows)
            right_factor = np.float32(per_x) if _ZERO <= column <= _ONE else _ZERO
            down_factor = np.float32(per_y) if _ZERO <= row <= _ONE else _ZERO
            column, row = min(max(column, _ZERO), _ONE), min(max(row, _ZERO), _ONE)
            value_x, ax, bx = _value_and_slopes(
                entries[j, i, 0],
                entries[j, i + 1, 0],
                entries[j + 1, i, 0],
                entries[j + 1, i + 1, 0],
                column,
                row,
            )
            value_y, ay, by = _value_and_slopes(
                entries[j, i, 1],
                entries[j, i + 1, 1],
                entries[j + 1, i, 1],
                entries[j + 1, i + 1, 1],
                column,
                row,
            )
            miss_x = targets[k, 0] - (right_x * x + down_x * y + origin_x) - value_x
            miss_y = targets[k, 1] - (right_y * x + down_y * y + origin_y) - value_y
            ax, ay = ax * right_factor + np.float32(right_x), ay * right_factor + np.float32(right_y)
            bx, by = bx * down_factor + np.float32(down_x), by * down_factor + np.float32(down_y)
            determinant = ax * by - ay * bx
            scale = 1.0 / np.float64(_LEAST if abs(determinant) < _LEAST else determinant)
            x += (miss_x * by - miss_y * bx) * scale
            y += (ax * miss_y - ay * miss_x) * scale
            if not miss_x * miss_x + miss_y * miss_y > close:
                break
        places[k, 0], places[k, 1] = x, y
