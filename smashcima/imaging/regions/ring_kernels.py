"""Compiled kernels over the points of many shapes; the same results as the methods of `Outlines` with NumPy.

Imported only if `kernels_are_used()`. For the layout of points, rings and shapes, see `Outlines`.
"""

from __future__ import annotations

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

_Points = NDArray[np.float64]
_Longs = NDArray[np.int64]
_Table = tuple[_Points, _Longs, _Longs, _Longs]
"""The fields of `Outlines`: points, following points, and the starts of rings and of shapes."""

# Arrays that are only read may be read-only.
_POINTS = types.Array(types.float64, 2, "C", readonly=True)
_NUMBERS = types.Array(types.float64, 1, "C", readonly=True)
_LONGS = types.Array(types.int64, 1, "C", readonly=True)
_TABLE = types.Tuple((types.float64[:, ::1], types.int64[::1], types.int64[::1], types.int64[::1]))


@njit("void(int64, int64, int64[::1])", cache=True, nogil=True)
def _close(begin: int, end: int, following: _Longs) -> None:
    """Writes the next point for the points of one ring."""
    for point in range(begin, end):
        following[point] = point + 1
    if end > begin:
        following[end - 1] = begin


@njit(_TABLE(_POINTS, _LONGS, _LONGS, _LONGS), cache=True, nogil=True)
def choose(points: _Points, ring_starts: _Longs, shape_rings: _Longs, shapes: _Longs) -> _Table:
    """The shapes with the given indices, in that order."""
    ring_count, point_count = 0, 0
    for shape in shapes:
        first, last = shape_rings[shape], shape_rings[shape + 1]
        ring_count += last - first
        point_count += ring_starts[last] - ring_starts[first]
    chosen, following = np.empty((point_count, 2), np.float64), np.empty(point_count, np.int64)
    starts, rings = np.zeros(ring_count + 1, np.int64), np.zeros(len(shapes) + 1, np.int64)
    ring, at = 0, 0
    for place in range(len(shapes)):
        for source in range(shape_rings[shapes[place]], shape_rings[shapes[place] + 1]):
            begin = at
            for point in range(ring_starts[source], ring_starts[source + 1]):
                chosen[at, 0], chosen[at, 1] = points[point, 0], points[point, 1]
                at += 1
            _close(begin, at, following)
            ring += 1
            starts[ring] = at
        rings[place + 1] = ring
    return chosen, following, starts, rings


@njit(_TABLE(_POINTS, _LONGS, _LONGS, _LONGS, _POINTS), cache=True, nogil=True)
def place(
    points: _Points, ring_starts: _Longs, slot_rings: _Longs, slots: _Longs, transforms: _Points
) -> _Table:
    """Shapes with the rings of the given slots, each under a transform (a, b, c, d, e, f).

    `ring_starts` and `slot_rings` divide `points` into rings and slots, as in `Outlines`.
    """
    table = choose(points, ring_starts, slot_rings, slots)
    placed, _, starts, rings = table
    for shape in range(len(slots)):
        a, b, c = transforms[shape, 0], transforms[shape, 1], transforms[shape, 2]
        d, e, f = transforms[shape, 3], transforms[shape, 4], transforms[shape, 5]
        for point in range(starts[rings[shape]], starts[rings[shape + 1]]):
            x, y = placed[point, 0], placed[point, 1]
            placed[point, 0] = x * a + y * c + e
            placed[point, 1] = x * b + y * d + f
    return table


