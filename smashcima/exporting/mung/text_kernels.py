"""Compiled kernel of the text of nodes; the same results as `nodes` without it.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from smashcima.exporting.text_kernels import put_number, put_text

_Bytes = NDArray[np.uint8]
_Ints = NDArray[np.int64]

BYTES_PER_RUN = 22
"""Maximum length of a run in text: a value, a colon, 19 digits and a space."""

BYTES_PER_NODE = 256
"""Maximum length of what is written of a node between its texts, without its runs."""


@njit("int64(uint8[::1], int64, int64, int64)", cache=True, nogil=True)
def _put_run(out: _Bytes, at: int, value: int, count: int) -> int:
    """Writes `value:count` and a space; returns the place after it."""
    out[at], out[at + 1] = 48 + value, 58
    at = put_number(out, at + 2, count)
    out[at] = 32
    return at + 1


@njit("int64(uint8[::1], int64, int64[::1], int64, int64, int64)", cache=True, nogil=True)
def _put_mask(out: _Bytes, at: int, counts: _Ints, begin: int, end: int, size: int) -> int:
    """Writes the runs of a mask of `size` pixels, which has some, as `0:10 1:3 ...`; returns the place after them."""
    value, rest = 0, size
    for index in range(begin, end):
        if index > begin or counts[index]:
            at = _put_run(out, at, value, counts[index])
        rest -= counts[index]
        value = 1 - value
    if rest:
        at = _put_run(out, at, 0, rest)
    return at - 1


@njit(
    "int64(uint8[::1], int64[::1], uint8[::1], int64[::1], uint8[::1], int64[::1], int64[:, ::1], int64[::1], int64[::1], "
    "int64[::1], int64[::1], int64[::1], uint8[::1])",
    cache=True,
    nogil=True,
)
def write_nodes(
    before: _Bytes,
    before_ends: _Ints,
    between: _Bytes,
    between_ends: _Ints,
    after: _Bytes,
    after_ends: _Ints,
    windows: _Ints,
    first: _Ints,
    second: _Ints,
    tables: _Ints,
    begins: _Ints,
    ends: _Ints,
    out: _Bytes,
) -> int:
    """Writes nodes; returns the number of bytes.

    Node i is the i-th text before it, its top, left, width and height, each followed by a text of `between`, the runs of
    its mask, and the i-th text after it. `windows` are left, top, width and height; the counts of its mask are those of
    `first` or `second`, as the i-th number of `tables` tells, from `begins[i]` to `ends[i]`.
    """
    at, before_at, after_at = 0, 0, 0
    for node in range(len(windows)):
        at = put_text(out, at, before, before_at, before_ends[node])
        before_at = before_ends[node]
        begin = 0
        for number in range(4):
            at = put_number(out, at, windows[node, (1, 0, 2, 3)[number]])
            at = put_text(out, at, between, begin, between_ends[number])
            begin = between_ends[number]
        counts = second if tables[node] else first
        size = windows[node, 2] * windows[node, 3]
        at = _put_mask(out, at, counts, begins[node], ends[node], size)
        at = put_text(out, at, after, after_at, after_ends[node])
        after_at = after_ends[node]
    return at
