"""Outlines of ink around centre lines, for many renderings at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.kernels import kernels_are_used
from smashcima.quick_init import quick_init
from smashcima.synthesis.pen.centre_line import CentreLine
from smashcima.synthesis.pen.nib import Nib
from smashcima.synthesis.pen.stroke_draft import Complexes, Floats

Indices = NDArray[np.intp]

_CAP = np.exp(1j * np.radians([-45.0, 0.0, 45.0]))
"""Points of a round end between the two sides, relative to the direction of the stroke."""

_FOLD = 0.98
"""Largest distance of the inner side from the centre line, relative to the radius of the bend; at 1 it would fold."""


@quick_init
@dataclass(frozen=True, slots=True, eq=False)
class RibbonPlan:
    """Connectivity of samples and rings, shared by all renderings of a symbol."""

    before: Indices
    """Index of the previous sample, or of the sample itself at an end, shape (n,)."""

    after: Indices
    cap_at: Indices
    """Samples that have a round end, shape (c,)."""

    cap_turn: Complexes
    """Points of the round ends, relative to the direction of the stroke, shape (c, 3)."""

    order: Indices
    """Indices of the points of all rings among left sides (n), right sides (n) and ends (3c), shape (m,)."""

    ring_starts: Indices
    """Start of each ring in `order`, followed by m, shape (r + 1,)."""

    is_area: NDArray[np.bool_]
    """Whether a sample belongs to a filled area, shape (n,)."""

    spans: tuple[slice, ...]
    """Where each ring is in `order`."""

    @property
    def sample_count(self) -> int:
        """The number of samples."""
        return len(self.before)


def plan_ribbons(lines: Sequence[CentreLine]) -> RibbonPlan:
    """The plan of strokes whose samples are concatenated."""
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
                # At a corner, the round end of one piece covers the flat start of the next one.
                if end == last:
                    parts.append(cap(last, 1.0))
                parts.append(total + there[::-1])
                if start == first and (number == 0 or last_piece == 0):
                    parts.append(cap(first, -1.0))
                rings.append(np.concatenate(parts))
        offset += len(line.points)
    starts = list(accumulate(map(len, rings), initial=0))
    turns = np.array(cap_turn, dtype=np.complex128).reshape(-1, 3)
    is_area = np.repeat([line.filled for line in lines], [len(line.points) for line in lines])
    return RibbonPlan(
        before,
        after,
        np.array(cap_at, dtype=np.intp),
        turns,
        np.concatenate(rings),
        np.array(starts, np.intp),
        is_area,
        spans_of(starts),
    )


def ribbons_by_kernel(symbols: Sequence[Sequence[CentreLine]]) -> list[RibbonPlan]:
    """The plans of several symbols, as of `plan_ribbons`."""
    from smashcima.synthesis.pen.form_kernels import ribbons

    pieces: list[tuple[int, int, bool, bool, int, int]] = []
    cuts: list[int] = []
    bounds = [0]
    for lines in symbols:
        offset = 0
        for line in lines:
            first_cut = len(cuts)
            cuts += [offset + cut for cut in line.cuts]
            is_one = len(line.pieces) == 1
            for number, (first, last) in enumerate(line.pieces):
                has_start = number == 0 or is_one
                pieces.append((offset + first, offset + last, line.filled, has_start, first_cut, len(cuts)))
            offset += len(line.points)
        bounds.append(len(pieces))
    numbers, all_cuts, found = np.array(pieces, np.int64), np.array(cuts, np.int64), np.zeros(3, np.int64)
    plans = []
    for lines, (first, last) in zip(symbols, pairwise(bounds), strict=True):
        counts = [len(line.points) for line in lines]
        total, most_caps = sum(counts), 2 * (last - first)
        before, after = np.empty(total, np.int64), np.empty(total, np.int64)
        cap_at, cap_sign = np.empty(most_caps, np.int64), np.empty(most_caps)
        own_cuts = sum(len(line.cuts) for line in lines)
        order = np.empty(2 * (total + own_cuts) + 3 * most_caps, np.int64)
        starts = np.zeros(last - first + own_cuts + 1, np.int64)
        ribbons(numbers, all_cuts, first, last, before, after, cap_at, cap_sign, order, starts, found)
        caps, points, rings = found.tolist()
        starts = starts[: rings + 1]
        plans.append(
            RibbonPlan(
                before,
                after,
                cap_at[:caps],
                np.multiply.outer(cap_sign[:caps], _CAP),
                order[:points].copy(),
                starts,
                np.repeat([line.filled for line in lines], counts),
                spans_of(starts.tolist()),
            )
        )
    return plans


def spans_of(starts: Sequence[int]) -> tuple[slice, ...]:
    """The spans of rings from the start of each, followed by the number of all points."""
    return tuple([slice(start, end) for start, end in pairwise(starts)])


def plan_open_ribbon(count: int) -> RibbonPlan:
    """The plan of one smooth open stroke of `count` samples."""
    line = CentreLine(np.zeros(count, np.complex128), np.ones(count), ((0, count - 1),), (), False, False)
    return plan_ribbons([line])


def joined_plans(plans: Sequence[RibbonPlan]) -> RibbonPlan:
    """One plan for the concatenated samples of several plans."""
    if len(plans) == 1:
        return plans[0]
    samples = np.array([plan.sample_count for plan in plans])
    ends = np.array([len(plan.cap_at) for plan in plans])
    points = np.array([len(plan.order) for plan in plans])
    sample_offset, point_offset = np.cumsum(samples) - samples, np.cumsum(points) - points
    shift = np.repeat(sample_offset, samples)
    order = np.concatenate([plan.order for plan in plans])
    join = _joined_order_by_kernel if kernels_are_used() else _joined_order
    moved = join(order, points, samples, ends)
    rings = [
        plan.ring_starts[:-1] + offset for plan, offset in zip(plans, point_offset.tolist(), strict=True)
    ]
    starts = np.append(np.concatenate(rings), points.sum())
    return RibbonPlan(
        np.concatenate([plan.before for plan in plans]) + shift,
        np.concatenate([plan.after for plan in plans]) + shift,
        np.concatenate([plan.cap_at for plan in plans]) + np.repeat(sample_offset, ends),
        np.concatenate([plan.cap_turn for plan in plans]),
        moved,
        starts,
        np.concatenate([plan.is_area for plan in plans]),
        spans_of(starts.tolist()),
    )


def _joined_order(order: Indices, points: Indices, samples: Indices, ends: Indices) -> Indices:
    """The order of the points of all plans, from the order in each, and the numbers of points, samples and ends of each."""
    total, own = int(samples.sum()), np.repeat(samples, points)
    sample_offset, cap_offset = np.cumsum(samples) - samples, np.cumsum(ends) - ends
    # Left sides, right sides and ends are three blocks, each of which grows.
    block = np.minimum(order // own, 2)
    moved: Indices = np.choose(
        block,
        (
            order + np.repeat(sample_offset, points),
            order - own + total + np.repeat(sample_offset, points),
            order - 2 * own + 2 * total + np.repeat(3 * cap_offset, points),
        ),
    )
    return moved


def _joined_order_by_kernel(order: Indices, points: Indices, samples: Indices, ends: Indices) -> Indices:
    from smashcima.synthesis.pen.outline_kernels import join_order

    moved = np.empty(len(order), np.int64)
    join_order(order, points, samples, ends, moved)
    return moved


def outline_points(centres: Complexes, halves: Floats, plan: RibbonPlan, nib: Nib | None = None) -> Floats:
    """The points of all rings of each rendering, shape (count, m, 2), from centres and half widths (count, n).

    On the inner side of a bend, the distance is limited by the radius of the bend, so that the outline never folds.
    The outline is that of a round pen of these widths, or, with `nib`, the envelope of its ellipse, scaled to them.
    """
    by_kernel = kernels_are_used()
    if by_kernel and nib is None:
        return _round_outline(centres, halves, plan)
    tangent, room = (_directions_by_kernel if by_kernel else _directions)(centres, plan)
    across: Complexes = tangent * 1j
    turn: Complexes = plan.cap_turn[np.newaxis]
    if nib is not None:
        shape = nib.shape(tangent)
        # The edge of an area is drawn along until it is even.
        slant = np.where(plan.is_area, 0.0, shape.shear)
        across = np.asarray(tangent * (1j + slant), np.complex128)
        shear, roundness = (item[:, plan.cap_at, np.newaxis] for item in (slant, shape.roundness))
        turn = np.asarray(turn.real * roundness + turn.imag * (1j + shear))
    ends = centres[:, plan.cap_at, np.newaxis] + ((halves * tangent)[:, plan.cap_at, np.newaxis] * turn)
    count, samples = centres.shape
    candidates = np.empty((count, 2 * samples + 3 * len(plan.cap_at)), np.complex128)
    candidates[:, 2 * samples :] = ends.reshape(count, -1)
    (_sides_by_kernel if by_kernel else _sides)(centres, halves, room, across, candidates)
    ordered = np.ascontiguousarray(candidates[:, plan.order])
    return ordered.view(np.float64).reshape(count, -1, 2)


def _directions(centres: Complexes, plan: RibbonPlan) -> tuple[Complexes, Floats]:
    """Directions at the samples, of length 1, and how far the outline may be from them: to the right, or, if negative, to
    the left.

    The room is NaN or infinite at the ends of a stroke and where it is straight: no limit.
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
        # Approximates the sine of half the turn by its tangent, which needs no trigonometric functions.
        room = np.minimum(back_length, ahead_length) * (product + dot) * (_FOLD / 2) / cross
        tangent = back / back_length + ahead / ahead_length
        tangent /= np.sqrt(tangent.real**2 + tangent.imag**2)
    lone = ~np.isfinite(tangent.real)
    if lone.any():
        tangent[lone] = _lone_directions(back[lone], ahead[lone])
    return tangent, room


