"""Compiled kernels of maps of points; the same results as `VectorTable`, `DisplacementMap` and `ProjectiveMap` with NumPy.

Imported only if `kernels_are_used()`. Vectors are two numbers along the last axis.
"""

from __future__ import annotations

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Floats = NDArray[np.float32]
Flags = NDArray[np.bool_]

# Points are only read, and may be read-only.
_POINTS = types.Array(types.float64, 2, "C", readonly=True)
_VECTORS = types.float32[:, :, ::1]
_FLAGS = types.boolean[:, ::1]
_RESULT = types.float64[:, ::1]
_NUMBERS = types.float64[::1]
_PLACE = (types.float64,) * 4

_ONE, _ZERO = np.float32(1), np.float32(0)


@njit(cache=True, nogil=True, inline="always")
def _cell(place: float, count: int) -> tuple[int, np.float32]:
    """The index of the entry before a place on one axis, and the position after it."""
    rounded = np.float32(place)
    # In this order, the index is valid even if the place is not a number.
    index = int(min(max(_ZERO, rounded), np.float32(count - 1.5)))
    return index, rounded - np.float32(index)


@njit(cache=True, nogil=True, inline="always")
def _vector(
    entries: Floats, left: float, top: float, per_x: float, per_y: float, x: float, y: float
) -> tuple[np.float32, np.float32]:
    """The vector at a point."""
    rows, columns = entries.shape[:2]
    i, column = _cell((x - left) * per_x, columns)
    j, row = _cell((y - top) * per_y, rows)
    column, row = min(max(column, _ZERO), _ONE), min(max(row, _ZERO), _ONE)
    return _between(entries, i, j, 0, column, row), _between(entries, i, j, 1, column, row)


@njit(cache=True, nogil=True, inline="always")
def _between(entries: Floats, i: int, j: int, part: int, column: np.float32, row: np.float32) -> np.float32:
    """A part of the vector at a position in a cell."""
    here, right, below = entries[j, i, part], entries[j, i + 1, part], entries[j + 1, i, part]
    across = (entries[j + 1, i + 1, part] - below) - (right - here)
    return (here + (right - here) * column) + ((below - here) + across * column) * row


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
    for k in range(len(x)):
        value[k, 0], value[k, 1] = _vector(entries, left, top, per_x, per_y, x[k], y[k])


@njit(
    types.void(_VECTORS, *_PLACE, _FLAGS, *_PLACE, _NUMBERS, _POINTS, _RESULT, types.boolean[::1]),
    cache=True,
    nogil=True,
)
def add_vectors(
    entries: Floats,
    left: float,
    top: float,
    per_x: float,
    per_y: float,
    flags: Flags,
    flags_left: float,
    flags_top: float,
    flags_per_x: float,
    flags_per_y: float,
    affine: Numbers,
    points: Numbers,
    places: Numbers,
    right: Flags,
) -> None:
    """Fills `places` (N, 2) with the images of `points` under the affine map plus the vectors of a table, and `right` with their flags.

    `affine` has the numbers by row; the first ten arguments are the tables.
    """
    rows, columns = flags.shape
    for n in range(len(points)):
        x, y = points[n, 0], points[n, 1]
        more_x, more_y = _vector(entries, left, top, per_x, per_y, x, y)
        places[n, 0] = affine[0] * x + affine[1] * y + affine[2] + more_x
        places[n, 1] = affine[3] * x + affine[4] * y + affine[5] + more_y
        column = int(min(max(0.0, (x - flags_left) * flags_per_x), columns - 1.0))
        row = int(min(max(0.0, (y - flags_top) * flags_per_y), rows - 1.0))
        right[n] = flags[row, column]


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
    types.void(_VECTORS, *_PLACE, _NUMBERS, _POINTS, _RESULT, types.boolean[::1], types.float64, types.int64),
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
    right: Flags,
    close: float,
    most_steps: int,
) -> None:
    """Newton's method as in `DisplacementMap`: improves those `places` (N, 2) that are not `right`, in place.

    The map is the affine one, of which `affine` has the numbers by row, plus the vectors of the table. `close` is the square of the
    distance to a target from which one more step is the last one.
    """
    rows, columns = entries.shape[:2]
    least = np.float32(1e-6)
    # One step for all points, then for those that need more: a loop of all steps for each would end where no processor foresees it.
    todo = np.flatnonzero(~right)
    for _ in range(most_steps):
        left_over = 0
        for n in todo:
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
            todo[left_over] = n
            left_over += miss_x * miss_x + miss_y * miss_y > close
        todo = todo[:left_over]


@njit(types.void(_POINTS, _POINTS, types.float64, _RESULT), cache=True, nogil=True, error_model="numpy")
def apply_matrix(matrix: Numbers, points: Numbers, nearest: float, images: Numbers) -> None:
    """Fills `images` (N, 2) with the images of points under a matrix (3, 3), at a depth of at least `nearest`."""
    is_affine = matrix[2, 0] == 0 and matrix[2, 1] == 0 and matrix[2, 2] == 1
    for n in range(len(points)):
        x, y = points[n, 0], points[n, 1]
        depth = 1.0 if is_affine else max(matrix[2, 0] * x + matrix[2, 1] * y + matrix[2, 2], nearest)
        images[n, 0] = (matrix[0, 0] * x + matrix[0, 1] * y + matrix[0, 2]) / depth
        images[n, 1] = (matrix[1, 0] * x + matrix[1, 1] * y + matrix[1, 2]) / depth
