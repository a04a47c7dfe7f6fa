"""Compiled kernel of the text of masks; the same results as `mask_texts` without it.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

BYTES_PER_RUN = 22
"""Maximum length of a run in text: a value, a colon, 19 digits and a space."""


@njit("int64(uint8[::1], int64, int64, int64)", cache=True, nogil=True)
def _append_run(text: NDArray[np.uint8], at: int, value: int, count: int) -> int:
    """Writes `value:count` and a space; returns the end."""
    text[at], text[at + 1] = 48 + value, 58
    at += 2
    # Most runs are short, and written without a loop.
    if count < 10:
        text[at], text[at + 1] = 48 + count, 32
        return at + 2
    if count < 100:
        text[at], text[at + 1], text[at + 2] = 48 + count // 10, 48 + count % 10, 32
        return at + 3
    size, rest = 3, count // 1000
    while rest:
        size, rest = size + 1, rest // 10
    rest = count
    for place in range(at + size - 1, at - 1, -1):
        text[place] = 48 + rest % 10
        rest //= 10
    text[at + size] = 32
    return at + size + 1


@njit("int64[::1](int64[::1], int64[::1], int64[::1], uint8[::1])", cache=True, nogil=True)
def write_runs(
    counts: NDArray[np.int64], ends: NDArray[np.int64], sizes: NDArray[np.int64], text: NDArray[np.uint8]
) -> NDArray[np.int64]:
    """Writes the runs of masks as `0:10 1:3 ...`, each followed by a space; returns the end of each mask in the text.

    The counts of mask i end at `ends[i]`, and it has `sizes[i]` pixels. `text` must have `BYTES_PER_RUN` for each
    run and each mask.
    """
    bounds = np.zeros(len(ends), np.int64)
    at, begin = 0, 0
    for mask in range(len(ends)):
        rest, value = sizes[mask], 0
        for index in range(begin, ends[mask]):
            if index > begin or counts[index]:
                at = _append_run(text, at, value, counts[index])
            rest -= counts[index]
            value = 1 - value
        if rest:
            at = _append_run(text, at, 0, rest)
        bounds[mask] = at
        begin = ends[mask]
    return bounds
