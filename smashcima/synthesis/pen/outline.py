"""The ink around centre lines: rings, for many renderings at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.synthesis.pen.centre_line import CentreLine, Complexes, Floats

Indices = NDArray[np.intp]

_CAP = np.exp(1j * np.radians([-45.0, 0.0, 45.0]))
"""Points of a round end between the two sides, seen from the direction in which the stroke ends."""

_FOLD = 0.98
"""Part of the radius of a bend that the inner side may use up; at 1 it would turn back."""


@dataclass(frozen=True, slots=True, eq=False)
class RibbonPlan:
    """How samples become rings; the same for all renderings of a symbol."""

    before: Indices
    """(n,): index of the sample before each one, or of itself at an end."""

    after: Indices
    cap_at: Indices
    """(c,): samples that have a round end."""

    cap_turn: Complexes
    """(c, 3): its points seen from the direction of the stroke there."""

    order: Indices
    """(m,): the points of all rings, out of those of the left sides (n), the right sides (n) and the ends (3c)."""

    ring_starts: Indices
    """(r + 1,): where each ring starts in `order`; at the end, m."""

    @property
    def sample_count(self) -> int:
        """The number of samples."""
        return len(self.before)


def plan_ribbons(lines: Sequence[CentreLine]) -> RibbonPlan:
    """The plan for strokes whose samples follow each other."""
    total = sum(len(line.points) for line in lines)
    before, after = np.arange(total) - 1, np.arange(total) + 1
    cap_at: list[int] = []
    cap_turn: list[Complexes] = []
    rings: list[Indices] = []

    def cap(sample: int, turn: complex) -> Indices:
        cap_at.append(sample)
        cap_turn.append(turn * _CAP)
        return 2 * total + 3 * (len(cap_at) - 1) + np.arange(3)

    offset = 0
    for line in lines:
        last_piece = len(line.pieces) - 1
        for number, (first, last) in enumerate((offset + a, offset + b) for a, b in line.pieces):
            if line.filled:
                before[first], after[last] = last, first
                rings.append(np.arange(first, last + 1))
                continue
            before[first], after[last] = first, last
            bounds = [first, *(offset + c for c in line.cuts if first < offset + c < last), last]
            for start, end in pairwise(bounds):
                there = np.arange(start, end + 1)
                parts = [there]
                # The round end of one piece covers the flat start of the next one, at a corner.
                if end == last:
                    parts.append(cap(last, 1.0))
                parts.append(total + there[::-1])
                if start == first and (number == 0 or last_piece == 0):
                    parts.append(cap(first, -1.0))
                rings.append(np.concatenate(parts))
        offset += len(line.points)
    starts = np.cumsum([0, *(len(ring) for ring in rings)])
    turns = np.array(cap_turn, dtype=np.complex128).reshape(-1, 3)
    return RibbonPlan(before, after, np.array(cap_at, dtype=np.intp), turns, np.concatenate(rings), starts)


def plan_open_ribbon(count: int) -> RibbonPlan:
    """The plan of one smooth open stroke of so many samples."""
    line = CentreLine(np.zeros(count, np.complex128), np.ones(count), ((0, count - 1),), (), False, False)
    return plan_ribbons([line])


def joined_plans(plans: Sequence[RibbonPlan]) -> RibbonPlan:
    """One plan for the samples of several, one after the other."""
    if len(plans) == 1:
        return plans[0]
    samples = np.array([plan.sample_count for plan in plans])
    ends = np.array([len(plan.cap_at) for plan in plans])
    points = np.array([len(plan.order) for plan in plans])
    sample_offset, cap_offset = np.cumsum(samples) - samples, np.cumsum(ends) - ends
    point_offset = np.cumsum(points) - points
    total = int(samples.sum())
    shift = np.repeat(sample_offset, samples)
    order = np.concatenate([plan.order for plan in plans])
    own = np.repeat(samples, points)
    # Left sides, right sides and ends lie in three blocks, which all grow.
    block = np.minimum(order // own, 2)
    moved = np.choose(
        block,
        (
            order + np.repeat(sample_offset, points),
            order - own + total + np.repeat(sample_offset, points),
            order - 2 * own + 2 * total + np.repeat(3 * cap_offset, points),
        ),
    )
    rings = [
        plan.ring_starts[:-1] + offset for plan, offset in zip(plans, point_offset.tolist(), strict=True)
    ]
    return RibbonPlan(
        np.concatenate([plan.before for plan in plans]) + shift,
        np.concatenate([plan.after for plan in plans]) + shift,
        np.concatenate([plan.cap_at for plan in plans]) + np.repeat(sample_offset, ends),
        np.concatenate([plan.cap_turn for plan in plans]),
        moved,
        np.append(np.concatenate(rings), points.sum()),
    )


def outline_points(centres: Complexes, halves: Floats, plan: RibbonPlan) -> Floats:
    """The points of all rings of each rendering, (count, m, 2), from centres and half widths (count, n).

    On the inner side of a bend the outline keeps within the radius of the bend, so that it never runs back.
    """
    back = centres - centres[:, plan.before]
    ahead = centres[:, plan.after] - centres
    back_x, back_y, ahead_x, ahead_y = back.real, back.imag, ahead.real, ahead.imag
    back_length = np.sqrt(back_x * back_x + back_y * back_y)
    ahead_length = np.sqrt(ahead_x * ahead_x + ahead_y * ahead_y)
    product = back_length * ahead_length
    cross = back_x * ahead_y - back_y * ahead_x
    dot = back_x * ahead_x + back_y * ahead_y
    with np.errstate(divide="ignore", invalid="ignore"):
        # The sine of half the turn is nearly its tangent, which is to be had without trigonometry.
        room = np.minimum(back_length, ahead_length) * (product + dot) * (_FOLD / 2) / cross
        tangent = back / back_length + ahead / ahead_length
        tangent /= np.sqrt(tangent.real**2 + tangent.imag**2)
    lone = ~np.isfinite(tangent.real)
    if lone.any():
        tangent[lone] = _lone_directions(back[lone], ahead[lone])
    across = tangent * 1j
    # At an end of a stroke, and where it is straight, `room` is not a number or infinite: no limit.
    right = np.where(room > 0, np.fmin(halves, room), halves)
    left = np.where(room < 0, np.fmin(halves, -room), halves)
    ends = centres[:, plan.cap_at, np.newaxis] + (
        (halves * tangent)[:, plan.cap_at, np.newaxis] * plan.cap_turn[np.newaxis]
    )
    count = len(centres)
    candidates = np.concatenate(
        [centres - left * across, centres + right * across, ends.reshape(count, -1)], axis=1
    )
    ordered = np.ascontiguousarray(candidates[:, plan.order])
    return ordered.view(np.float64).reshape(count, -1, 2)


def _lone_directions(back: Complexes, ahead: Complexes) -> Complexes:
    """Directions where one of the neighbours is missing, or lies at the same place."""
    direction = back + ahead
    length = np.abs(direction)
    return np.where(length > 0, direction / np.where(length > 0, length, 1.0), 1.0)


def rings_of(points: Floats, ring_starts: Indices) -> list[Contours]:
    """The points of each rendering cut into its rings."""
    bounds = ring_starts.tolist()
    spans = [slice(a, b) for a, b in pairwise(bounds)]
    return [Contours(tuple([rendering[span] for span in spans])) for rendering in points]
