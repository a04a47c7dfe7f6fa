"""Clipping of outlines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry.contours import Contours


def clip_to_band(contours: Contours, top: float, bottom: float) -> Contours:
    """The part of an area between two heights.

    Applies the Sutherland-Hodgman algorithm (1974) to each ring. Where a ring crosses a height several times, its parts
    stay connected along that height by coincident edges in opposite directions, which enclose no area.
    """
    rings = []
    for ring in contours.rings:
        part = _half(_half(ring, top, 1.0), bottom, -1.0)
        if len(part) >= 3:
            rings.append(part)
    return Contours(tuple(rings))


def _half(ring: NDArray[np.float64], height: float, sign: float) -> NDArray[np.float64]:
    """The part of a ring (N, 2) below a height (`sign` 1), or above it (-1)."""
    if len(ring) == 0:
        return ring
    depth = (ring[:, 1] - height) * sign
    inside = depth >= 0
    if inside.all():
        return ring
    if not inside.any():
        return ring[:0]
    after, depth_after = np.roll(ring, -1, axis=0), np.roll(depth, -1)
    crosses = inside != np.roll(inside, -1)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(crosses, depth / (depth - depth_after), 0.0)[:, np.newaxis]
    crossing = ring + share * (after - ring)
    crossing[:, 1] = np.where(crosses, height, crossing[:, 1])
    # Each point inside, followed by the crossing of its outgoing edge with the height.
    both = np.stack([ring, crossing], axis=1).reshape(-1, 2)
    kept: NDArray[np.float64] = both[np.stack([inside, crosses], axis=1).ravel()]
    return kept
