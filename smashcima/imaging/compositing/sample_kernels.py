"""Compiled kernel of resampling; the same results as `sampling` with NumPy.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Pixels = NDArray[np.uint32] | NDArray[np.uint8]
Ints = NDArray[np.int64]

_LANES, _HALVES = np.uint64(0x00FF00FF00FF00FF), np.uint64(0x0080008000800080)
_ONE, _BITS, _APART, _NEXT = np.uint64(256), np.uint64(8), np.uint64(24), np.uint64(1)


@njit(cache=True, nogil=True, inline="always")
def _mixed(a: int, b: int, c: int, d: int, across: int, down: int) -> np.uint64:
    """The pixel between four pixels, whose four bytes are processed together; positions are parts of 256."""
    x, y = np.uint64(across), np.uint64(down)
    p, q = np.uint64(a), np.uint64(b)
    p, q = (p | (p << _APART)) & _LANES, (q | (q << _APART)) & _LANES
    above = ((p * (_ONE - x) + q * x + _HALVES) >> _BITS) & _LANES
    p, q = np.uint64(c), np.uint64(d)
    p, q = (p | (p << _APART)) & _LANES, (q | (q << _APART)) & _LANES
    below = ((p * (_ONE - x) + q * x + _HALVES) >> _BITS) & _LANES
    both = ((above * (_ONE - y) + below * y + _HALVES) >> _BITS) & _LANES
    return both | (both >> _APART)


@njit(cache=True, nogil=True, inline="always")
def _at(source: Pixels, row: int, column: int, border: int) -> int:
    height, width = source.shape
    if 0 <= row < height and 0 <= column < width:
        return np.int64(source[row, column])
    return border


@njit(
    [
        f"void({kind}[:, ::1], {kind}[:, ::1], int64[:, :, ::1], int8[:, ::1], int64, int64, int64, int64)"
        for kind in ("uint32", "uint8")
    ],
    cache=True,
    nogil=True,
)
def fill(
    source: Pixels,
    target: Pixels,
    nodes: Ints,
    shown: NDArray[np.int8],
    bits_x: int,
    bits_y: int,
    plain: int,
    border: int,
) -> None:
    """Fills `target`; see `sampling` for the arguments."""
    height, width = target.shape
    flat_target = target.reshape(target.size)
    flat = source.reshape(source.size)
    stride = source.shape[1]
    under = np.uint64(stride)
    step_x, step_y = 1 << bits_x, 1 << bits_y
    coarse = bits_x + bits_y + 8
    for j in range(shown.shape[0]):
        top, bottom = j << bits_y, min(height, (j + 1) << bits_y)
        for i in range(shown.shape[1]):
            left, right = i << bits_x, min(width, (i + 1) << bits_x)
            what = shown[j, i]
            if what > 1:
                color = plain if what == 2 else border
                for y in range(top, bottom):
                    target[y, left:right] = color
                continue
            for y in range(top, bottom):
                below = y - top
                above = step_y - below
                begin_x = nodes[j, i, 0] * above + nodes[j + 1, i, 0] * below
                begin_y = nodes[j, i, 1] * above + nodes[j + 1, i, 1] * below
                step_of_x = nodes[j, i + 1, 0] * above + nodes[j + 1, i + 1, 0] * below - begin_x
                step_of_y = nodes[j, i + 1, 1] * above + nodes[j + 1, i + 1, 1] * below - begin_y
                begin_x *= step_x
                begin_y *= step_x
                if what == 0:
                    for x in range(left, right):
                        place_x, place_y = begin_x >> coarse, begin_y >> coarse
                        begin_x += step_of_x
                        begin_y += step_of_y
                        # Numbers without sign save the test for negative indices.
                        k = np.uint64((place_y >> 8) * stride + (place_x >> 8))
                        a, b = flat[k], flat[k + _NEXT]
                        c, d = flat[k + under], flat[k + under + _NEXT]
                        if (a ^ b) | (c ^ d) | (a ^ c) == 0:
                            flat_target[np.uint64(y * width + x)] = a
                        else:
                            flat_target[np.uint64(y * width + x)] = _mixed(
                                a, b, c, d, place_x & 255, place_y & 255
                            )
                else:
                    for x in range(left, right):
                        place_x, place_y = begin_x >> coarse, begin_y >> coarse
                        begin_x += step_of_x
                        begin_y += step_of_y
                        column, row = place_x >> 8, place_y >> 8
                        e, f = _at(source, row, column, border), _at(source, row, column + 1, border)
                        g, h = _at(source, row + 1, column, border), _at(source, row + 1, column + 1, border)
                        target[y, x] = _mixed(e, f, g, h, place_x & 255, place_y & 255)
