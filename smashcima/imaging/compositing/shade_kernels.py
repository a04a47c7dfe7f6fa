"""Compiled kernels of the shading of ink; the same results as `ink_shading` and `stroke_loads` with NumPy.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_ZERO, _HALF, _ONE, _FULL = np.float32(0), np.float64(0.5), np.float32(1), np.float32(255)


@njit(
    "void(int64[::1], float64[::1], float64[::1], float32[:, ::1], float32[:, ::1])", cache=True, nogil=True
)
def spread_samples(
    place: NDArray[np.int64],
    weight: NDArray[np.float64],
    load: NDArray[np.float64],
    length: Floats,
    ink: Floats,
) -> None:
    """Adds samples to cells of a lattice: `weight` to `length`, and its product with `load` to `ink`; all are whole numbers."""
    flat_length, flat_ink = length.reshape(-1), ink.reshape(-1)
    for i in range(len(place)):
        flat_length[place[i]] += np.float32(weight[i])
        flat_ink[place[i]] += np.float32(weight[i] * load[i])


@njit(
    "void(float32[:, ::1], float32[:, ::1], float32[:, ::1], float32[:, ::1], float32, float32, float32[:, ::1])",
    cache=True,
    nogil=True,
    error_model="numpy",
)
def mean_loads(
    near_length: Floats,
    near_ink: Floats,
    far_length: Floats,
    far_ink: Floats,
    far_weight: np.float32,
    steps: np.float32,
    values: Floats,
) -> None:
    """Writes the mean load of each cell to `values`, which stays as it is where there are no samples."""
    rows, columns = values.shape
    for row in range(rows):
        for column in range(columns):
            length = near_length[row, column] + far_length[row, column] * far_weight
            if length > _ZERO:
                ink = near_ink[row, column] + far_ink[row, column] * far_weight
                values[row, column] = ink / (length * steps)


@njit(cache=True, nogil=True, error_model="numpy")
def _flow(lattice: Floats, across: float, down: float) -> float:
    """The load at a place in cells of a lattice; -1 far from strokes."""
    rows, columns = lattice.shape
    x = np.float32(min(max(across, 0.0), columns - 1.001))
    y = np.float32(min(max(down, 0.0), rows - 1.001))
    column, row = int(x), int(y)
    x -= np.float32(column)
    y -= np.float32(row)
    a, b = lattice[row, column], lattice[row, column + 1]
    c, d = lattice[row + 1, column], lattice[row + 1, column + 1]
    if a < _ZERO or b < _ZERO or c < _ZERO or d < _ZERO:
        return max(a, b, c, d)
    upper = a + x * (b - a)
    lower = c + x * (d - c)
    return upper + y * (lower - upper)


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
    thin_load, more_load, dry, wetter, tooth, even_load, bare_edge, in_grain, less_grain, warmth = medium
    width, last_depth = coverage.shape[1], len(depths) - 1  # the number of depths is a power of two
    has_color, is_fresh = len(color) > 0, len(plain) > 0
    flat, flat_around = coverage.reshape(-1), around.reshape(-1)
    flat_color = color.reshape(-1, 3)
    row, row_start = 0, 0
    for start in range(0, len(flat), 8):
        if start >> 3 < len(words) and words[start >> 3] == 0:
            continue
        for pixel in range(start, min(start + 8, len(flat))):
            if flat[pixel] == 0:
                continue
            while pixel >= row_start + width:
                row += 1
                row_start += width
            column = pixel - row_start
            px, py = column + _HALF, row + _HALF
            x, y = a * px + c * py + e, b * px + d * py + f
            flow = _flow(lattice, (x - left) / cell, (y - top) / cell)
            opacity, lack = _ONE, _ZERO
            if flow >= _ZERO:
                load = min(flow * (thin_load + more_load * thickness[flat_around[pixel]]), _ONE)
                opacity = dry + wetter * load
                if tooth > _ZERO:
                    depth = depths[
                        int(np.floor(y / pitch)) & last_depth, int(np.floor(x / pitch)) & last_depth
                    ]
                    bare = tooth * max(_ONE - load / even_load, _ZERO)
                    covered = (_ONE - bare - depth) / bare_edge
                    opacity *= in_grain + less_grain * min(max(covered + _ONE, _ZERO), _ONE)
                lack = warmth * (_ONE - load)
            before = np.float32(flat[pixel])
            after = min(before * opacity, _FULL)
            if has_color:
                scale = after / before
                for channel in range(3):
                    if is_fresh:
                        own = np.float32((np.int64(flat[pixel]) * plain[channel] + 127) // 255)
                    else:
                        own = np.float32(flat_color[pixel, channel])
                    mixed = (own + lack * (thin_color[channel] * before - own)) * scale
                    flat_color[pixel, channel] = np.uint8(np.rint(min(mixed, after)))
            flat[pixel] = np.uint8(np.rint(after))
