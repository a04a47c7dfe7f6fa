"""Compiled kernels of the shading of ink; the same results as `ink_shading` and `stroke_loads` with NumPy.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_MARGIN = 4
"""Columns without samples on each side of a lattice."""

_ZERO, _HALF, _ONE, _FULL = np.float32(0), np.float64(0.5), np.float32(1), np.float32(255)


@njit(
    "void(complex128[::1], complex128[::1], float64[::1], float64[::1], int64[::1], float64[::1],"
    " float32[:, ::1], float32[:, ::1])",
    cache=True,
    nogil=True,
    error_model="numpy",
)
def spread_samples(
    points: NDArray[np.complex128],
    step: NDArray[np.complex128],
    length: NDArray[np.float64],
    load: NDArray[np.float64],
    following: NDArray[np.int64],
    numbers: NDArray[np.float64],
    lengths: Floats,
    inks: Floats,
) -> None:
    """Adds the samples of the sides of outlines to the cells of a lattice: their weights to `lengths`, and the products of
    weights and loads to `inks`; all are whole numbers.

    Arrays of points are as in `stroke_loads`; `numbers` are the left and top of the lattice, its cell, the largest side, and the
    steps of length and load.
    """
    left, top, cell, side, length_steps, load_steps = numbers
    rows, columns = lengths.shape
    for i in range(len(points)):
        count = max(np.ceil(length[i] / side), 1.0)
        weight = max(np.rint(length_steps * (length[i] / count)), 1.0)
        rise = load[following[i]] - load[i]
        for number in range(int(count)):
            part = number / count
            x, y = points[i].real + part * step[i].real, points[i].imag + part * step[i].imag
            column, row = int(np.rint((x - left) / cell)), int(np.rint((y - top) / cell))
            if column < 0 or column >= columns or row < 0 or row >= rows:
                continue
            lengths[row, column] += np.float32(weight)
            inks[row, column] += np.float32(weight * np.rint(load_steps * (load[i] + part * rise)))


@njit(cache=True, nogil=True)
def _near_sums(values: Floats, row: int, down: NDArray[np.float64], near: Floats) -> None:
    """Writes the sums over squares of 3 cells of a row to `near`, of which the first `_MARGIN` columns are left of the lattice;
    `down` has room for the sums over columns.
    """
    rows, columns = values.shape
    for column in range(columns):
        down[column + 1] = values[row, column]
    if row > 0:
        for column in range(columns):
            down[column + 1] += values[row - 1, column]
    if row + 1 < rows:
        for column in range(columns):
            down[column + 1] += values[row + 1, column]
    for column in range(columns):
        near[column + _MARGIN] = np.float32(down[column] + down[column + 1] + down[column + 2])


@njit(cache=True, nogil=True)
def _far_sums(
    down: NDArray[np.float64], pairs: NDArray[np.float64], fours: NDArray[np.float64], far: Floats
) -> None:
    """Writes the sums of nine columns of `down` around each column of the lattice; the other arrays are room for parts of them."""
    size = len(down)
    for column in range(size - 1):
        pairs[column] = down[column] + down[column + 1]
    for column in range(size - 3):
        fours[column] = pairs[column] + pairs[column + 2]
    for column in range(len(far)):
        far[column] = np.float32(fours[column] + fours[column + 4] + down[column + 8])


@njit(
    "void(float32[:, ::1], float32[:, ::1], float32, float32, float32[:, ::1])",
    cache=True,
    nogil=True,
    error_model="numpy",
)
def mean_loads(
    lengths: Floats, inks: Floats, far_weight: np.float32, steps: np.float32, values: Floats
) -> None:
    """Writes the mean load around each cell to `values`, which stays as it is where there are no samples.

    Sums over squares of 3 cells are kept for nine rows, of which the sums over squares of 9 cells are made: whole numbers, whose
    sums do not depend on their order.
    """
    rows, columns = lengths.shape
    used = np.zeros(rows + 10, np.bool_)  # rows with samples, from the sixth place on
    for row in range(rows):
        used[row + 5] = lengths[row].any()
    size = columns + 2 * _MARGIN
    near, down = np.zeros((2, 9, size), np.float32), np.zeros((2, size), np.float64)
    beside, pairs, fours = np.zeros(columns + 2), np.zeros(size), np.zeros(size)
    far = np.zeros((2, columns), np.float32)
    for entering in range(rows + 4):
        slot, row = entering % 9, entering - 4
        for kind in range(2):
            down[kind] -= near[kind, slot]
            if entering < rows and (used[entering + 4] or used[entering + 5] or used[entering + 6]):
                _near_sums(lengths if kind == 0 else inks, entering, beside, near[kind, slot])
                down[kind] += near[kind, slot]
            else:
                near[kind, slot] = _ZERO
        if row < 0 or not used[row : row + 11].any():
            continue
        for kind in range(2):
            _far_sums(down[kind], pairs, fours, far[kind])
        own_length, own_ink = near[0, row % 9], near[1, row % 9]
        for column in range(columns):
            length = own_length[column + _MARGIN] + far[0, column] * far_weight
            ink = own_ink[column + _MARGIN] + far[1, column] * far_weight
            values[row, column] = ink / (length * steps) if length > _ZERO else values[row, column]


@njit(cache=True, nogil=True, error_model="numpy")
def _in_cells(place: float, start: float, cell: float, count: int) -> tuple[int, np.float32]:
    """The cell of a place in mm, of `count` cells in this direction, and how far into it the place is."""
    whole = np.float32(min(max((place - start) / cell, 0.0), count - 1.001))
    return int(whole), whole - np.float32(int(whole))


@njit(cache=True, nogil=True, error_model="numpy")
def _flow(lattice: Floats, column: int, row: int, x: np.float32, y: np.float32) -> np.float32:
    """The load at a place in a cell of a lattice; -1 far from strokes."""
    a, b = lattice[row, column], lattice[row, column + 1]
    c, d = lattice[row + 1, column], lattice[row + 1, column + 1]
    if a < _ZERO or b < _ZERO or c < _ZERO or d < _ZERO:
        return max(a, b, c, d)
    upper = a + x * (b - a)
    lower = c + x * (d - c)
    return upper + y * (lower - upper)


@njit(cache=True, nogil=True, error_model="numpy")
def _ink_at(
    flow: np.float32, thickness: np.float32, depth: np.float32, medium: Floats
) -> tuple[np.float32, np.float32]:
    """The opacity at a pixel, and its share of the colour of thin ink; `depth` is that of the grain."""
    if flow < _ZERO:  # ink of something else
        return _ONE, _ZERO
    load = min(flow * (medium[0] + medium[1] * thickness), _ONE)
    opacity = medium[2] + medium[3] * load
    if medium[4] > _ZERO:
        bare = medium[4] * max(_ONE - load / medium[5], _ZERO)
        covered = (_ONE - bare - depth) / medium[6]
        opacity *= medium[7] + medium[8] * min(max(covered + _ONE, _ZERO), _ONE)
    return opacity, medium[9] * (_ONE - load)


@njit(cache=True, nogil=True, error_model="numpy")
def _mixed(
    own: np.float32, thin: np.float32, lack: np.float32, scale: np.float32, after: np.float32
) -> np.uint8:
    """One channel of a pixel; `own` is its colour before, and `thin` that of thin ink, both multiplied by the coverage."""
    return np.uint8(np.rint(min((own + lack * (thin - own)) * scale, after)))


@njit(cache=True, nogil=True)
def _plain_shares(plain: NDArray[np.int64]) -> Floats:
    """One colour multiplied by each coverage, (256, 3)."""
    shares = np.zeros((256, 3), np.float32)
    for channel in range(len(plain)):
        for value in range(256):
            shares[value, channel] = np.float32((value * plain[channel] + 127) // 255)
    return shares


@njit(
    "void(uint8[:, ::1], uint64[::1], uint8[:, :, ::1], int64[::1], uint8[:, ::1], float32[::1], float32[:, ::1],"
    " float64[::1], float32[::1], float32[::1], float32[:, ::1])",
    cache=True,
    nogil=True,
    error_model="numpy",
)
def shade_pixels(
    coverage: Bytes,
    words: NDArray[np.uint64],
    color: Bytes,
    plain: NDArray[np.int64],
    around: Bytes,
    thickness: Floats,
    lattice: Floats,
    place: NDArray[np.float64],
    medium: Floats,
    thin_color: Floats,
    depths: Floats,
) -> None:
    """Changes the coverage and colour of all pixels with ink, in place.

    `words` is a view of the first pixels of `coverage`, eight at a time. `color` is empty if all ink has one colour; `plain` is
    the colour of all ink that is to be written to it, or empty. For `around` and `thickness`, see `_thickness`; `place` has the
    transform to mm, and the origin and cell of the lattice and the pitch of the grain `depths`; `medium` has its numbers.
    """
    a, b, c, d, e, f, left, top, cell, pitch = place
    width = coverage.shape[1]
    last_depth = len(depths) - 1  # the number of depths is a power of two
    cell_rows, cell_columns = lattice.shape
    flat, flat_around = coverage.reshape(-1), around.reshape(-1)
    flat_color, shares = color.reshape(-1, 3), _plain_shares(plain)
    blue, green, red = thin_color
    # On upright pages, all pixels of a column are in one column of cells, and all of a row in one row.
    is_upright = b == 0.0 and c == 0.0
    at_column = [_in_cells(a * (i + _HALF) + c * _HALF + e, left, cell, cell_columns) for i in range(width)]
    grain = [int(np.floor((a * (i + _HALF) + c * _HALF + e) / pitch)) & last_depth for i in range(width)]
    row, row_start, known_row = 0, 0, -1
    cell_row, in_row, grain_row = 0, _ZERO, 0
    for start in range(0, len(flat), 8):
        if start >> 3 < len(words) and words[start >> 3] == 0:
            continue
        for pixel in range(start, min(start + 8, len(flat))):
            value = flat[pixel]
            if value == 0:
                continue
            while pixel >= row_start + width:
                row += 1
                row_start += width
            column = pixel - row_start
            cell_column, in_column = at_column[column]
            grain_column = grain[column]
            if not is_upright or known_row != row:
                known_row = row
                x = a * (column + _HALF) + c * (row + _HALF) + e
                y = b * (column + _HALF) + d * (row + _HALF) + f
                cell_row, in_row = _in_cells(y, top, cell, cell_rows)
                grain_row = int(np.floor(y / pitch)) & last_depth
                if not is_upright:
                    cell_column, in_column = _in_cells(x, left, cell, cell_columns)
                    grain_column = int(np.floor(x / pitch)) & last_depth
            flow = _flow(lattice, cell_column, cell_row, in_column, in_row)
            opacity, lack = _ink_at(
                flow, thickness[flat_around[pixel]], depths[grain_row, grain_column], medium
            )
            before = np.float32(value)
            after = min(before * opacity, _FULL)
            if len(color) > 0:
                scale = after / before
                if len(plain) > 0:
                    one, two, three = shares[value, 0], shares[value, 1], shares[value, 2]
                else:
                    one = np.float32(flat_color[pixel, 0])
                    two = np.float32(flat_color[pixel, 1])
                    three = np.float32(flat_color[pixel, 2])
                flat_color[pixel, 0] = _mixed(one, blue * before, lack, scale, after)
                flat_color[pixel, 1] = _mixed(two, green * before, lack, scale, after)
                flat_color[pixel, 2] = _mixed(three, red * before, lack, scale, after)
            flat[pixel] = np.uint8(np.rint(after))
