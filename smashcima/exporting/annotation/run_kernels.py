"""Compiled kernels of run-length encoding; the same results as `run_lengths` with NumPy.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_Ints = NDArray[np.int64]


@njit("int64(int64[::1], int64, int64, int64, int64, int64)", cache=True, nogil=True)
def _add_run(counts: _Ints, start: int, used: int, done: int, begin: int, end: int) -> int:
    """Adds set pixels `begin` to `end` to the run lengths of a mask from `start`, whose runs reach `done`; returns the new end."""
    if begin == done and used > start:
        counts[used - 1] += end - begin  # goes on in the next row or column
        return used
    counts[used], counts[used + 1] = begin - done, end - begin
    return used + 2


@njit("int64(int64[::1], int64, int64, int64, int64)", cache=True, nogil=True)
def _complete(counts: _Ints, start: int, used: int, done: int, size: int) -> int:
    """Adds the unset pixels after the last run of a mask that has any; returns the new end."""
    if used > start and done < size:
        counts[used] = size - done
        return used + 1
    return used


@njit("Tuple((int64[::1], int64[::1]))(int64[:, ::1], int64[::1], int32[:, ::1])", cache=True, nogil=True)
def write_row_runs(windows: _Ints, ends: _Ints, spans: NDArray[np.int32]) -> tuple[_Ints, _Ints]:
    """The ends and the run lengths of masks, row by row, of which mask i has the spans up to `ends[i]`.

    `windows` are left, top, width and height, and spans are as in `Spans`. The first run of a mask is of unset pixels.
    """
    bounds = np.empty(len(ends), np.int64)
    counts = np.empty(2 * len(spans) + len(ends), np.int64)
    used, first = 0, 0
    for mask in range(len(ends)):
        left, top, width, height = windows[mask]
        start, done = used, 0
        for span in range(first, ends[mask]):
            row = (spans[span, 0] - top) * width
            begin, end = row + spans[span, 1] - left, row + spans[span, 2] - left
            used = _add_run(counts, start, used, done, begin, end)
            done = end
        used = _complete(counts, start, used, done, width * height)
        bounds[mask] = used
        first = ends[mask]
    return bounds, counts[:used].copy()


@njit(
    "void(int32[:, ::1], int64, int64, int64, int64, int64, int32[::1], int32[::1], int32[::1])",
    cache=True,
    nogil=True,
)
def sort_by_column(
    spans: NDArray[np.int32],
    first: int,
    last: int,
    left: int,
    top: int,
    width: int,
    rows: NDArray[np.int32],
    found: NDArray[np.int32],
    reached: NDArray[np.int32],
) -> None:
    """Finds the pixels of a window that differ from the one above: writes the row of the n-th one in column i to
    `rows[width * n + i]`, and their number to `found[i]`, which is 0 before. So is `reached`, also afterwards.

    Most neighbouring columns have as many, so what is written at once lies side by side.
    """
    # `reached` is 1 + the row after the last pixel of each column.
    for span in range(first, last):
        row = spans[span, 0] - top + 1
        for column in range(spans[span, 1] - left, spans[span, 2] - left):
            if reached[column] != row:
                place = width * found[column] + column
                rows[place] = row - 1
                if found[column]:
                    rows[place - width] = reached[column] - 1
                found[column] += 2
            reached[column] = row + 1
    for column in range(width):
        if found[column]:
            rows[width * (found[column] - 1) + column] = reached[column] - 1
            reached[column] = 0


@njit("Tuple((int64[::1], int64[::1]))(int64[:, ::1], int64[::1], int32[:, ::1])", cache=True, nogil=True)
def write_column_runs(windows: _Ints, ends: _Ints, spans: NDArray[np.int32]) -> tuple[_Ints, _Ints]:
    """The same, column by column; see `write_row_runs`."""
    room, area, widest = np.int64(0), np.int64(len(ends)), np.int64(0)
    for mask in range(len(ends)):
        room, widest = max(room, windows[mask, 2] * (windows[mask, 3] + 1)), max(widest, windows[mask, 2])
    for span in range(len(spans)):
        area += 2 * (spans[span, 2] - spans[span, 1])
    # Room for all that there could be; the system gives the memory that is written only.
    rows = np.empty(room, np.int32)
    found, reached = np.zeros(widest, np.int32), np.zeros(widest, np.int32)
    counts, bounds = np.empty(area, np.int64), np.empty(len(ends), np.int64)
    used, begin = 0, 0
    for mask in range(len(ends)):
        left, top, width, height = windows[mask]
        sort_by_column(spans, begin, ends[mask], left, top, width, rows, found, reached)
        start, done = used, 0
        for column in range(width):
            place = height * column
            change = column
            for _ in range(found[column] >> 1):  # a range with such a step would have to divide
                first, last = place + rows[change], place + rows[change + width]
                change += 2 * width
                used = _add_run(counts, start, used, done, first, last)
                done = last
            found[column] = 0
        used = _complete(counts, start, used, done, width * height)
        bounds[mask] = used
        begin = ends[mask]
    return bounds, counts[:used].copy()


@njit("int64(float64[:, ::1], int64[::1], int64[::1], int64)", cache=True, nogil=True)
def _fill(ring: NDArray[np.float64], window: _Ints, counts: _Ints, start: int) -> int:
    """Writes the run lengths of a ring to `counts`, from `start`; returns their end."""
    left, top, columns, rows = window
    if columns <= 0 or rows <= 0:
        return start
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
    used, done = start, 0
    for row in range(rows):
        if first[row] > last[row]:
            continue
        begin = min(max(np.ceil(first[row] - 0.5) - left, 0), columns)
        end = min(max(np.ceil(last[row] - 0.5) - left, begin), columns)
        begin_at, end_at = row * columns + int(begin), row * columns + int(end)
        if begin_at == end_at:
            continue
        used = _add_run(counts, start, used, done, begin_at, end_at)
        done = end_at
    return _complete(counts, start, used, done, rows * columns)


@njit("Tuple((int64[::1], int64[::1]))(float64[:, ::1], int64[::1], int64[:, ::1])", cache=True, nogil=True)
def fill(points: NDArray[np.float64], ends: _Ints, windows: _Ints) -> tuple[_Ints, _Ints]:
    """The ends and the run lengths, row by row, of the pixels of windows whose centres are inside a ring.

    Ring i has the points up to `ends[i]`; `windows` are left, top, width and height.
    """
    rows = np.int64(0)
    for ring in range(len(ends)):
        rows += max(windows[ring, 3], 0)
    counts = np.empty(2 * rows + len(ends), np.int64)
    bounds = np.empty(len(ends), np.int64)
    used, begin = 0, 0
    for ring in range(len(ends)):
        used = _fill(points[begin : ends[ring]], windows[ring], counts, used)
        bounds[ring] = used
        begin = ends[ring]
    return bounds, counts[:used].copy()
