"""Compiled kernel of run-length encoding; the same results as `run_lengths` with NumPy.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray


@njit("int64(boolean[:, :], int64[::1], int64)", cache=True, nogil=True)
def append_runs(pixels: NDArray[np.bool_], counts: NDArray[np.int64], start: int) -> int:
    """Writes the run lengths of a mask, row by row, to `counts` from `start`; returns the end.

    The first run is of unset pixels. There must be room for one more run than there are pixels.
    """
    end, run, value = start, 0, False
    for row in range(pixels.shape[0]):
        for column in range(pixels.shape[1]):
            if pixels[row, column] != value:
                counts[end] = run
                end, run, value = end + 1, 0, not value
            run += 1
    counts[end] = run
    return end + 1


@njit("int64[::1](float64[:, ::1], int64, int64, int64, int64)", cache=True, nogil=True)
def fill(ring: NDArray[np.float64], left: int, top: int, columns: int, rows: int) -> NDArray[np.int64]:
    """Run lengths of the pixels of a window whose centres are inside a ring, row by row; empty without a pixel."""
    first, last = np.full(rows, np.inf), np.full(rows, -np.inf)
    for point in range(len(ring)):
        after = (point + 1) % len(ring)
        x0, y0, x1, y1 = ring[point, 0], ring[point, 1], ring[after, 0], ring[after, 1]
        if y0 == y1:
            continue
        low, high = min(y0, y1), max(y0, y1)
        for row in range(max(int(low) - top - 1, 0), min(int(high) - top + 2, rows)):
            centre = top + row + 0.5
            if low <= centre < high:
                at = x0 + (centre - y0) * (x1 - x0) / (y1 - y0)
                first[row], last[row] = min(first[row], at), max(last[row], at)
    counts = np.empty(2 * rows + 1, np.int64)
    used, done = 0, 0
    for row in range(rows):
        if first[row] > last[row]:
            continue
        begin = min(max(np.ceil(first[row] - 0.5) - left, 0), columns)
        end = min(max(np.ceil(last[row] - 0.5) - left, begin), columns)
        start, stop = row * columns + int(begin), row * columns + int(end)
        if start == stop:
            continue
        if used and start == done:
            counts[used - 1] += stop - start
        else:
            counts[used], counts[used + 1] = start - done, stop - start
            used += 2
        done = stop
    if used and done < rows * columns:
        counts[used] = rows * columns - done
        used += 1
    return counts[:used]
