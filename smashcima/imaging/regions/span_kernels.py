"""Compiled kernels of spans: from drawn windows, and united.

Imported only if `kernels_are_used()`. A span is its row, its first column and the column after its last one.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Longs = NDArray[np.int64]


@njit("int64[::1](uint8[::1], int64[::1], int64[:, ::1], int32[:, ::1])", cache=True, nogil=True)
def spans_of_windows(clear: NDArray[np.uint8], bases: Longs, windows: Longs, spans: Ints) -> Longs:
    """Writes the spans of pixels that are covered by half; returns the end of each window in `spans`.

    `clear` are the uncovered parts of the pixels of all windows, row by row, from `bases`; `windows` are left, top,
    width and height.
    """
    bounds = np.empty(len(windows), np.int64)
    found = 0
    for i in range(len(windows)):
        left, top, width, height = windows[i]
        for row in range(height):
            base, inside = bases[i] + row * width, False
            for column in range(width):
                if (clear[base + column] < 128) != inside:
                    if inside:
                        spans[found, 2] = left + column
                        found += 1
                    else:
                        spans[found, 0], spans[found, 1] = top + row, left + column
                    inside = not inside
            if inside:
                spans[found, 2] = left + width
                found += 1
        bounds[i] = found
    return bounds


@njit("void(int32[:, ::1], int64, int32[:, ::1], int64)", cache=True, nogil=True)
def _copy(source: Ints, span: int, target: Ints, place: int) -> None:
    """Copies a span, without making arrays of the rows."""
    target[place, 0], target[place, 1], target[place, 2] = source[span, 0], source[span, 1], source[span, 2]


@njit(
    "int64(int64[::1], int32[:, ::1], int64[::1], int64, int64, int32[:, ::1], int64)",
    cache=True,
    nogil=True,
)
def _sorted_by_row(
    ends: Longs, spans: Ints, members: Longs, top: int, bottom: int, united: Ints, start: int
) -> int:
    """Writes the spans of some shapes, by row and first column; returns their end."""
    places = np.zeros(bottom - top + 1, np.int64)
    for shape in members:
        for span in range(ends[shape - 1] if shape else 0, ends[shape]):
            places[spans[span, 0] - top + 1] += 1
    places = np.cumsum(places)
    begins = places.copy()
    for shape in members:
        for span in range(ends[shape - 1] if shape else 0, ends[shape]):
            row = spans[span, 0] - top
            # Moves those to the right of it, which are few.
            place = places[row]
            while place > begins[row] and united[start + place - 1, 1] > spans[span, 1]:
                _copy(united, start + place - 1, united, start + place)
                place -= 1
            _copy(spans, span, united, start + place)
            places[row] += 1
    return start + places[-1] if len(places) else start


@njit("int64(int32[:, ::1], int64, int64)", cache=True, nogil=True)
def _joined(spans: Ints, start: int, end: int) -> int:
    """Joins spans that meet or overlap; returns the new end."""
    if end == start:
        return end
    last = start
    for span in range(start + 1, end):
        if spans[span, 0] == spans[last, 0] and spans[span, 1] <= spans[last, 2]:
            spans[last, 2] = max(spans[last, 2], spans[span, 2])
        else:
            last += 1
            _copy(spans, span, spans, last)
    return last + 1


@njit(
    "int64[::1](int64[:, ::1], int64[::1], int32[:, ::1], int64[::1], int64[::1], int64[:, ::1], int32[:, ::1])",
    cache=True,
    nogil=True,
)
def unite(
    windows: Longs, ends: Longs, spans: Ints, members: Longs, bounds: Longs, around: Longs, united: Ints
) -> Longs:
    """Writes the spans of unions of shapes, by row and column, to `united`, and their windows to `around`.

    Shape i has the spans up to `ends[i]`, and union i the members up to `bounds[i]`. Returns the end of each union in
    `united`, which must have room for the spans of all members.
    """
    found, first = 0, 0
    result = np.empty(len(bounds), np.int64)
    for group in range(len(bounds)):
        last = bounds[group]
        left, top, right, bottom = np.int64(2**62), np.int64(2**62), np.int64(0), np.int64(0)
        number = 0
        for place in range(first, last):
            shape = members[place]
            if windows[shape, 2] and windows[shape, 3]:
                left, top = min(left, windows[shape, 0]), min(top, windows[shape, 1])
                right = max(right, windows[shape, 0] + windows[shape, 2])
                bottom = max(bottom, windows[shape, 1] + windows[shape, 3])
                number += 1
        if number == 0:
            around[group] = 0
        else:
            around[group, 0], around[group, 1] = left, top
            around[group, 2], around[group, 3] = right - left, bottom - top
            start = found
            if last - first == 1:
                shape = members[first]
                for span in range(ends[shape - 1] if shape else 0, ends[shape]):
                    _copy(spans, span, united, found)
                    found += 1
            else:
                found = _sorted_by_row(ends, spans, members[first:last], top, bottom, united, found)
                found = _joined(united, start, found)
        result[group] = found
        first = last
    return result
