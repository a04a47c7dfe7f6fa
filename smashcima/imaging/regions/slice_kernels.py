"""Compiled kernel that cuts shapes into slices; the same slices as `clipping.sliced` with NumPy, in another order.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

_Points = NDArray[np.float64]
_Longs = NDArray[np.int64]


@njit(
    "int64(float64[:, ::1], int64[::1], int64, int64, float64, float64, float64[:, ::1], int64, int64[::1], int64)",
    cache=True,
    nogil=True,
)
def _cut(
    points: _Points,
    ring_starts: _Longs,
    first: int,
    last: int,
    limit: float,
    sign: float,
    kept: _Points,
    at: int,
    kept_starts: _Longs,
    rings: int,
) -> int:
    """Writes the part of some rings on one side of a vertical line to `kept`, from point `at` and ring `rings`; returns the
    new number of rings. `kept_starts` are as `Outlines.ring_starts`.
    """
    for ring in range(first, last):
        begin, end = ring_starts[ring], ring_starts[ring + 1]
        start = at
        for point in range(begin, end):
            after = point + 1 if point + 1 < end else begin
            depth, depth_after = sign * (points[point, 0] - limit), sign * (points[after, 0] - limit)
            if depth >= 0:
                kept[at, 0], kept[at, 1] = points[point, 0], points[point, 1]
                at += 1
            if (depth >= 0) != (depth_after >= 0):
                part = depth / (depth - depth_after)
                kept[at, 0] = limit
                kept[at, 1] = points[point, 1] + part * (points[after, 1] - points[point, 1])
                at += 1
        if at - start < 3:
            at = start
        else:
            rings += 1
            kept_starts[rings] = at
    return rings


@njit(
    "Tuple((float64[:, ::1], int64[::1], int64[::1], int64[::1], boolean))"
    "(float64[:, ::1], int64[::1], int64[::1], int64[::1], int64)",
    cache=True,
    nogil=True,
)
def halve(
    points: _Points, ring_starts: _Longs, shape_rings: _Longs, owners: _Longs, width: int
) -> tuple[_Points, _Longs, _Longs, _Longs, bool]:
    """Cuts all shapes that are wider than `width` in half at whole pixels; returns the pieces, and whether there were any.

    Shapes are given and returned as in `Outlines`, with the owner of each.
    """
    kept = np.empty((4 * len(points), 2), np.float64)
    starts = np.zeros(2 * len(ring_starts), np.int64)
    pieces = np.zeros(2 * len(shape_rings), np.int64)
    whose = np.empty(2 * len(shape_rings), np.int64)
    rings, count, any_cut = 0, 0, False
    for shape in range(len(owners)):
        first, last = shape_rings[shape], shape_rings[shape + 1]
        left, right = np.inf, -np.inf
        for point in range(ring_starts[first], ring_starts[last]):
            left, right = min(left, points[point, 0]), max(right, points[point, 0])
        low, high = np.floor(left), np.ceil(right)
        if high - low > width:
            any_cut = True
            middle = np.floor((low + high) / 2)
            for sign in (-1.0, 1.0):
                rings = _cut(
                    points, ring_starts, first, last, middle, sign, kept, starts[rings], starts, rings
                )
                count += 1
                pieces[count], whose[count - 1] = rings, owners[shape]
        else:
            for ring in range(first, last):
                at = starts[rings]
                for point in range(ring_starts[ring], ring_starts[ring + 1]):
                    kept[at, 0], kept[at, 1] = points[point, 0], points[point, 1]
                    at += 1
                rings += 1
                starts[rings] = at
            count += 1
            pieces[count], whose[count - 1] = rings, owners[shape]
    return (
        kept[: starts[rings]].copy(),
        starts[: rings + 1].copy(),
        pieces[: count + 1].copy(),
        whose[:count].copy(),
        any_cut,
    )
