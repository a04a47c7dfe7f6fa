"""Rasterization of filled outlines to antialiased masks with exact area coverage.

Uses the method of FreeType and font-rs for all shapes at once: every edge is cut at the borders of pixels; each piece
adds its height and the area to its right to the cell of its pixel; cumulative sums along rows of cells then give the
coverage of each pixel. All values are integers in units of 1/1024 px, so sums are exact and equal on every machine.

Each shape has its own cells, in a window around it; the windows are concatenated in one array. So shapes do not affect
each other, the work is proportional to the ink rather than to the page, and the masks of single shapes are available.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter
from typing import NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.regions.outline_arrays import Outlines, Window
from smashcima.kernels import kernels_are_used

SUBPIXELS = 1024
"""Number of units per pixel, to which points are rounded."""

_ONE = SUBPIXELS
_BITS = 10

_CELLS_AT_ONCE = 2**18
"""Approximate number of cells that are drawn at once. The arrays then fit into the processor cache, which saves a third
of the time (measured from 2**15 to 2**22), and memory is limited."""

_PIXELS_AT_ONCE = 2**24
"""Approximate number of pixels that the kernel draws at once, which limits memory."""

_FAR_PX = 2**19
"""Points are clamped to this distance, so that sums of coordinates fit into 32 bits."""

Ints = NDArray[np.int32]
_Value = TypeVar("_Value", np.uint8, np.bool_)


def rasterize(outlines: Outlines, width: int, height: int) -> Iterator[Window]:
    """Yields the masks of shapes in pixels, in order, clipped to an image of `width` × `height` px.

    Shapes outside of the image give no window. Masks that the outlines carry are not drawn again.
    """
    known = outlines.windows(width, height)
    if not known:
        return chain.from_iterable(draw(outlines, width, height))
    rest = np.array([shape for shape in range(len(outlines)) if shape not in known], np.intp)
    places = rest.tolist()
    drawn = (
        each._replace(shape=places[each.shape])
        for drawing in draw(outlines.chosen(rest), width, height)
        for each in drawing
    )
    kept = (known[shape]._replace(shape=shape) for shape in sorted(known))
    return heapq.merge(drawn, kept, key=itemgetter(0))


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """The masks of several windows in one array, in order."""

    windows: Ints
    """(n, 5): shape, left, top, width and height of each window."""

    bases: NDArray[np.int64]
    """(n,): index of the first pixel of each window in `clear`."""

    clear: NDArray[np.uint8]
    """Uncovered part of each pixel, row by row; a window has one more pixel on the right of each row, of no meaning."""

    def __iter__(self) -> Iterator[Window]:
        """Yields the windows."""
        for (shape, left, top, _, _), clear in zip(
            self.windows.tolist(), self.parts(self.clear), strict=True
        ):
            yield Window(shape, left, top, clear)

    def parts(self, values: NDArray[_Value]) -> Iterator[NDArray[_Value]]:
        """Yields the part of each window, (height_px, width_px), of an array like `clear`."""
        for (width, height), base in zip(self.windows[:, 3:].tolist(), self.bases.tolist(), strict=True):
            yield values[base : base + (width + 1) * height].reshape(height, width + 1)[:, :width]


def draw(outlines: Outlines, width: int, height: int) -> Iterator[Drawing]:
    """Draws all shapes, a number of them at a time; ignores masks that the outlines carry."""
    windows = _windows(outlines, width, height)
    if len(windows) == 0:
        return
    xs, ys = _on_grid(outlines)
    begins, ends = outlines.shape_starts[:-1].astype(np.int32), outlines.shape_starts[1:].astype(np.int32)
    totals = np.cumsum((windows[:, 3] + 1).astype(np.int64) * windows[:, 4])
    method, at_once = (_by_kernel, _PIXELS_AT_ONCE) if kernels_are_used() else (_by_arrays, _CELLS_AT_ONCE)
    first = 0
    while first < len(windows):
        before = int(totals[first - 1]) if first else 0
        last = max(first + 1, int(np.searchsorted(totals, before + at_once, side="right")))
        portion = windows[first:last]
        shapes = portion[:, 0]
        bases = np.concatenate([[0], totals[first : last - 1] - before])
        clear = method(Portion(portion, begins[shapes], ends[shapes], bases), xs, ys, outlines.following)
        yield Drawing(portion, bases, clear)
        first = last


def spans_of_outlines(
    outlines: Outlines, width: int, height: int
) -> tuple[Ints, NDArray[np.int64], NDArray[np.int32]]:
    """The pixels of shapes that are covered by half, by a compiled kernel; ignores masks that the outlines carry.

    Returns the windows as in `Drawing`, the end of each window among the spans, and the spans: see `Spans`.
    """
    from smashcima.imaging.regions.raster_kernels import draw_spans

    edges = window_edges(outlines, width, height)
    windows = edges.windows
    if len(windows) == 0:
        return windows, np.zeros(0, np.int64), np.zeros((0, 3), np.int32)
    # Room for all that there could be; the system gives the memory that is written only.
    room = int(((windows[:, 3].astype(np.int64) + 1) // 2 * windows[:, 4]).sum())
    spans = np.empty((room, 3), np.int32)
    bounds = draw_spans(*edges, spans)
    return windows, bounds, spans[: bounds[-1]].copy()


class WindowEdges(NamedTuple):
    """The edges of shapes, for compiled kernels that draw them window by window."""

    windows: Ints
    """(n, 5): shape, left, top, width and height of each window."""

    begins: Ints
    """(n,): index of the first point of the shape in each window."""

    ends: Ints
    """(n,): index after the last point of the shape in each window."""

    xs: Ints
    """(N,): all points, in 1/1024 px."""

    ys: Ints
    following: NDArray[np.intp]
    """(N,): index of the next point on the same ring."""


def window_edges(outlines: Outlines, width: int, height: int) -> WindowEdges:
    """The edges of all shapes in an image of `width` × `height` px."""
    windows, starts = _windows(outlines, width, height), outlines.shape_starts.astype(np.int32)
    shapes = windows[:, 0]
    return WindowEdges(windows, starts[shapes], starts[shapes + 1], *_on_grid(outlines), outlines.following)


def _on_grid(outlines: Outlines) -> tuple[Ints, Ints]:
    """The coordinates of all points in units of 1/1024 px."""
    points = np.clip(np.rint(outlines.points.T * _ONE), -_FAR_PX * _ONE, _FAR_PX * _ONE).astype(np.int32)
    return points[0], points[1]


def _windows(outlines: Outlines, width: int, height: int) -> Ints:
    """(n, 5): shape, left, top, width and height of each window; large shapes have several."""
    boxes = outlines.bboxes()
    with np.errstate(invalid="ignore"):
        inside = (boxes[:, 2] > 0) & (boxes[:, 3] > 0) & (boxes[:, 0] < width) & (boxes[:, 1] < height)
    shapes = np.flatnonzero(inside)
    low = np.maximum(np.floor(boxes[shapes, :2]), 0).astype(np.int32)
    size = np.minimum(np.ceil(boxes[shapes, 2:]), (width, height)).astype(np.int32) - low
    windows = np.concatenate([shapes[:, np.newaxis].astype(np.int32), low, size], axis=1)
    windows = windows[(size > 0).all(axis=1)]
    rows = np.maximum(1, _CELLS_AT_ONCE // (windows[:, 3] + 1))
    if (windows[:, 4] <= rows).all():
        return windows
    index, band = _spread(np.zeros_like(rows), (windows[:, 4] - 1) // rows)
    windows, start = windows[index], band * rows[index]
    windows[:, 2] += start
    windows[:, 4] = np.minimum(rows[index], windows[:, 4] - start)
    return windows


class Portion(NamedTuple):
    """Windows to be drawn at once; the points of their shapes are those from `begins` to `ends`."""

    windows: Ints
    begins: Ints
    ends: Ints
    bases: NDArray[np.int64]


def _by_kernel(portion: Portion, xs: Ints, ys: Ints, following: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Draws with a compiled kernel; see `Drawing.clear`."""
    from smashcima.imaging.regions.raster_kernels import draw_windows

    width, height = portion.windows[-1, 3:].tolist()
    clear = np.empty(int(portion.bases[-1]) + (width + 1) * height, np.uint8)
    draw_windows(*portion[:3], xs, ys, following, portion.bases, clear)
    return clear


