"""Compiled kernels of rasterization and masks; the same results as `rasterizer` and `masks` with NumPy.

Imported only if `kernels_are_used()`. Layout of windows: see `rasterizer.Drawing`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Ints = NDArray[np.int32]
Bytes = NDArray[np.uint8]

_BITS = 10
_ONE = 1 << _BITS


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _add(cells: Ints, address: int, is_last: bool, span: int, distance: int) -> None:
    """Adds the height of a piece of an edge to its cell and the next one; `distance` is twice the mean one."""
    rest = (span * distance + _ONE) >> (_BITS + 1)
    cells[address] += span - rest
    if not is_last:
        cells[address + 1] += rest


@njit(cache=True, nogil=True, error_model="numpy")
def _add_wide(
    cells: Ints, base: int, width: int, left: int, right: int, first: int, last: int, span: int
) -> None:
    """Adds the part of an edge within one row, from `left` to `right`, which are in different columns.

    Heights are differences of rounded totals, so that their sum is exact. All of a pixel is crossed except for the first and
    the last one, so half of its height goes to the next cell.
    """
    rise = span / (right - left)
    border = (first + 1) << _BITS
    total = int(np.rint((border - left) * rise))
    distance = 0 if first < 0 else left + border - (first << (_BITS + 1))
    rest = (total * distance + _ONE) >> (_BITS + 1)
    cells[base + max(first, 0)] += total - rest
    for cell in range(base + first + 1, base + last):
        before, border = total, border + _ONE
        total = int(np.rint((border - left) * rise))
        half = (total - before + 1) >> 1
        cells[cell] += rest + total - before - half
        rest = half
    cells[base + last] += rest
    _add(cells, base + last, last == width, span - total, min(right - (last << _BITS), 2 * _ONE))


@njit(cache=True, nogil=True, error_model="numpy", forceinline=True)
def _add_row(cells: Ints, base: int, width: int, xa: int, xb: int, span: int) -> None:
    """Adds the part of an edge within one row, from `xa` to `xb`; the row has `width` + 1 cells from `base`.

    Column -1 is everything to the left of the window, column `width` everything to the right of it.
    """
    left, right = min(xa, xb), max(xa, xb)
    first = left >> _BITS
    border = (first + 1) << _BITS
    if first >= 0 and first + 1 < width and right <= border + _ONE:
        # One or two pixels, as nearly always: for both the same steps, since no processor can foresee which it will be.
        stop = min(right, border)
        total = int(np.rint((stop - left) * (span / (right - left)))) if right > left else span
        rest = (total * (left + stop - (first << (_BITS + 1))) + _ONE) >> (_BITS + 1)
        more = ((span - total) * (right - stop) + _ONE) >> (_BITS + 1)
        cell = np.uint64(base + first)
        cells[cell] += total - rest
        cells[cell + np.uint64(1)] += rest + span - total - more
        cells[cell + np.uint64(2)] += more
        return
    first = min(max(first, -1), width)
    last = min(max((right - 1) >> _BITS, first), width)
    if first == last:
        distance = 0 if first < 0 else min(max(left + right - (first << (_BITS + 1)), 0), 2 * _ONE)
        _add(cells, base + max(first, 0), first == width, span, distance)
    else:
        _add_wide(cells, base, width, left, right, first, last, span)


@njit(cache=True, nogil=True, error_model="numpy")
def add_edges(
    cells: Ints,
    window: Ints,
    begin: int,
    end: int,
    xs: Ints,
    ys: Ints,
    following: NDArray[np.intp],
    stride: int,
) -> None:
    """Adds the edges of the points from `begin` to `end` to the cells of a window, of which a row has `stride`."""
    left, top, width, height = window[1] << _BITS, window[2] << _BITS, window[3], window[4]
    for point in range(begin, end):
        after = following[point]
        x0, y0, x1, y1 = xs[point] - left, ys[point] - top, xs[after] - left, ys[after] - top
        if y0 == y1:
            continue
        sign = 1
        if y0 > y1:
            x0, y0, x1, y1, sign = x1, y1, x0, y0, -1
        slope = (x1 - x0) / (y1 - y0)
        start = max(y0, 0)
        xa = int(np.rint(x0 + (start - y0) * slope))
        for row in range(start >> _BITS, min((y1 - 1) >> _BITS, height - 1) + 1):
            stop = min(y1, (row + 1) << _BITS)
            xb = int(np.rint(x0 + (stop - y0) * slope))
            _add_row(cells, row * stride, width, xa, xb, (stop - start) * sign)
            start, xa = stop, xb


@njit(cache=True, nogil=True, error_model="numpy")
def draw_windows(
    windows: Ints,
    begins: Ints,
    ends: Ints,
    xs: Ints,
    ys: Ints,
    following: NDArray[np.intp],
    bases: NDArray[np.int64],
    clear: Bytes,
) -> None:
    """Draws the uncovered part of each pixel of all windows to `clear`."""
    most = 0
    for i in range(len(windows)):
        most = max(most, (windows[i, 3] + 1) * windows[i, 4])
    cells = np.zeros(most, np.int32)
    for i in range(len(windows)):
        add_edges(cells, windows[i], begins[i], ends[i], xs, ys, following, windows[i, 3] + 1)
        # Three simple loops are faster than one: in the last two, the processor takes several cells at a time.
        width, height = windows[i, 3], windows[i, 4]
        base, size = bases[i], (width + 1) * height
        for row in range(height):
            winding = 0
            for cell in range(row * (width + 1), (row + 1) * (width + 1)):
                winding += cells[cell]
                cells[cell] = winding
        for cell in range(size):
            clear[base + cell] = 255 - min((abs(cells[cell]) * 255 + _ONE // 2) >> _BITS, 255)
        cells[:size] = 0


@njit(cache=True, nogil=True, error_model="numpy")
def cells_for(windows: Ints) -> tuple[NDArray[np.int64], Ints]:
    """Cells for one window at a time, each row a multiple of four.

    Most cells are empty; so they are looked at by four, in two words of 64 bits, which are returned, too.
    """
    most = 0
    for i in range(len(windows)):
        most = max(most, (windows[i, 3] // 4 + 1) * windows[i, 4])
    words = np.zeros(2 * most, np.int64)
    return words, words.view(np.int32)


@njit(cache=True, nogil=True, error_model="numpy")
def draw_spans(
    windows: Ints,
    begins: Ints,
    ends: Ints,
    xs: Ints,
    ys: Ints,
    following: NDArray[np.intp],
    spans: Ints,
) -> NDArray[np.int64]:
    """Writes the spans of pixels that shapes cover by half; returns the end of each window in `spans`.

    A span is its row, its first column and the column after its last one, in the image. There must be room for half as
    many as there are pixels, rounded up in each row.
    """
    words, cells = cells_for(windows)
    bounds = np.empty(len(windows), np.int64)
    found = 0
    for i in range(len(windows)):
        left, top, width, height = windows[i, 1], windows[i, 2], windows[i, 3], windows[i, 4]
        across = width // 4 + 1
        add_edges(cells, windows[i], begins[i], ends[i], xs, ys, following, 4 * across)
        for row in range(height):
            winding, inside = 0, False
            for four in range(row * across, (row + 1) * across):
                if (words[2 * four] | words[2 * four + 1]) == 0:
                    continue
                for cell in range(4 * four, 4 * four + 4):
                    winding += cells[cell]
                    column = cell - 4 * across * row
                    # The least that is drawn as half of 255.
                    if (abs(winding) >= _ONE // 2) != inside and column < width:
                        if inside:
                            spans[found, 2] = left + column
                            found += 1
                        else:
                            spans[found, 0], spans[found, 1] = top + row, left + column
                        inside = not inside
                words[2 * four], words[2 * four + 1] = 0, 0
            if inside:
                spans[found, 2] = left + width
                found += 1
        bounds[i] = found
    return bounds