def _directions_by_kernel(centres: Complexes, plan: RibbonPlan) -> tuple[Complexes, Floats]:
    from smashcima.synthesis.pen.outline_kernels import directions, fill_lone

    centres = np.ascontiguousarray(centres)
    tangent, room = np.empty_like(centres), np.empty(centres.shape)
    lone, steps = np.empty(centres.size, np.int64), np.empty(centres.size, np.complex128)
    found = directions(centres, plan.before, plan.after, _FOLD / 2, tangent, room, lone, steps)
    fill_lone(tangent, lone[:found], steps[:found], np.abs(steps[:found]))
    return tangent, room


def _round_outline(centres: Complexes, halves: Floats, plan: RibbonPlan) -> Floats:
    """See `outline_points`: that of a round pen by kernels."""
    from smashcima.synthesis.pen.outline_kernels import in_order, round_sides

    centres = np.ascontiguousarray(centres)
    tangent, room = _directions_by_kernel(centres, plan)
    count, samples = centres.shape
    sides = np.empty((count, 2 * samples), np.complex128)
    along = np.empty((count, len(plan.cap_at), 1), np.complex128)
    round_sides(centres, np.ascontiguousarray(halves), room, tangent, plan.cap_at, sides, along)
    ordered = np.empty((count, len(plan.order)), np.complex128)
    in_order(centres, sides, along * plan.cap_turn[np.newaxis], plan.cap_at, plan.order, ordered)
    return ordered.view(np.float64).reshape(count, -1, 2)


