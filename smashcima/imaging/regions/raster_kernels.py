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


@njit(cache=True, nogil=True, error_model="numpy")
def _add(cells: Ints, address: int, is_last: bool, span: int, distance: int) -> None:
    """Adds the height of a piece of an edge to its cell and the next one; `distance` is twice the mean one."""
    rest = (span * distance + _ONE) >> (_BITS + 1)
    cells[address] += span - rest
    if not is_last:
        cells[address + 1] += rest


@njit(cache=True, nogil=True, error_model="numpy")
def _add_row(cells: Ints, base: int, width: int, xa: int, xb: int, span: int) -> None:
    """Adds the part of an edge within one row, from `xa` to `xb`; the row has `width` + 1 cells from `base`.

    Column -1 is everything to the left of the window, column `width` everything to the right of it.
    """
    left, right = min(xa, xb), max(xa, xb)
    first = min(max(left >> _BITS, -1), width)
    last = min(max((right - 1) >> _BITS, first), width)
    if first == last:
        distance = 0 if first < 0 else min(max(left + right - (first << (_BITS + 1)), 0), 2 * _ONE)
        _add(cells, base + max(first, 0), first == width, span, distance)
        return
    # Heights are differences of rounded totals, so that their sum is exact.
    rise = span / (right - left)
    for column in range(first, last + 1):
        low = left if column < 0 else max(left, column << _BITS)
        high = right if column >= width else min(right, (column + 1) << _BITS)
        height = int(np.rint((high - left) * rise) - np.rint((low - left) * rise))
        distance = 0 if column < 0 else min(max(low + high - (column << (_BITS + 1)), 0), 2 * _ONE)
        _add(cells, base + max(column, 0), column == width, height, distance)


@njit(cache=True, nogil=True, error_model="numpy")
def _add_edges(
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
        for row in range(max(y0 >> _BITS, 0), min((y1 - 1) >> _BITS, height - 1) + 1):
            start, stop = max(y0, row << _BITS), min(y1, (row + 1) << _BITS)
            xa = int(np.rint(x0 + (start - y0) * slope))
            xb = int(np.rint(x0 + (stop - y0) * slope))
            _add_row(cells, row * stride, width, xa, xb, (stop - start) * sign)


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
        _add_edges(cells, windows[i], begins[i], ends[i], xs, ys, following, windows[i, 3] + 1)
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
    most = 0
    for i in range(len(windows)):
        most = max(most, (windows[i, 3] // 4 + 1) * windows[i, 4])
    # Most cells are empty; they are looked at by four, in two words of 64 bits.
    words = np.zeros(2 * most, np.int64)
    cells = words.view(np.int32)
    bounds = np.empty(len(windows), np.int64)
    found = 0
    for i in range(len(windows)):
        left, top, width, height = windows[i, 1], windows[i, 2], windows[i, 3], windows[i, 4]
        across = width // 4 + 1
        _add_edges(cells, windows[i], begins[i], ends[i], xs, ys, following, 4 * across)
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
