"""Compiled kernels that write texts and numbers into an array of bytes, for documents that are large.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_Bytes = NDArray[np.uint8]

BYTES_PER_NUMBER = 20
"""Maximum length of a number in text: 19 digits and a sign."""


@njit("int64(uint8[::1], int64, uint8[::1], int64, int64)", cache=True, nogil=True)
def put_text(out: _Bytes, at: int, text: _Bytes, begin: int, end: int) -> int:
    """Writes the bytes of a text from `begin` to `end`; returns the place after them."""
    for place in range(end - begin):
        out[at + place] = text[begin + place]
    return at + end - begin


@njit("int64(uint8[::1], int64, int64)", cache=True, nogil=True)
def put_number(out: _Bytes, at: int, number: int) -> int:
    """Writes a whole number; returns the place after it."""
    if number < 0:
        out[at] = 45
        at, number = at + 1, -number
    # Most numbers are small, and written without a loop.
    if number < 10:
        out[at] = 48 + number
        return at + 1
    if number < 100:
        out[at], out[at + 1] = 48 + number // 10, 48 + number % 10
        return at + 2
    if number < 1000:
        rest = number % 100
        out[at], out[at + 1], out[at + 2] = 48 + number // 100, 48 + rest // 10, 48 + rest % 10
        return at + 3
    size, rest = 4, number // 10000
    while rest:
        size, rest = size + 1, rest // 10
    for place in range(at + size - 1, at - 1, -1):
        out[place] = 48 + number % 10
        number //= 10
    return at + size
