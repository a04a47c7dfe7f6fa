"""Compiled kernel of the text of coordinates; the same results as `text` without it.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

BYTES_PER_NUMBER = 11
"""Maximum length of a number below a million: seven digits, a point, two decimals and a comma."""


@njit("int64[::1](float64[::1], int64[::1], uint8[::1])", cache=True, nogil=True)
def write_numbers(
    values: NDArray[np.float64], ends: NDArray[np.int64], text: NDArray[np.uint8]
) -> NDArray[np.int64]:
    """Writes numbers from 0 to a million with one or two decimals, each followed by a comma; returns the end of each ring.

    Ring i has the numbers up to `ends[i]`.
    """
    bounds = np.empty(len(ends), np.int64)
    at, begin = 0, 0
    for ring in range(len(ends)):
        for index in range(begin, ends[ring]):
            hundredths = np.int64(np.rint(values[index] * 100))
            whole, part = hundredths // 100, hundredths % 100
            size, rest = 1, whole // 10
            while rest:
                size, rest = size + 1, rest // 10
            for place in range(at + size - 1, at - 1, -1):
                text[place] = 48 + whole % 10
                whole //= 10
            at += size
            text[at], text[at + 1] = 46, 48 + part // 10
            at += 2
            if part % 10:
                text[at] = 48 + part % 10
                at += 1
            text[at] = 44
            at += 1
        bounds[ring] = at
        begin = ends[ring]
    return bounds
