"""Compiled kernels of run-length encoding for COCO; the same results as `rle` with NumPy.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_Ints = NDArray[np.int64]


@njit(
    "int64(int64[::1], int64[::1], int64[:, ::1], int64, int64, int32[::1], int64[::1], int64[::1])",
    cache=True,
    nogil=True,
)
def write_counts(
    counts: _Ints,
    ends: _Ints,
    windows: _Ints,
    height: int,
    width: int,
    flat: NDArray[np.int32],
    sizes: _Ints,
    areas: _Ints,
) -> int:
    """Writes the run lengths of masks for a whole image; returns the number of runs.

    `counts` are those within windows, column by column, of which mask i has those up to `ends[i]`; `windows` are left, top
    and height. `flat`, `sizes` and `areas` are as in `Counts`; `flat` must have room for all runs.
    """
    end, begin = 0, 0
    for mask in range(len(ends)):
        left, top, rows = windows[mask]
        start, covered, area = end, 0, 0
        place = 0
        run_start, run_end = -1, -1
        for index in range(begin, ends[mask]):
            length = counts[index]
            if (index - begin) % 2:
                area += length
                at, stop = place, place + length
                while at < stop:
                    column = at // rows
                    piece_end = min(stop, (column + 1) * rows)
                    address = (left + column) * height + top + at - column * rows
                    if address != run_end:
                        if run_end >= 0:
                            flat[end], flat[end + 1] = run_start - covered, run_end - run_start
                            end, covered = end + 2, run_end
                        run_start = address
                    run_end = address + piece_end - at
                    at = piece_end
            place += length
        flat[end], flat[end + 1] = run_start - covered, run_end - run_start
        end += 2
        if height * width > run_end:
            flat[end] = height * width - run_end
            end += 1
        sizes[mask], areas[mask] = end - start, area
        begin = ends[mask]
    return end


@njit("int64[::1](int32[::1], int64[::1], uint8[::1])", cache=True, nogil=True)
def write_text(flat: NDArray[np.int32], sizes: _Ints, text: NDArray[np.uint8]) -> _Ints:
    """Writes the counts of masks as COCO text; returns the end of each mask in the text.

    `text` must have 7 bytes for each count.
    """
    bounds = np.zeros(len(sizes), np.int64)
    at, begin = 0, 0
    for mask in range(len(sizes)):
        for index in range(begin, begin + sizes[mask]):
            value = np.int64(flat[index])
            if index - begin > 2:
                value -= flat[index - 2]
            while True:
                group = value & 31
                value >>= 5
                more = value != (-1 if group & 16 else 0)
                text[at] = 48 + group + (32 if more else 0)
                at += 1
                if not more:
                    break
        begin += sizes[mask]
        bounds[mask] = at
    return bounds
