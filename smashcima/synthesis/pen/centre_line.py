"""Smooth paths through knots: the strokes of a skeleton before any variation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.kernels import kernels_are_used
from smashcima.quick_init import quick_init
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

DOT_RADIUS = 0.12
"""Radius of the circle that stands for a dot, in mm; half the pen width is added to it."""

_DOT = DOT_RADIUS * np.exp(2j * np.pi * np.arange(12) / 12)

DENSE_TIMES = np.arange(1, DENSE + 1) / DENSE
_T0 = np.append(0.0, DENSE_TIMES)
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


@quick_init
@dataclass(frozen=True, slots=True, eq=False)
class CentreLine:
    """One stroke as samples on a smooth path, in mm. Complex numbers are points x + iy."""

    points: Complexes
    """Samples, shape (n,). Corners occur twice, once for each side."""

    widths: Floats
    """Relative widths, shape (n,)."""

    pieces: tuple[tuple[int, int], ...]
    """First and last sample (inclusive) of each smooth piece."""

    cuts: tuple[int, ...]
    """Samples within pieces at which the outline continues in another ring."""

    filled: bool
    """Whether the inside is ink; such a stroke has one piece and is closed."""

    closed: bool
    """Whether it ends where it starts."""

    dot: bool = False
    """Whether it is a circle that represents a single point."""


Section = tuple[Complexes, Floats]
"""Points and widths from corner to corner."""


def centre_line(stroke: SkeletonStroke, mm_per_unit: float, roundness: float) -> CentreLine:
    """Samples along a stroke, dense where it bends. `roundness` is that of `PenWriter`."""
    (line,) = centre_lines([(stroke, mm_per_unit, roundness)])
    return line


def centre_lines(wanted: Sequence[tuple[SkeletonStroke, float, float]]) -> list[CentreLine]:
    """The lines of several strokes, each with its millimetres per unit and roundness, as of `centre_line`.

    None depends on the others. They are computed together, since a stroke has so few points that calling NumPy takes longer
    than computing.
    """
    drafts = _drafts(wanted)
    if kernels_are_used():
        from smashcima.synthesis.pen.centre_line_arrays import lines_by_kernels

        return lines_by_kernels(drafts, [roundness for _, _, roundness in wanted])
    dense = _dense([draft for draft in drafts if draft.pieces])
    for draft, (_, _, roundness) in zip(drafts, wanted, strict=True):
        draft.sections = [next(dense) for _ in draft.pieces]
        if roundness > 0 and len(draft.sections) > 1:
            draft.sections = _rounded(draft.sections, roundness)
    resampled = _resampled([section for draft in drafts for section in draft.sections])
    for draft in drafts:
        draft.sections = [next(resampled) for _ in draft.sections]
    cuts = _cuts([points for draft in drafts if not draft.filled for points, _ in draft.sections])
    return [assembled(draft, cuts) for draft in drafts]


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


def _drafts(wanted: Sequence[tuple[SkeletonStroke, float, float]]) -> list[Draft]:
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


def _dense(drafts: Sequence[Draft]) -> Iterator[Section]:
    """Dense samples from corner to corner, including the first knot: of a centripetal Catmull-Rom spline, or of a straight
    line between two corners.
    """
    if not drafts:
        return
    _, rows = splines(drafts)
    start = 0
    for draft in drafts:
        knots = draft.knots
        for first, last, _, _ in draft.pieces:
            count = last - first
            if count == 1:
                samples = np.asarray(knots[first] + (knots[last] - knots[first]) * _T0)
            else:
                samples = np.append(knots[first], rows[start : start + count])
            start += count + 3
            yield samples, _spread(draft.widths[first : last + 1])


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


def _spread(widths: Floats) -> Floats:
    """Widths at the dense samples."""
    spread = np.empty(1 + DENSE * (len(widths) - 1))
    spread[0] = widths[0]
    steps = (widths[1:] - widths[:-1])[:, np.newaxis] * DENSE_TIMES
    np.add(widths[:-1, np.newaxis], steps, out=spread[1:].reshape(-1, DENSE))
    return spread


def _rounded(sections: list[Section], roundness: float) -> list[Section]:
    """Replaces corners by arcs, which joins all sections to one."""
    steps = [np.abs(points[1:] - points[:-1]) for points, _ in sections]
    lengths = [float(step.sum()) for step in steps]
    cut = 0.5 * min(roundness, 0.95)
    parts: list[Complexes] = []
    width_parts: list[Floats] = []
    last = len(sections) - 1
    for index, (points, widths) in enumerate(sections):
        along = np.zeros(len(points))
        np.cumsum(steps[index], out=along[1:])
        room_before = cut * min(lengths[index], lengths[index - 1]) if index > 0 else 0.0
        room_after = cut * min(lengths[index], lengths[index + 1]) if index < last else 0.0
        inside = (along > room_before) & (along < lengths[index] - room_after)
        at = np.empty(np.count_nonzero(inside) + 2)
        at[0], at[1:-1], at[-1] = room_before, along[inside], lengths[index] - room_after
        own = _interpolated(at, along, points)
        own_widths = np.interp(at, along, widths)
        if parts:
            corner, start, end = points[0], parts[-1][-1], own[0]
            parts.append(ARC[0] * start + ARC[1] * corner + ARC[2] * end)
            width_parts.append(width_parts[-1][-1] + (own_widths[0] - width_parts[-1][-1]) * ARC_TIMES)
        parts.append(own)
        width_parts.append(own_widths)
    return [(np.concatenate(parts), np.concatenate(width_parts))]


def _interpolated(at: Floats, along: Floats, points: Complexes) -> Complexes:
    return np.interp(at, along, points.real) + 1j * np.interp(at, along, points.imag)


def _resampled(sections: Sequence[Section]) -> Iterator[Section]:
    """The fewest samples of each section that meet the tolerance, including the ends."""
    if not sections:
        return
    all_points = np.concatenate([points for points, _ in sections])
    ends = list(accumulate(len(points) for points, _ in sections))
    density = sample_density(all_points, np.array(ends))
    start = 0
    for (points, widths), end in zip(sections, ends, strict=True):
        needed = np.zeros(end - start)
        np.cumsum(density[start : end - 1], out=needed[1:])
        start = end
        last = float(needed[-1])
        count = max(4, math.ceil(last) + 1)
        # As `np.linspace`, which takes as long as all the rest.
        at = np.arange(count, dtype=np.float64) * (last / (count - 1))
        at[-1] = last
        yield _interpolated(at, needed, points), np.interp(at, needed, widths)


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


def assembled(draft: Draft, cuts: Iterator[list[int]]) -> CentreLine:
    """The sections of a stroke as one line; `cuts` has the next ones of strokes that are not filled."""
    sections = draft.sections
    if not sections:
        return CentreLine(
            draft.knots[0] + _DOT, np.full(12, draft.widths[0]), ((0, 11),), (), True, True, True
        )
    if draft.filled:
        # One ring; the last point of each section repeats the first of the next.
        points = np.concatenate([points[:-1] for points, _ in sections])
        widths = np.concatenate([widths[:-1] for _, widths in sections])
        return CentreLine(points, widths, ((0, len(points) - 1),), (), True, True)
    if len(sections) == 1:
        points, widths = sections[0]
        return CentreLine(points, widths, ((0, len(points) - 1),), tuple(next(cuts)), False, draft.closed)
    pieces: list[tuple[int, int]] = []
    places: list[int] = []
    at = 0
    for points, _ in sections:
        pieces.append((at, at + len(points) - 1))
        places.extend(at + cut for cut in next(cuts))
        at += len(points)
    points = np.concatenate([points for points, _ in sections])
    widths = np.concatenate([widths for _, widths in sections])
    return CentreLine(points, widths, tuple(pieces), tuple(places), False, draft.closed)


def _cuts(sections: Sequence[Complexes]) -> Iterator[list[int]]:
    """Samples of each section at which to start a new ring, so that none exceeds the largest turn."""
    if not sections:
        return
    all_points = np.concatenate(sections)
    turning = turns(all_points[1:] - all_points[:-1])
    start = 0
    for points in sections:
        heading = np.zeros(len(points) - 1)
        np.cumsum(turning[start : start + len(points) - 2], out=heading[1:])
        start += len(points)
        yield _cuts_of(heading.tolist())


def _cuts_of(headings: list[float]) -> list[int]:
    """Samples at which to start a new ring, from the directions of the steps between samples."""
    if max(headings) - min(headings) <= MOST_TURN:
        return []
    # Rings of equal turn, so that a closed loop is divided into two halves.
    cuts: list[int] = []
    low = high = headings[0]
    for index, angle in enumerate(headings):
        low, high = min(low, angle), max(high, angle)
        if high - low > MOST_TURN and 1 < index < len(headings) - 2:
            cuts.append(index)
            low = high = angle
    return cuts
