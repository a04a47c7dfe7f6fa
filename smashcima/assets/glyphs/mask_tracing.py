"""Tracing of ink masks to smooth outlines.

The edge of a mask is a staircase of pixels, whose steps would be visible when enlarged to 300 or 600 DPI. The edge is
therefore traced exactly, averaged over one and a half pixels, simplified to straight lines within `STRAIGHTENING_PX`,
rounded at the remaining corners, and offset so that the enclosed area equals the number of pixels of the mask. All
masks of a page are traced together for speed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

STRAIGHTENING_PX = 0.22
"""Maximum distance of a straight segment from the averaged edge. (Digital straight lines are within half a pixel.)"""

ROUNDING_PX = 1.6
"""Maximum distance from a corner within which it is rounded."""

_SMALL_AREA_PX = 130
_SMALL_SHARE = 0.5
"""Factor of the tolerance for dots and other small masks, which have no straight edges."""

_SHARP_TURN = 0.5
"""Turning angle in radians above which a corner gets a point on its curve; other corners are only cut."""

_SAME_PX = 0.05
"""Distance below which points are merged."""

_LARGEST_SHIFT_PX = 0.75
"""Maximum offset of the edge for matching areas; the edge starts a quarter of a pixel inside the ink."""


@dataclass(frozen=True, slots=True)
class TracedOutlines:
    """Outlines of several masks, in pixels of the masks: pixel (i, j) covers [i, i+1) × [j, j+1)."""

    points: FloatArray
    """Points of all rings of all masks, concatenated, (n, 2)."""

    ring_lengths: NDArray[np.int64]
    """Number of points of each ring."""

    ring_counts: NDArray[np.int64]
    """Number of rings of each mask. Outer rings and holes have opposite directions."""

    perimeters: FloatArray
    """Perimeter of each mask, over all its rings."""


def trace_outlines(masks: Sequence[NDArray[np.uint8]]) -> TracedOutlines:
    """Traces masks of shape (height, width), whose non-zero pixels are ink."""
    chains: list[NDArray[np.int32]] = []
    counts = np.zeros(len(masks), np.int64)
    areas = np.zeros(len(masks))
    for number, mask in enumerate(masks):
        found = _edges(mask)
        counts[number] = len(found)
        areas[number] = np.count_nonzero(mask)
        chains += found
    if not chains:
        none = np.zeros(0, np.int64)
        return TracedOutlines(np.zeros((0, 2)), none, counts, np.zeros(len(masks)))
    lengths = np.fromiter(map(len, chains), np.int64, len(chains))
    edge = (np.concatenate(chains) + 0.5) / 2
    owners = np.repeat(np.arange(len(masks)), counts)
    care = np.where(areas < _SMALL_AREA_PX, _SMALL_SHARE, 1.0)[owners]
    corners, lengths = _straightened(_averaged(edge, lengths), lengths, STRAIGHTENING_PX * care)
    points, lengths = _rounded(corners, lengths, ROUNDING_PX * care)
    return _with_areas(points, lengths, counts, owners, areas)


def _edges(mask: NDArray[np.uint8]) -> list[NDArray[np.int32]]:
    """Border pixels of a mask, ring by ring, after doubling its size so that no line is a single pixel wide."""
    import cv2

    height, width = mask.shape
    large = cv2.resize(mask, (2 * width, 2 * height), interpolation=cv2.INTER_NEAREST)
    found, _ = cv2.findContours(large, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    return [ring.reshape(-1, 2).astype(np.int32, copy=False) for ring in found]


def _next(values: FloatArray, lengths: NDArray[np.int64]) -> FloatArray:
    """For each point, the value at the next point of its ring."""
    ends = np.cumsum(lengths)
    moved = np.empty_like(values)
    moved[:-1] = values[1:]
    moved[ends - 1] = values[ends - lengths]
    return moved


def _previous(values: FloatArray, lengths: NDArray[np.int64]) -> FloatArray:
    """For each point, the value at the previous point of its ring."""
    ends = np.cumsum(lengths)
    moved = np.empty_like(values)
    moved[1:] = values[:-1]
    moved[ends - lengths] = values[ends - 1]
    return moved


def _averaged(points: FloatArray, lengths: NDArray[np.int64]) -> FloatArray:
    """Mean of five consecutive points with the weights 1, 2, 3, 2, 1: a moving average of three, applied twice."""
    for _ in range(2):
        points = (_previous(points, lengths) + points + _next(points, lengths)) / 3
    return points


def _straightened(
    points: FloatArray, lengths: NDArray[np.int64], tolerances: FloatArray
) -> tuple[FloatArray, NDArray[np.int64]]:
    """Removes points within the tolerance of a straight line."""
    import cv2

    single = points.astype(np.float32)
    kept: list[NDArray[Any]] = []
    end = 0
    for length, tolerance in zip(lengths.tolist(), tolerances.tolist(), strict=True):
        start, end = end, end + length
        ring = single[start:end]
        short = cv2.approxPolyDP(ring[:, None], tolerance, True).reshape(-1, 2)
        # A dot may be reduced to two corners; it keeps every second point of its edge instead.
        kept.append(short if len(short) > 4 else ring[::2] if length >= 6 else ring)
    return np.concatenate(kept).astype(np.float64), np.fromiter(map(len, kept), np.int64, len(kept))


def _rounded(
    points: FloatArray, lengths: NDArray[np.int64], limits: FloatArray
) -> tuple[FloatArray, NDArray[np.int64]]:
    """Replaces each corner by a quadratic curve tangent to both its sides."""
    before = _previous(points, lengths) - points
    after = _next(points, lengths) - points
    to_before, to_after = np.hypot(*before.T), np.hypot(*after.T)
    limit = np.repeat(limits, lengths)
    cut_before = np.minimum(to_before / 2, limit) / np.maximum(to_before, 1e-9)
    cut_after = np.minimum(to_after / 2, limit) / np.maximum(to_after, 1e-9)
    entry = points + before * cut_before[:, None]
    leave = points + after * cut_after[:, None]
    middle = (entry + 2 * points + leave) / 4
    cross = -before[:, 0] * after[:, 1] + before[:, 1] * after[:, 0]
    turn = np.abs(np.arctan2(cross, -(before * after).sum(axis=1)))
    placed = np.stack((entry, middle, leave), axis=1)
    keep = np.ones(placed.shape[:2], bool)
    keep[:, 1] = turn > _SHARP_TURN
    # On a short side, the curve at one end starts where the curve at the other end stops.
    keep[:, 0] = np.abs(entry - _previous(leave, lengths)).max(axis=1) > _SAME_PX
    ring_of = np.repeat(np.arange(len(lengths)), lengths)
    new_lengths = np.bincount(ring_of, keep.sum(axis=1), len(lengths)).astype(np.int64)
    return placed[keep], new_lengths


def _with_areas(
    points: FloatArray,
    lengths: NDArray[np.int64],
    counts: NDArray[np.int64],
    owners: NDArray[np.int64],
    areas: FloatArray,
) -> TracedOutlines:
    """Offsets all edges along their normals so that each outline encloses the area of its mask."""
    owner_of = np.repeat(owners, lengths)
    moved = np.zeros(len(areas))
    perimeters: FloatArray = np.zeros(len(areas))
    for _ in range(3):
        ahead = _next(points, lengths)
        cross = points[:, 0] * ahead[:, 1] - ahead[:, 0] * points[:, 1]
        signed: FloatArray = np.bincount(owner_of, cross, len(areas)).astype(np.float64) / 2
        side = ahead - points
        perimeters = np.bincount(owner_of, np.hypot(*side.T), len(areas)).astype(np.float64)
        shift = (areas - np.abs(signed)) / np.maximum(perimeters, 1e-9)
        shift = np.clip(moved + shift, -_LARGEST_SHIFT_PX, _LARGEST_SHIFT_PX) - moved
        moved += shift
        # The direction of a ring determines on which side its ink is.
        along = ahead - _previous(points, lengths)
        along /= np.maximum(np.hypot(*along.T), 1e-9)[:, None]
        outward = np.stack((along[:, 1], -along[:, 0]), axis=1) * np.sign(signed)[owner_of, None]
        points = points + outward * shift[owner_of, None]
    return TracedOutlines(points, lengths, counts, perimeters)
