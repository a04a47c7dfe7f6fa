"""Smooth paths through knots: the strokes of a skeleton before any variation."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from smashcima.kernels import kernels_are_used
from smashcima.quick_init import quick_init
from smashcima.synthesis.pen.centre_line_arrays import sections_by_kernels
from smashcima.synthesis.pen.skeleton import SkeletonStroke
from smashcima.synthesis.pen.stroke_draft import (
    ARC,
    ARC_TIMES,
    DENSE,
    DENSE_TIMES,
    MOST_TURN,
    Complexes,
    Draft,
    Floats,
    Section,
    drafts_of,
    sample_density,
    splines,
    turns,
)

DOT_RADIUS = 0.12
"""Radius of the circle that stands for a dot, in mm; half the pen width is added to it."""

_T0 = np.append(0.0, DENSE_TIMES)

_DOT = DOT_RADIUS * np.exp(2j * np.pi * np.arange(12) / 12)


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


def centre_line(stroke: SkeletonStroke, mm_per_unit: float, roundness: float) -> CentreLine:
    """Samples along a stroke, dense where it bends. `roundness` is that of `PenWriter`."""
    (line,) = centre_lines([(stroke, mm_per_unit, roundness)])
    return line


def centre_lines(wanted: Sequence[tuple[SkeletonStroke, float, float]]) -> list[CentreLine]:
    """The lines of several strokes, each with its millimetres per unit and roundness, as of `centre_line`.

    None depends on the others. They are computed together, since a stroke has so few points that calling NumPy takes longer
    than computing.
    """
    drafts = drafts_of(wanted)
    rounding = [roundness for _, _, roundness in wanted]
    cuts = (sections_by_kernels if kernels_are_used() else _sections)(drafts, rounding)
    return [_assembled(draft, cuts) for draft in drafts]


def _sections(drafts: Sequence[Draft], rounding: Sequence[float]) -> Iterator[list[int]]:
    """Sets the sections of strokes; returns the cuts of each that is not filled, see `CentreLine.cuts`."""
    dense = _dense([draft for draft in drafts if draft.pieces])
    for draft, roundness in zip(drafts, rounding, strict=True):
        draft.sections = [next(dense) for _ in draft.pieces]
        if roundness > 0 and len(draft.sections) > 1:
            draft.sections = _rounded(draft.sections, roundness)
    resampled = _resampled([section for draft in drafts for section in draft.sections])
    for draft in drafts:
        draft.sections = [next(resampled) for _ in draft.sections]
    return _cuts([points for draft in drafts if not draft.filled for points, _ in draft.sections])


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


def _assembled(draft: Draft, cuts: Iterator[list[int]]) -> CentreLine:
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
