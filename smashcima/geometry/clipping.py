"""Clipping of outlines."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry.contours import Contours


def clip_to_band(contours: Contours, top: float, bottom: float) -> Contours:
    """The part of an area between two heights; an infinite one cuts nothing.

    Applies the Sutherland-Hodgman algorithm (1974) to each ring. Where a ring crosses a height several times, its parts
    stay connected along that height by coincident edges in opposite directions, which enclose no area.
    """
    rings = []
    for ring in contours.rings:
        part = ring if top == -math.inf else _half(ring, top, 1.0)
        part = part if bottom == math.inf else _half(part, bottom, -1.0)
        if len(part) >= 3:
            rings.append(part)
    return Contours(tuple(rings))


def _half(ring: NDArray[np.float64], height: float, sign: float) -> NDArray[np.float64]:
    """The part of a ring (N, 2) below a height (`sign` 1), or above it (-1)."""
    if len(ring) == 0:
        return ring
    return part_inside(ring, (ring[:, 1] - height) * sign, height)


def part_inside(
    ring: NDArray[np.float64], depth: NDArray[np.float64], height: float | None = None
) -> NDArray[np.float64]:
    """The part of a ring (N, 2) on one side of a line, where the distances of its points from it are not negative.

    `height` is that of a horizontal line: points on it have exactly this y.
    """
    inside = depth >= 0
    before = np.flatnonzero(inside[:-1] != inside[1:]).tolist()
    if inside[0] != inside[-1]:
        before.append(len(ring) - 1)
    if not before:
        return ring if inside[0] else ring[:0]
    # Each point inside, followed by the crossing of its outgoing edge with the line. Most rings cross a line twice, so
    # crossings are computed one by one.
    part = np.empty((int(np.count_nonzero(inside)) + len(before), 2))
    filled = start = 0
    for last in before:
        if inside[last]:
            part[filled : filled + last + 1 - start] = ring[start : last + 1]
            filled += last + 1 - start
        part[filled] = _crossing(ring, depth, last, height)
        filled += 1
        start = last + 1
    if filled < len(part):
        part[filled:] = ring[start:]
    return part


def _crossing(
    ring: NDArray[np.float64], depth: NDArray[np.float64], last: int, height: float | None
) -> tuple[float, float]:
    """Where the edge from point `last` to the next one crosses the line."""
    after = (last + 1) % len(ring)
    here = depth.item(last)
    share = here / (here - depth.item(after))
    x, y = ring.item(last, 0), ring.item(last, 1)
    return (
        x + share * (ring.item(after, 0) - x),
        y + share * (ring.item(after, 1) - y) if height is None else height,
    )
