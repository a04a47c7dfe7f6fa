"""Outlines of ink that spreads."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.regions.outline_arrays import Outlines

_SHARPEST = 2.0
"""A corner moves by at most this times the distance: ink does not run out into needles."""

_LEAST_KEPT = 0.4
"""Of its mean thickness, a shape that shrinks loses at most this part on each side, so that it does not turn over."""


def grown(outlines: Outlines, by_px: NDArray[np.float64]) -> Outlines:
    """Moves the edge of each shape outwards by a distance in pixels (S,), or inwards where that is negative.

    Holes close, and open, by as much. Boxes grow by exactly that much on every side.
    """
    if len(outlines.points) == 0:
        return outlines
    points, following = outlines.points, outlines.following
    ring_counts = np.diff(outlines.ring_starts)
    shape_of_ring = np.repeat(np.arange(len(outlines)), np.diff(outlines.shape_rings))
    way = points[following] - points
    lengths = np.hypot(way[:, 0], way[:, 1])
    perimeters = np.bincount(np.repeat(shape_of_ring, ring_counts), lengths, minlength=len(outlines))
    thickness = 2 * outlines.areas() / np.maximum(perimeters, 1e-9)
    by_px = np.maximum(by_px, -_LEAST_KEPT * thickness)

    # The way out of the ink is to the left of rings that run clockwise as seen, and of the holes in them.
    outwards = _directions(outlines) * by_px[shape_of_ring]
    distance = np.repeat(outwards, ring_counts)
    leaving = np.stack([way[:, 1], -way[:, 0]], axis=1) / np.maximum(lengths, 1e-9)[:, np.newaxis]
    arriving = np.empty_like(leaving)
    arriving[following] = leaving
    # A corner lies where both moved edges meet; next to a point that is there twice, one edge says it all.
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
    """(R,): 1 where the way out of the ink is to the left of a ring, -1 where it is to the right.

    It is the same for all rings of a shape; the largest one, which cannot be a hole, tells.
    """
    rings = np.diff(outlines.shape_rings)
    filled = np.flatnonzero(rings > 0)
    areas = outlines.ring_areas()
    starts = outlines.shape_rings[filled]
    clockwise = np.maximum.reduceat(areas, starts) >= -np.minimum.reduceat(areas, starts)
    return np.repeat(np.where(clockwise, 1.0, -1.0), rings[filled])
