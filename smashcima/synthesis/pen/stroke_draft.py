"""Strokes of skeletons on the way to centre lines: their knots, and the splines through them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.pen.skeleton import SkeletonStroke

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]

TOLERANCE = 0.01
"""Largest deviation of the samples from the path, in mm: an eighth of a pixel at 300 pixels per inch."""

LONGEST_STEP = 0.8
"""Longest distance between samples, in mm; longer ones could not represent tremor."""

DENSE = 10
"""Number of samples between two knots before simplification."""

MOST_TURN = math.radians(200)
"""Largest turn of a ring; strokes that turn further are outlined by several rings, so that none intersects itself."""

DENSE_TIMES = np.arange(1, DENSE + 1) / DENSE
ARC_TIMES = np.arange(1, 6) / 6
ARC = np.stack([(1 - ARC_TIMES) ** 2, 2 * ARC_TIMES * (1 - ARC_TIMES), ARC_TIMES**2])
"""Weights of start, corner and end at the samples of the arc that replaces a corner."""

_HERMITE = np.stack(
    [
        2 * DENSE_TIMES**3 - 3 * DENSE_TIMES**2 + 1,
        DENSE_TIMES**3 - 2 * DENSE_TIMES**2 + DENSE_TIMES,
        -2 * DENSE_TIMES**3 + 3 * DENSE_TIMES**2,
        DENSE_TIMES**3 - DENSE_TIMES**2,
    ]
).astype(np.complex128)
"""Hermite weights of start, start tangent, end and end tangent, shape (4, DENSE)."""

Section = tuple[Complexes, Floats]
"""Points and widths from corner to corner."""


@dataclass(slots=True, eq=False)
class Draft:
    """A stroke on the way to its centre line."""

    knots: Complexes
    widths: Floats
    filled: bool
    closed: bool
    pieces: list[tuple[int, int, complex, complex]]
    """First and last knot from corner to corner, and the knots before and after that the path continues to; empty for a dot."""

    sections: list[Section] = field(default_factory=list)


def drafts_of(wanted: Sequence[tuple[SkeletonStroke, float, float]]) -> list[Draft]:
    """The drafts of strokes, each with its millimetres per unit; the third number is not used."""
    counts = [len(stroke.knots) for stroke, _, _ in wanted]
    flat = np.array([number for stroke, _, _ in wanted for knot in stroke.knots for number in knot])
    knots = flat.astype(np.float64).view(np.complex128) * np.repeat([size for _, size, _ in wanted], counts)
    widths = np.array(
        [
            width
            for (stroke, _, _), count in zip(wanted, counts, strict=True)
            for width in (stroke.widths if len(stroke.widths) == count else stroke.widths * count)
        ],
        np.float64,
    )
    moves = np.append(np.abs(knots[1:] - knots[:-1]) > 1e-9, True)
    has_moved = moves.all()
    drafts, start = [], 0
    for (stroke, _, _), count in zip(wanted, counts, strict=True):
        span, start = slice(start, start + count), start + count
        points, thickness, corners = knots[span], widths[span], stroke.corners
        if not has_moved and not moves[span][:-1].all():
            points, thickness, corners = _without_repeats(points, thickness, moves[span][:-1], corners)
        drafts.append(_draft(stroke, points, thickness, corners))
    return drafts


def _draft(stroke: SkeletonStroke, knots: Complexes, widths: Floats, corners: frozenset[int]) -> Draft:
    if len(knots) == 1:
        return Draft(knots, widths, True, True, [])
    closed = stroke.closed or stroke.filled
    if closed and abs(knots[0] - knots[-1]) > 1e-9:
        corners = corners | {len(knots)} if 0 in corners else corners
        knots, widths = np.append(knots, knots[0]), np.append(widths, widths[0])
    elif closed and 0 in corners:
        corners = corners | {len(knots) - 1}
    if stroke.filled and _signed_area(knots) < 0:
        knots, widths = knots[::-1], widths[::-1]
        corners = frozenset(len(knots) - 1 - corner for corner in corners)
    smooth_ends = closed and len(knots) > 3 and 0 not in corners
    return Draft(knots, widths, stroke.filled, closed, _pieces(knots.tolist(), corners, smooth_ends))


def _without_repeats(
    knots: Complexes, widths: Floats, moves: NDArray[np.bool_], corners: frozenset[int]
) -> tuple[Complexes, Floats, frozenset[int]]:
    """Removes knots that coincide with the previous one, to which there is no move."""
    keep = np.append(True, moves)
    place = np.cumsum(keep) - 1
    return (
        knots[keep],
        widths[keep],
        frozenset(int(place[corner]) for corner in corners if corner < len(place)),
    )


def _signed_area(points: Complexes) -> float:
    return float((np.conj(points) * np.roll(points, -1)).imag.sum()) / 2


def _pieces(
    knots: list[complex], corners: frozenset[int], smooth_ends: bool
) -> list[tuple[int, int, complex, complex]]:
    """The parts from corner to corner; see `Draft.pieces`."""
    end = len(knots) - 1
    bounds = [0, *sorted(corner for corner in corners if 0 < corner < end), end]
    pieces = []
    for first, last in pairwise(bounds):
        if smooth_ends and first == 0:
            before = knots[-2]
        else:
            before = _phantom(knots[first : min(first + 3, last + 1)])
        if smooth_ends and last == end:
            after = knots[1]
        else:
            after = _phantom(knots[max(last - 2, first) : last + 1][::-1])
        pieces.append((first, last, before, after))
    return pieces


def _phantom(knots: list[complex]) -> complex:
    """A knot before the first one that extrapolates the arc of the first three."""
    step = knots[1] - knots[0]
    if len(knots) == 2:
        return knots[0] - step
    turn = (knots[2] - knots[1]) / step
    angle = min(max(math.atan2(turn.imag, turn.real), -1.0), 1.0)
    return knots[0] - step * complex(math.cos(angle), -math.sin(angle))


def splines(drafts: Sequence[Draft]) -> tuple[Complexes, Complexes]:
    """The knots of all sections, each with the one before and the one after, and the dense samples between the knots:
    row i has those after the knot i + 1. Rows that lead from one section to another have no meaning.
    """
    pieces = [(draft, *piece) for draft in drafts for piece in draft.pieces]
    ends = np.array([piece[3:] for piece in pieces])
    chain = np.concatenate(
        [
            part
            for (draft, first, last, _, _), (before, after) in zip(
                pieces, ends[:, :, np.newaxis], strict=True
            )
            for part in (before, draft.knots[first : last + 1], after)
        ]
    )
    step = chain[1:] - chain[:-1]
    time = np.sqrt(np.abs(step))
    time[time == 0] = 1e-6
    speed = step / time
    wide = (chain[2:] - chain[:-2]) / (time[1:] + time[:-1])
    tangent = speed[:-1] + speed[1:] - wide
    span = time[1:-1]
    parts = np.empty((len(span), 4), np.complex128)
    parts[:, 0], parts[:, 1] = chain[1:-2], tangent[:-1] * span
    parts[:, 2], parts[:, 3] = chain[2:-1], tangent[1:] * span
    return chain, parts @ _HERMITE


def sample_density(points: Complexes, ends: NDArray[np.int64]) -> Floats:
    """The number of samples that each step between points needs; sections end before `ends`."""
    step = points[1:] - points[:-1]
    length = np.maximum(np.abs(step), 1e-12)
    bend = np.zeros(len(points))
    bend[1:-1] = 2 * np.abs(turns(step)) / (length[1:] + length[:-1])
    bend[0] = 0.0
    bend[ends[:-1]] = 0.0
    bend[ends - 1] = 0.0
    bend = np.maximum(bend[1:], bend[:-1])
    return np.asarray(length * np.maximum(np.sqrt(bend / (8 * TOLERANCE)), 1 / LONGEST_STEP))


def turns(step: Complexes) -> Floats:
    """Angles between steps, from -pi to pi."""
    product = step[1:] * np.conj(step[:-1])
    return np.arctan2(product.imag, product.real)