@njit(types.void(_POINTS, _LONGS, _LONGS, types.float64[:, ::1]), cache=True, nogil=True)
def measure_boxes(points: _Points, ring_starts: _Longs, shape_rings: _Longs, boxes: _Points) -> None:
    """Writes left, top, right and bottom of each shape; NaN for one without points, or with a point that is NaN."""
    for shape in range(len(boxes)):
        begin, end = ring_starts[shape_rings[shape]], ring_starts[shape_rings[shape + 1]]
        left, top, right, bottom = np.inf, np.inf, -np.inf, -np.inf
        bad_x, bad_y = end == begin, end == begin
        for point in range(begin, end):
            x, y = points[point, 0], points[point, 1]
            left, right = x if x < left else left, x if x > right else right
            top, bottom = y if y < top else top, y if y > bottom else bottom
            bad_x |= x != x
            bad_y |= y != y
        boxes[shape, 0], boxes[shape, 2] = (np.nan, np.nan) if bad_x else (left, right)
        boxes[shape, 1], boxes[shape, 3] = (np.nan, np.nan) if bad_y else (top, bottom)


@njit(types.void(_POINTS, _LONGS, types.float64[::1]), cache=True, nogil=True)
def measure_rings(points: _Points, ring_starts: _Longs, areas: NDArray[np.float64]) -> None:
    """Writes the signed area of each ring."""
    for ring in range(len(areas)):
        begin, end = ring_starts[ring], ring_starts[ring + 1]
        twice, x, y = 0.0, 0.0, 0.0
        left, top = (points[begin, 0], points[begin, 1]) if end > begin else (x, y)
        for point in range(begin, end):
            after = point + 1 if point + 1 < end else begin
            next_x, next_y = points[after, 0] - left, points[after, 1] - top
            twice += x * next_y - next_x * y
            x, y = next_x, next_y
        areas[ring] = twice * 0.5


@njit(cache=True, nogil=True, error_model="numpy")
def _outwards(points: _Points, point: int, after: int) -> tuple[float, float, float]:
    """The unit vector to the left of the edge to the next point, and the length of that edge."""
    way_x, way_y = points[after, 0] - points[point, 0], points[after, 1] - points[point, 1]
    length = np.sqrt(way_x * way_x + way_y * way_y)
    whole = max(length, 1e-9)
    return way_y / whole, -way_x / whole, length


@njit(
    types.void(_POINTS, _LONGS, _LONGS, _NUMBERS, _POINTS, _NUMBERS, types.float64, types.float64[:, ::1]),
    cache=True,
    nogil=True,
    error_model="numpy",
)
def grow(
    points: _Points,
    ring_starts: _Longs,
    shape_rings: _Longs,
    directions: NDArray[np.float64],
    boxes: _Points,
    by_px: NDArray[np.float64],
    sharpest: float,
    moved: _Points,
) -> None:
    """Writes the points of shapes that are dilated by `by_px`, one distance per shape; see `growing.grown`.

    `boxes` are those of shapes, and `directions` one per ring; `sharpest` is the largest movement of a corner, as a multiple.
    """
    for shape in range(len(by_px)):
        first, last = shape_rings[shape], shape_rings[shape + 1]
        by = by_px[shape]
        left, top, right, bottom = (
            boxes[shape, 0] - by,
            boxes[shape, 1] - by,
            boxes[shape, 2] + by,
            boxes[shape, 3] + by,
        )
        for ring in range(first, last):
            begin, end = ring_starts[ring], ring_starts[ring + 1]
            distance = directions[ring] * by
            arriving_x, arriving_y, _ = _outwards(points, end - 1, begin)
            for point in range(begin, end):
                leaving_x, leaving_y, length = _outwards(
                    points, point, point + 1 if point + 1 < end else begin
                )
                # A corner is at the intersection of both moved edges; next to a repeated point, one edge determines it.
                both_x, both_y = arriving_x + leaving_x, arriving_y + leaving_y
                if length == 0:
                    both_x, both_y = 2 * arriving_x, 2 * arriving_y
                elif arriving_x == 0 and arriving_y == 0:
                    both_x, both_y = 2 * leaving_x, 2 * leaving_y
                squared = max(both_x * both_x + both_y * both_y, 1e-9)
                step = min(2 / squared, sharpest / np.sqrt(squared)) * distance
                moved[point, 0] = min(max(points[point, 0] + both_x * step, left), right)
                moved[point, 1] = min(max(points[point, 1] + both_y * step, top), bottom)
                arriving_x, arriving_y = leaving_x, leaving_y
