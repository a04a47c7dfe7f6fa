"""Compiled kernel of light over images; the same results as `light.multiply` with OpenCV.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Numbers = NDArray[np.uint16]

STEP_PX = 8
"""Side of the cells for which the kernel is made."""


@njit("void(uint8[::1], uint16[::1])", cache=True, nogil=True)
def _across(cells: Bytes, values: Numbers) -> None:
    """128 times the values of a row of cells, interpolated from the centre of the first cell."""
    for i in range(len(cells) - 1):
        here, after = np.uint16(cells[i]), np.uint16(cells[i + 1])
        part = values[STEP_PX * i : STEP_PX * i + STEP_PX]
        for k in range(STEP_PX):
            share = np.uint16(8 * (2 * k + 1))
            part[k] = np.uint16(here * np.uint16(np.uint16(128) - share) + after * share)


@njit("void(uint16[::1], uint16[::1], uint32, uint8[::1])", cache=True, nogil=True)
def _down(above: Numbers, below: Numbers, share: int, values: Bytes) -> None:
    """Values between two rows of `_across`; `share` of 2048 is that of the one below. Rounded like OpenCV's `resize`."""
    first, second = np.uint32(np.uint32(2048) - share), np.uint32(share)
    for x in range(len(values)):
        upper = np.uint16(np.uint32(np.uint32(above[x]) * first) >> np.uint32(16))
        lower = np.uint16(np.uint32(np.uint32(below[x]) * second) >> np.uint32(16))
        values[x] = np.uint8(np.uint16(upper + lower + np.uint16(2)) >> np.uint16(2))


@njit("void(uint8[::1], uint8[::1])", cache=True, nogil=True)
def _multiply(pixels: Bytes, factors: Bytes) -> None:
    """Multiplies bytes by factors, 255 of which are 1, in place; rounded."""
    for i in range(len(pixels)):
        product = np.uint16(np.uint16(pixels[i]) * np.uint16(factors[i]) + np.uint16(128))
        pixels[i] = np.uint8(np.uint16(product + np.uint16(product >> np.uint16(8))) >> np.uint16(8))


@njit("void(uint8[::1], uint32[::1])", cache=True, nogil=True)
def _in_colors(values: Bytes, factors: NDArray[np.uint32]) -> None:
    """The same factor for blue, green and red, and 255 for the opacity."""
    for x in range(len(values)):
        factors[x] = np.uint32(np.uint32(values[x]) * np.uint32(0x010101)) | np.uint32(0xFF000000)


@njit("void(uint8[:, ::1], uint8[:, ::1], int64)", cache=True, nogil=True)
def multiply_by_cells(rows: Bytes, cells: Bytes, width: int) -> None:
    """Multiplies an image in place by factors between the centres of cells of `STEP_PX`; 255 is 1.

    `rows` (height_px, bytes of a row) has one or four bytes a pixel; `cells` has one more row and column on each side.
    """
    columns = STEP_PX * (cells.shape[1] - 1)
    above, below = np.empty(columns, np.uint16), np.empty(columns, np.uint16)
    values, words = np.empty(width, np.uint8), np.empty(width, np.uint32)
    colors = words.view(np.uint8)
    # The first pixel is half a cell after the centre of the first cell.
    half = STEP_PX // 2
    _across(cells[0], below)
    for y in range(len(rows)):
        row, part = (y + half) // STEP_PX, (y + half) % STEP_PX
        if y == 0 or part == 0:
            above, below = below, above
            _across(cells[row + 1], below)
        _down(above[half : half + width], below[half : half + width], np.uint32(128 * (2 * part + 1)), values)
        if rows.shape[1] == width:
            _multiply(rows[y], values)
        else:
            _in_colors(values, words)
            _multiply(rows[y], colors)