def _sides(centres: Complexes, halves: Floats, room: Floats, across: Complexes, out: Complexes) -> None:
    """Writes the left sides, then the right sides, to the first columns of `out`."""
    samples = centres.shape[1]
    right = np.where(room > 0, np.fmin(halves, room), halves)
    left = np.where(room < 0, np.fmin(halves, -room), halves)
    out[:, :samples] = centres - left * across
    out[:, samples : 2 * samples] = centres + right * across


def _sides_by_kernel(
    centres: Complexes, halves: Floats, room: Floats, across: Complexes, out: Complexes
) -> None:
    from smashcima.synthesis.pen.outline_kernels import sides

    sides(np.ascontiguousarray(centres), np.ascontiguousarray(halves), room, across, out)


def _lone_directions(back: Complexes, ahead: Complexes) -> Complexes:
    """Directions at samples where a neighbour is missing or coincides."""
    direction = back + ahead
    length = np.abs(direction)
    return np.where(length > 0, direction / np.where(length > 0, length, 1.0), 1.0)


class Renderings:
    """Renderings of one symbol as one array, since not all of them are used: an outline is made when it is taken."""

    __slots__ = ("_left", "_spans", "points")

    def __init__(self, points: Floats, spans: Sequence[slice]) -> None:
        """`spans` are those of the rings among the points."""
        self.points = points
        """The points of all rings of each rendering, shape (count, m, 2)."""
        self._spans = spans
        self._left = len(points)

    def __len__(self) -> int:
        """The number of renderings that have not been taken."""
        return self._left

    def take(self) -> Contours:
        """The last rendering that has not been taken."""
        self._left -= 1
        return self._outline(self.points[self._left])

    def all(self) -> list[Contours]:
        """All renderings, from the first to the last."""
        return list(map(self._outline, self.points))

    def _outline(self, rendering: Floats) -> Contours:
        return Contours(tuple([rendering[span] for span in self._spans]))
