"""Compiled kernel of positions between the points of a lattice; the same results as OpenCV's `resize`.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@njit("void(float32[::1], float32[::1], float32, float32[::1])", cache=True, nogil=True)
def _mix(first: Floats, second: Floats, share: float, values: Floats) -> None:
    rest = np.float32(np.float32(1) - np.float32(share))
    for i in range(len(values)):
        values[i] = first[i] * rest + second[i] * share


@njit("void(float32[:, :, ::1], int64, int64, int64, float32[::1])", cache=True, nogil=True)
def _across(lattice: Floats, row: int, left: int, step: int, values: Floats) -> None:
    """Positions in a row of the lattice, at pixels from `left` on, as x and y alternately."""
    points = lattice[row]
    cell, part = (left + step - step // 2) // step, (left + step - step // 2) % step
    for i in range(len(values) // 2):
        share = np.float32((part + 0.5) / step)
        rest = np.float32(np.float32(1) - share)
        values[2 * i] = points[cell, 0] * rest + points[cell + 1, 0] * share
        values[2 * i + 1] = points[cell, 1] * rest + points[cell + 1, 1] * share
        part += 1
        if part == step:
            part, cell = 0, cell + 1


@njit("void(float32[:, :, ::1], int64, int64, int64, int64, float32[:, ::1])", cache=True, nogil=True)
def fill_positions(lattice: Floats, step_x: int, step_y: int, top: int, left: int, positions: Floats) -> None:
    """Interpolates the positions of a part of an image.

    `lattice` (rows, columns, 2) is that of `positions`, with a spacing of `step_x` and `step_y`, which are at least 2 px; `top` and
    `left` are the first pixel of the part; `positions` (height_px, 2 * width_px) gets x and y alternately.
    """
    above = np.empty(positions.shape[1], np.float32)
    below = np.empty(positions.shape[1], np.float32)
    last = -1
    for y in range(len(positions)):
        # The last cell whose centre is not below the row of pixels; the lattice begins with one cell outside of the image.
        down = top + step_y + y - step_y // 2
        cell, share = down // step_y, np.float32((down % step_y + 0.5) / step_y)
        if cell != last:
            if last < 0:
                _across(lattice, cell, left, step_x, above)
            else:
                above, below = below, above
            _across(lattice, cell + 1, left, step_x, below)
            last = cell
        _mix(above, below, share, positions[y])
