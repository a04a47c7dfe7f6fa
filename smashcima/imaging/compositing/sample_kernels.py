"""Compiled kernel of resampling; the same results as `sampling` with NumPy.

Imported only if `kernels_are_used()`. Steps that need no memory access are loops of their own over 16 pixels, and in the fewest bits
that suffice, so that the compiler makes vector instructions of them.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Pixels = NDArray[np.uint32] | NDArray[np.uint8]
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]

_NEXT, _LOW, _FOUR_TIMES = np.uint64(1), np.int32(255), np.uint32(0x01010101)
_ONE, _HALF = np.uint16(256), np.uint16(128)


@njit(cache=True, nogil=True, inline="always")
def _between(first: int, second: int, part: np.uint16) -> np.uint16:
    """The weighted mean of two bytes; `part` is of 256."""
    before = np.uint16(np.uint16(first) * np.uint16(_ONE - part))
    return np.uint16(np.uint16(before + np.uint16(np.uint16(second) * part)) + _HALF) >> 8


@njit(cache=True, nogil=True, inline="always")
def _mix(
    a: Bytes, b: Bytes, c: Bytes, d: Bytes, right: Bytes, below: Bytes, result: Bytes, count: int
) -> None:
    """Bytes between those of four pixels."""
    for k in range(count):
        x, y = np.uint16(right[k]), np.uint16(below[k])
        result[k] = np.uint8(_between(_between(a[k], b[k], x), _between(c[k], d[k], x), y))


@njit(cache=True, nogil=True, inline="always")
def _place(
    x: np.int32,
    y: np.int32,
    step_x: np.int32,
    step_y: np.int32,
    bits: np.int32,
    stride: np.int32,
    indices: NDArray[np.int32],
    right: Pixels,
    below: Pixels,
    count: int,
) -> None:
    """Indices of pixels along a line, and the weights of the next pixels, once for each byte; `bits` of positions are fractions."""
    low = np.int32(bits - 8)
    for k in range(count):
        here_x = np.int32(x + np.int32(step_x * np.int32(k)))
        here_y = np.int32(y + np.int32(step_y * np.int32(k)))
        indices[k] = np.int32(np.int32(here_y >> bits) * stride + np.int32(here_x >> bits))
        right[k] = np.uint32(np.uint32(np.int32(here_x >> low) & _LOW) * _FOUR_TIMES)
        below[k] = np.uint32(np.uint32(np.int32(here_y >> low) & _LOW) * _FOUR_TIMES)


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
    stride = source.shape[1]
    under = np.uint64(stride)
    flat, filled = source.reshape(source.size), target.reshape(target.size)
    per_pixel, bits = source.itemsize, bits_x + bits_y + 16
    step_x, step_y = 1 << bits_x, 1 << bits_y
    pixels = np.zeros((6, step_x), source.dtype)
    a, b, c, d, right, below = pixels[0], pixels[1], pixels[2], pixels[3], pixels[4], pixels[5]
    parts = pixels.view(np.uint8)
    filled_parts = filled.view(np.uint8)
    indices = np.zeros(step_x, np.int32)
    for y in range(height):
        j = y >> bits_y
        down = y - (j << bits_y)
        up = step_y - down
        for i in range(shown.shape[1]):
            left = i << bits_x
            count = min(width - left, step_x)
            first = y * width + left
            what = shown[j, i]
            if what > 1:
                color = plain if what == 2 else border
                for x in range(count):
                    filled[np.uint64(first + x)] = color
                continue
            x_here = (nodes[j, i, 0] * up + nodes[j + 1, i, 0] * down) * step_x
            y_here = (nodes[j, i, 1] * up + nodes[j + 1, i, 1] * down) * step_x
            x_step = nodes[j, i + 1, 0] * up + nodes[j + 1, i + 1, 0] * down - (x_here >> bits_x)
            y_step = nodes[j, i + 1, 1] * up + nodes[j + 1, i + 1, 1] * down - (y_here >> bits_x)
            if what == 0:
                column, row = x_here >> bits, y_here >> bits
                _place(
                    np.int32(x_here - (column << bits)),
                    np.int32(y_here - (row << bits)),
                    np.int32(x_step),
                    np.int32(y_step),
                    np.int32(bits),
                    np.int32(stride),
                    indices,
                    right,
                    below,
                    count,
                )
                base = row * stride + column
                for x in range(count):
                    # Numbers without sign save the test for negative indices.
                    n, k = np.uint64(x), np.uint64(base + indices[x])
                    a[n], b[n] = flat[k], flat[k + _NEXT]
                    c[n], d[n] = flat[k + under], flat[k + under + _NEXT]
            else:
                for x in range(count):
                    place_x, place_y = x_here >> (bits - 8), y_here >> (bits - 8)
                    x_here += x_step
                    y_here += y_step
                    column, row = place_x >> 8, place_y >> 8
                    a[x], b[x] = _at(source, row, column, border), _at(source, row, column + 1, border)
                    c[x], d[x] = (
                        _at(source, row + 1, column, border),
                        _at(source, row + 1, column + 1, border),
                    )
                    right[x] = np.uint32(np.uint32(place_x & 255) * _FOUR_TIMES)
                    below[x] = np.uint32(np.uint32(place_y & 255) * _FOUR_TIMES)
            start, size = first * per_pixel, count * per_pixel
            _mix(
                parts[0],
                parts[1],
                parts[2],
                parts[3],
                parts[4],
                parts[5],
                filled_parts[start : start + size],
                size,
            )
