"""Dilation and erosion of outlines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.regions.outline_arrays import Outlines, ranges

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
    points, following = outlines.points, outlines.following
    ring_counts = np.diff(outlines.ring_starts)
    shape_of_ring = np.repeat(np.arange(len(outlines)), np.diff(outlines.shape_rings))
    way = points[following] - points
    lengths = np.hypot(way[:, 0], way[:, 1])
    perimeters = np.bincount(np.repeat(shape_of_ring, ring_counts), lengths, minlength=len(outlines))
    thickness = 2 * outlines.areas() / np.maximum(perimeters, 1e-9)
    by_px = np.maximum(by_px, -_LEAST_KEPT * thickness)

    # The outside of the ink is to the left of clockwise rings, and of the holes in them.
    outwards = _directions(outlines) * by_px[shape_of_ring]
    distance = np.repeat(outwards, ring_counts)
    leaving = np.stack([way[:, 1], -way[:, 0]], axis=1) / np.maximum(lengths, 1e-9)[:, np.newaxis]
    arriving = np.empty_like(leaving)
    arriving[following] = leaving
    # A corner is at the intersection of both moved edges; next to a repeated point, one edge determines it.
    both = np.where(
        (lengths == 0)[:, np.newaxis],
        2 * arriving,
        np.where((arriving == 0).all(axis=1, keepdims=True), 2 * leaving, arriving + leaving),
    )
    squared = (both**2).sum(axis=1)
    factor = np.minimum(2 / np.maximum(squared, 1e-9), _SHARPEST / np.sqrt(np.maximum(squared, 1e-9)))
    result = points + both * (factor * distance)[:, np.newaxis]
    boxes = outlines.bboxes()
    filled = np.flatnonzero(np.isfinite(boxes[:, 0]))
    counts = np.diff(outlines.shape_starts)[filled]
    low = np.repeat(boxes[filled, :2] - by_px[filled, np.newaxis], counts, axis=0)
    high = np.repeat(boxes[filled, 2:] + by_px[filled, np.newaxis], counts, axis=0)
    np.clip(result, low, high, out=result)
    return outlines.with_points(result)


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
