"""Compiled kernels of run-length encoding; the same results as `run_lengths` with NumPy.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_Ints = NDArray[np.int64]

_ALL_SET = np.uint64(0x0101010101010101)
"""Eight set pixels."""


@njit("int64[::1](uint64[::1], boolean[::1], int64[:, ::1], int64[::1])", cache=True, nogil=True)
def write_row_runs(
    words: NDArray[np.uint64], pixels: NDArray[np.bool_], windows: _Ints, counts: _Ints
) -> _Ints:
    """Writes the run lengths of masks, row by row; returns the end of each mask in `counts`.

    The first run of a mask is of unset pixels. `windows` are the index of the first pixel, the width and the height of
    each mask; rows are padded with unset pixels to a multiple of eight. `words` are the same pixels, eight at a time.
    There must be room for one more run than there are pixels in each mask.
    """
    ends = np.empty(len(windows), np.int64)
    end = 0
    for mask in range(len(windows)):
        base, width, height = windows[mask]
        across = (width + 7) // 8
        last, value = 0, False
        for row in range(height):
            start = base + 8 * across * row
            for word in range(across):
                eight = words[start // 8 + word]
                if (eight == 0 and not value) or (eight == _ALL_SET and value):
                    continue
                for column in range(8 * word, min(8 * word + 8, width)):
                    if pixels[start + column] != value:
                        place = row * width + column
                        counts[end] = place - last
                        end, last, value = end + 1, place, not value
        counts[end] = width * height - last
        end += 1
        ends[mask] = end
    return ends


@njit("int64(uint64[::1], boolean[::1], int64[::1], int32[:, ::1], int64[::1])", cache=True, nogil=True)
def _find_changes(
    words: NDArray[np.uint64],
    pixels: NDArray[np.bool_],
    window: _Ints,
    changes: NDArray[np.int32],
    per_column: _Ints,
) -> int:
    """Writes row and column of all pixels that differ from the one above, row by row; returns their number."""
    base, width, height = window
    across = (width + 7) // 8
    found = 0
    for row in range(1, height):
        start = base + 8 * across * row
        for word in range(across):
            if words[start // 8 + word] == words[start // 8 + word - across]:
                continue
            for column in range(8 * word, min(8 * word + 8, width)):
                if pixels[start + column] != pixels[start + column - 8 * across]:
                    changes[found, 0], changes[found, 1] = row, column
                    per_column[column] += 1
                    found += 1
    return found


@njit("int64[::1](uint64[::1], boolean[::1], int64[:, ::1], int64[::1])", cache=True, nogil=True)
def write_column_runs(
    words: NDArray[np.uint64], pixels: NDArray[np.bool_], windows: _Ints, counts: _Ints
) -> _Ints:
    """Writes the run lengths of masks, column by column; see `write_row_runs`."""
    ends = np.empty(len(windows), np.int64)
    room = np.max(windows[:, 1] * windows[:, 2])
    changes, rows = np.empty((room, 2), np.int32), np.empty(room, np.int32)
    end = 0
    for mask in range(len(windows)):
        base, width, height = windows[mask]
        per_column = np.zeros(width, np.int64)
        found = _find_changes(words, pixels, windows[mask], changes, per_column)
        # Sorted by column; they are sorted by row already.
        places = np.cumsum(per_column) - per_column
        for change in range(found):
            column = changes[change, 1]
            rows[places[column]] = changes[change, 0]
            places[column] += 1
        last, value, change = 0, False, 0
        for column in range(width):
            place = column * height
            if pixels[base + column] != value:
                counts[end] = place - last
                end, last, value = end + 1, place, not value
            while change < places[column]:
                counts[end] = place + rows[change] - last
                end, last, value, change = end + 1, place + rows[change], not value, change + 1
        counts[end] = width * height - last
        end += 1
        ends[mask] = end
    return ends


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
