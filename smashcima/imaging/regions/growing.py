"""Dilation and erosion of outlines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.regions.outline_arrays import Outlines, ranges
from smashcima.kernels import kernels_are_used

_SHARPEST = 2.0
"""Largest movement of a corner as a multiple of the distance, which avoids spikes at acute corners."""

_LEAST_KEPT = 0.4
"""Largest erosion on each side, as a fraction of the mean thickness of a shape, so that it does not invert."""


def grown(outlines: Outlines, by_px: NDArray[np.float64]) -> Outlines:
    """Dilates each shape by a distance in pixels (S,); erodes it if the distance is negative.

    Holes shrink or grow by the same distance. Bounding boxes grow by exactly this distance on every side.
    """
    changed = np.flatnonzero(by_px)
    if len(outlines.points) == 0 or not len(changed):
        return outlines
    if 2 * len(changed) < len(by_px):
        some = grown(outlines.chosen(changed), by_px[changed])
        all_points = outlines.points.copy()
        all_points[ranges(outlines.shape_starts[changed], outlines.shape_starts[changed + 1])] = some.points
        return outlines.with_points(all_points)
    if by_px.min() < 0:
        by_px = np.maximum(by_px, -_LEAST_KEPT * _thickness(outlines))
    if kernels_are_used():
        return _grown_by_kernel(outlines, by_px)
    points, following = outlines.points, outlines.following
    # Arrays of x and of y: operations over pairs cost several times as much.
    x, y = np.ascontiguousarray(points.T)
    way_x, way_y = x[following] - x, y[following] - y
    lengths = np.sqrt(way_x**2 + way_y**2)

    # The outside of the ink is to the left of clockwise rings, and of the holes in them.
    outwards = _directions(outlines) * np.repeat(by_px, np.diff(outlines.shape_rings))
    distance = np.repeat(outwards, np.diff(outlines.ring_starts))
    whole = np.maximum(lengths, 1e-9)
    leaving_x, leaving_y = way_y / whole, -way_x / whole
    arriving_x, arriving_y = np.empty_like(leaving_x), np.empty_like(leaving_y)
    arriving_x[following], arriving_y[following] = leaving_x, leaving_y
    # A corner is at the intersection of both moved edges; next to a repeated point, one edge determines it.
    both_x, both_y = arriving_x + leaving_x, arriving_y + leaving_y
    starts = np.flatnonzero((arriving_x == 0) & (arriving_y == 0))
    both_x[starts], both_y[starts] = 2 * leaving_x[starts], 2 * leaving_y[starts]
    repeated = np.flatnonzero(lengths == 0)
    both_x[repeated], both_y[repeated] = 2 * arriving_x[repeated], 2 * arriving_y[repeated]
    squared = np.maximum(both_x**2 + both_y**2, 1e-9)
    moved = np.minimum(2 / squared, _SHARPEST / np.sqrt(squared)) * distance
    x += both_x * moved
    y += both_y * moved
    boxes = outlines.bboxes()
    filled = np.flatnonzero(np.isfinite(boxes[:, 0]))
    counts = np.diff(outlines.shape_starts)[filled]
    reach = by_px[filled]
    result = np.empty_like(points)
    for axis, places in enumerate((x, y)):
        least, most = boxes[filled, axis] - reach, boxes[filled, 2 + axis] + reach
        result[:, axis] = np.clip(places, np.repeat(least, counts), np.repeat(most, counts))
    return outlines.with_points(result)


def _grown_by_kernel(outlines: Outlines, by_px: NDArray[np.float64]) -> Outlines:
    """The same by a compiled kernel."""
    from smashcima.imaging.regions.ring_kernels import grow

    points, result = np.ascontiguousarray(outlines.points), np.empty_like(outlines.points, order="C")
    measures = _directions(outlines), outlines.bboxes(), np.ascontiguousarray(by_px)
    grow(points, outlines.ring_starts, outlines.shape_rings, *measures, _SHARPEST, result)
    return outlines.with_points(result)


def _thickness(outlines: Outlines) -> NDArray[np.float64]:
    """(S,): the mean thickness of each shape, if it is long."""
    lengths = np.hypot(*(outlines.points[outlines.following] - outlines.points).T)
    shapes = np.repeat(np.arange(len(outlines)), np.diff(outlines.shape_starts))
    perimeters = np.bincount(shapes, lengths, minlength=len(outlines))
    return np.asarray(2 * outlines.areas() / np.maximum(perimeters, 1e-9))


def _directions(outlines: Outlines) -> NDArray[np.float64]:
    """(R,): 1 if the outside of the ink is to the left of a ring, -1 if it is to the right.

    It is the same for all rings of a shape, and determined by the largest one, which cannot be a hole.
    """
    rings = np.diff(outlines.shape_rings)
    filled = np.flatnonzero(rings > 0)
    areas = outlines.ring_areas()
    starts = outlines.shape_rings[filled]
    clockwise = np.maximum.reduceat(areas, starts) >= -np.minimum.reduceat(areas, starts)
    return np.repeat(np.where(clockwise, 1.0, -1.0), rings[filled])