def _by_arrays(portion: Portion, xs: Ints, ys: Ints, following: NDArray[np.intp]) -> NDArray[np.uint8]:
    """Draws with NumPy; see `Drawing.clear`."""
    import cv2

    windows, begins, ends, bases = portion
    counts = ends - begins
    first = np.cumsum(counts) - counts
    index = np.repeat(np.arange(len(windows)), counts)
    points = np.arange(len(index)) + np.repeat(begins - first, counts)
    after = following[points]
    width, height = windows[:, 3], windows[:, 4]
    left, top = windows[index, 1] << _BITS, windows[index, 2] << _BITS
    edges = Edges(xs[points] - left, ys[points] - top, xs[after] - left, ys[after] - top)
    cells = int(bases[-1]) + int(width[-1] + 1) * int(height[-1])
    sums = accumulate(edges, index, bases.astype(np.int32), width, height, cells)
    # A winding number of one or more is full coverage: the conversion saturates at 255.
    covered = cv2.convertScaleAbs(sums.reshape(1, -1), alpha=255 / _ONE)
    clear: NDArray[np.uint8] = np.asarray(cv2.bitwise_not(covered, dst=covered), dtype=np.uint8)[0]
    return clear


class Edges(NamedTuple):
    """Directed edges from (x0, y0) to (x1, y1) in 1/1024 px, relative to the top left corner of their windows."""

    x0: Ints
    y0: Ints
    x1: Ints
    y1: Ints


