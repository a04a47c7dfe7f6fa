"""Tracing of ink masks to smooth outlines.

The edge of a mask is a staircase of pixels, whose steps would be visible when enlarged to 300 or 600 DPI. The edge is
therefore traced exactly, averaged over one and a half pixels, simplified to straight lines within `STRAIGHTENING_PX`,
rounded at the remaining corners, and offset so that the enclosed area equals the number of pixels of the mask. Masks
are traced in groups for speed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.mask_stacks import MaskStack, stacked

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
    parts: list[TracedOutlines] = []
    order: list[int] = []
    for stack in stacked(masks):
        areas = np.array([np.count_nonzero(masks[index]) for index in stack.indices], np.float64)
        parts.append(_traced(stack, areas))
        order += stack.indices
    if not parts:
        none = np.zeros(0, np.int64)
        return TracedOutlines(np.zeros((0, 2)), none, none, np.zeros(0))
    return _reordered(parts, np.argsort(order))


def _traced(stack: MaskStack, areas: FloatArray) -> TracedOutlines:
    """The outlines of the masks of one stack."""
    edge, lengths, owners = _edges(stack)
    counts = np.bincount(owners, minlength=len(areas))
    care = np.where(areas < _SMALL_AREA_PX, _SMALL_SHARE, 1.0)[owners]
    corners, lengths = _straightened(_averaged(edge, lengths), lengths, STRAIGHTENING_PX * care)
    points, lengths = _rounded(corners, lengths, ROUNDING_PX * care)
    return _with_areas(points, lengths, counts, owners, areas)


def _edges(stack: MaskStack) -> tuple[FloatArray, NDArray[np.int64], NDArray[np.int64]]:
    """Centres of the border pixels of masks, (2, n), the lengths of their rings, and the place of each ring's mask.

    The masks are doubled in size, so that no line is a single pixel wide.
    """
    import cv2

    height, width = stack.picture.shape
    large = cv2.resize(stack.picture, (2 * width, 2 * height), interpolation=cv2.INTER_NEAREST)
    rings, _ = cv2.findContours(large, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    if not rings:
        none = np.zeros(0, np.int64)
        return np.zeros((2, 0)), none, none
    # OpenCV returns the lowest rings first; those of one mask keep their order.
    owners = stack.places([int(ring[0, 0, 1]) // 2 for ring in rings])
    order = np.argsort(owners, kind="stable")
    rings = [rings[index] for index in order.tolist()]
    owners = owners[order]
    lengths = np.fromiter(map(len, rings), np.int64, len(rings))
    pixels = np.concatenate(rings).reshape(-1, 2).T
    pixels[1] -= np.repeat(2 * stack.tops[owners], lengths)
    edge = np.empty(pixels.shape)
    np.add(pixels, 0.5, out=edge)
    edge /= 2
    return edge, lengths, owners


def _next(values: FloatArray, lengths: NDArray[np.int64]) -> FloatArray:
    """For each point, the value at the next point of its ring; points are along the last axis."""
    ends = np.cumsum(lengths)
    moved = np.empty_like(values)
    moved[..., :-1] = values[..., 1:]
    moved[..., ends - 1] = values[..., ends - lengths]
    return moved


def _previous(values: FloatArray, lengths: NDArray[np.int64]) -> FloatArray:
    """For each point, the value at the previous point of its ring; points are along the last axis."""
    ends = np.cumsum(lengths)
    moved = np.empty_like(values)
    moved[..., 1:] = values[..., :-1]
    moved[..., ends - lengths] = values[..., ends - 1]
    return moved


def _averaged(points: FloatArray, lengths: NDArray[np.int64]) -> FloatArray:
    """Mean of five consecutive points with the weights 1, 2, 3, 2, 1: a moving average of three, applied twice."""
    for _ in range(2):
        mean = _previous(points, lengths)
        mean += points
        mean += _next(points, lengths)
        mean /= 3
        points = mean
    return points


def _straightened(
    points: FloatArray, lengths: NDArray[np.int64], tolerances: FloatArray
) -> tuple[FloatArray, NDArray[np.int64]]:
    """Removes points within the tolerance of a straight line."""
    import cv2

    single = points.T.astype(np.float32, order="C")
    kept: list[NDArray[Any]] = []
    end = 0
    for length, tolerance in zip(lengths.tolist(), tolerances.tolist(), strict=True):
        start, end = end, end + length
        ring = single[start:end]
        short = cv2.approxPolyDP(ring, tolerance, True)
        # A dot may be reduced to two corners; it keeps every second point of its edge instead.
        kept.append(short if len(short) > 4 else ring[:: 2 if length >= 6 else 1, None])
    corners = np.concatenate(kept).reshape(-1, 2) if kept else single
    return corners.T.astype(np.float64, order="C"), np.fromiter(map(len, kept), np.int64, len(kept))


def _rounded(
    points: FloatArray, lengths: NDArray[np.int64], limits: FloatArray
) -> tuple[FloatArray, NDArray[np.int64]]:
    """Replaces each corner by a quadratic curve tangent to both its sides."""
    before = _previous(points, lengths) - points
    after = _next(points, lengths) - points
    to_before, to_after = np.hypot(*before), np.hypot(*after)
    limit = np.repeat(limits, lengths)
    entry = points + before * (np.minimum(to_before / 2, limit) / np.maximum(to_before, 1e-9))
    leave = points + after * (np.minimum(to_after / 2, limit) / np.maximum(to_after, 1e-9))
    cross = -before[0] * after[1] + before[1] * after[0]
    turn = np.abs(np.arctan2(cross, -(before[0] * after[0] + before[1] * after[1])))
    # On a short side, the curve at one end starts where the curve at the other end stops.
    gap = np.abs(entry - _previous(leave, lengths))
    keep = np.ones((points.shape[1], 3), bool)
    keep[:, 0] = np.maximum(gap[0], gap[1]) > _SAME_PX
    keep[:, 1] = turn > _SHARP_TURN
    placed = np.empty((2, points.shape[1], 3))
    placed[..., 0], placed[..., 1], placed[..., 2] = entry, (entry + 2 * points + leave) / 4, leave
    before_each = np.concatenate([[0], np.cumsum(keep)])[::3]
    ends = np.cumsum(lengths)
    return placed.reshape(2, -1)[:, keep.reshape(-1)], before_each[ends] - before_each[ends - lengths]


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
        cross = points[0] * ahead[1] - ahead[0] * points[1]
        signed: FloatArray = np.bincount(owner_of, cross, len(areas)).astype(np.float64) / 2
        perimeters = np.bincount(owner_of, np.hypot(*(ahead - points)), len(areas)).astype(np.float64)
        shift = (areas - np.abs(signed)) / np.maximum(perimeters, 1e-9)
        shift = np.clip(moved + shift, -_LARGEST_SHIFT_PX, _LARGEST_SHIFT_PX) - moved
        moved += shift
        # The direction of a ring determines on which side its ink is.
        along = ahead - _previous(points, lengths)
        along /= np.maximum(np.hypot(*along), 1e-9)
        outward = (np.sign(signed) * shift)[owner_of]
        points = np.stack((points[0] + along[1] * outward, points[1] - along[0] * outward))
    return TracedOutlines(points.T, lengths, counts, perimeters)


def _reordered(parts: Sequence[TracedOutlines], places: NDArray[np.int64]) -> TracedOutlines:
    """Joins groups, and puts their masks into the order given by the place of each among the traced masks."""
    counts = np.concatenate([part.ring_counts for part in parts])
    lengths = np.concatenate([part.ring_lengths for part in parts])
    rings = _members(counts, places)
    points = np.concatenate([part.points for part in parts])[_members(lengths, rings)]
    perimeters = np.concatenate([part.perimeters for part in parts])
    return TracedOutlines(points, lengths[rings], counts[places], perimeters[places])


def _members(lengths: NDArray[np.int64], chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Indices of the members of chosen groups; `lengths` are those of all groups, which follow one another."""
    begins = (np.cumsum(lengths) - lengths)[chosen]
    before = np.cumsum(lengths[chosen]) - lengths[chosen]
    members: NDArray[np.int64] = np.arange(int(lengths[chosen].sum()))
    members += np.repeat(begins - before, lengths[chosen])
    return members