def accumulate(
    edges: Edges, window: NDArray[np.intp], base: Ints, width: Ints, height: Ints, cells: int
) -> Ints:
    """Winding number × 1024 of each cell, for edges that each belong to a window.

    Window i has `height[i]` rows of `width[i]` + 1 cells, starting at address `base[i]`; the last cell of a row
    collects everything to the right of the window. Windows need not contain their shapes.
    """
    steep = np.flatnonzero(edges.y0 != edges.y1)
    x0, y0, x1, y1 = (side[steep] for side in edges)
    window = window[steep]
    down = y0 < y1
    sign = np.where(down, 1, -1).astype(np.int32)
    x0, x1 = np.where(down, x0, x1), np.where(down, x1, x0)
    y0, y1 = np.minimum(y0, y1), np.maximum(y0, y1)
    slope = (x1 - x0) / (y1 - y0)

    # Cut at the borders of rows.
    first_row = np.maximum(y0 >> _BITS, 0)
    edge, row = _spread(first_row, np.minimum((y1 - 1) >> _BITS, height[window] - 1))
    y0, x0, slope = y0[edge], x0[edge], slope[edge]
    top = np.maximum(y0, row << _BITS)
    bottom = np.minimum(y1[edge], (row + 1) << _BITS)
    xa = np.rint(x0 + (top - y0) * slope).astype(np.int32)
    xb = np.rint(x0 + (bottom - y0) * slope).astype(np.int32)
    span = (bottom - top) * sign[edge]
    window = window[edge]
    width = width[window]
    address = base[window] + row * (width + 1)

    # Column -1 is everything to the left of the window, column `width` everything to the right of it.
    left, right = np.minimum(xa, xb), np.maximum(xa, xb)
    first_column = np.minimum(np.maximum(left >> _BITS, -1), width)
    last_column = np.minimum(np.maximum((right - 1) >> _BITS, first_column), width)
    narrow = first_column == last_column
    parts = [_cells(np.flatnonzero(narrow), address, span, first_column, left, right)]
    wide = np.flatnonzero(~narrow)
    if len(wide):
        # Cut at the borders of columns. Heights are differences of rounded totals, so that their sum is exact.
        piece, column = _spread(first_column[wide], last_column[wide])
        piece = wide[piece]
        start, stop = left[piece], right[piece]
        low = np.where(column < 0, start, np.maximum(start, column << _BITS))
        high = np.where(column >= width[piece], stop, np.minimum(stop, (column + 1) << _BITS))
        rise = span[piece] / (stop - start)
        heights = np.rint((high - start) * rise) - np.rint((low - start) * rise)
        parts.append(_cells(None, address[piece], heights.astype(np.int32), column, low, high))
    where = np.concatenate([part for cell, _, _ in parts for part in (cell, cell + 1)])
    what = np.concatenate([part for _, own, rest in parts for part in (own, rest)])
    # `bincount` sums in doubles, which is exact here, and five times faster than `np.add.at`.
    sums = np.bincount(where, weights=what, minlength=cells + 1)[:cells].astype(np.int32)
    # The edges of a closed ring cancel out along each row, so one cumulative sum covers all rows.
    return np.cumsum(sums, out=sums, dtype=np.int32)


def _cells(
    piece: NDArray[np.intp] | None, address: Ints, span: Ints, column: Ints, left: Ints, right: Ints
) -> tuple[Ints, Ints, Ints]:
    """Cells of pieces within one column, and the amounts to add to each cell and to the next one."""
    if piece is not None:
        address, span, column = address[piece], span[piece], column[piece]
        left, right = left[piece], right[piece]
    # Twice the mean distance from the left border of the pixel; pieces to the left of the window cover it fully.
    distance = np.clip(left + right - (column << (_BITS + 1)), 0, 2 * _ONE)
    distance[column < 0] = 0
    rest = (span * distance + _ONE) >> (_BITS + 1)
    return address + np.maximum(column, 0), span - rest, rest


def _spread(first: Ints, last: Ints) -> tuple[NDArray[np.intp], Ints]:
    """For each i and each integer from `first[i]` to `last[i]` (inclusive): i, and the integer."""
    counts = np.maximum(last - first + 1, 0)
    ends = np.cumsum(counts)
    index = np.repeat(np.arange(len(counts)), counts)
    offset = np.repeat((first - (ends - counts)).astype(np.int32), counts)
    return index, np.arange(len(index), dtype=np.int32) + offset
