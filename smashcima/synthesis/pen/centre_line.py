"""Smooth paths through knots: the strokes of a skeleton before any variation."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.quick_init import quick_init
from smashcima.synthesis.pen.skeleton import SkeletonStroke

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]

TOLERANCE = 0.01
"""Largest deviation of the samples from the path, in mm: an eighth of a pixel at 300 pixels per inch."""

LONGEST_STEP = 0.8
"""Longest distance between samples, in mm; longer ones could not represent tremor."""

_DENSE = 10
"""Number of samples between two knots before simplification."""

_MOST_TURN = math.radians(200)
"""Largest turn of a ring; strokes that turn further are outlined by several rings, so that none intersects itself."""

DOT_RADIUS = 0.12
"""Radius of the circle that stands for a dot, in mm; half the pen width is added to it."""

_DOT = DOT_RADIUS * np.exp(2j * np.pi * np.arange(12) / 12)

_T = np.arange(1, _DENSE + 1) / _DENSE
_T0 = np.append(0.0, _T)
_ARC_T = np.arange(1, 6) / 6
_ARC = ((1 - _ARC_T) ** 2, 2 * _ARC_T * (1 - _ARC_T), _ARC_T**2)
"""Weights of start, corner and end at the samples of the arc that replaces a corner."""

_HERMITE = np.stack(
    [2 * _T**3 - 3 * _T**2 + 1, _T**3 - 2 * _T**2 + _T, -2 * _T**3 + 3 * _T**2, _T**3 - _T**2]
).astype(np.complex128)
"""Hermite weights of start, start tangent, end and end tangent, shape (4, _DENSE)."""


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
    knots: Complexes = np.array([complex(x, y) for x, y in stroke.knots], dtype=np.complex128) * mm_per_unit
    widths = np.array(stroke.widths if len(stroke.widths) == len(knots) else stroke.widths * len(knots))
    knots, widths, corners = _without_repeats(knots, widths, stroke.corners)
    if len(knots) == 1:
        return CentreLine(knots[0] + _DOT, np.full(12, widths[0]), ((0, 11),), (), True, True, True)
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
    sections = _sections(knots, widths, corners, smooth_ends)
    if roundness > 0 and len(sections) > 1:
        sections = _rounded(sections, roundness)
    sections = [_resampled(*section) for section in sections]
    return _assembled(sections, stroke.filled, closed)


def _without_repeats(
    knots: Complexes, widths: Floats, corners: frozenset[int]
) -> tuple[Complexes, Floats, frozenset[int]]:
    """Removes knots that coincide with the previous one."""
    moves = np.abs(knots[1:] - knots[:-1]) > 1e-9
    if moves.all():
        return knots, widths, corners
    keep = np.append(True, moves)
    place = np.cumsum(keep) - 1
    return (
        knots[keep],
        widths[keep],
        frozenset(int(place[corner]) for corner in corners if corner < len(place)),
    )


def _signed_area(points: Complexes) -> float:
    return float((np.conj(points) * np.roll(points, -1)).imag.sum()) / 2


def _sections(
    knots: Complexes, widths: Floats, corners: frozenset[int], smooth_ends: bool
) -> list[tuple[Complexes, Floats]]:
    """Dense samples from corner to corner."""
    bounds = [0, *sorted(corner for corner in corners if 0 < corner < len(knots) - 1), len(knots) - 1]
    sections = []
    for first, last in pairwise(bounds):
        own = knots[first : last + 1]
        if smooth_ends:
            before = knots[-2] if first == 0 else _phantom(own)
            after = knots[1] if last == len(knots) - 1 else _phantom(own[::-1])
        else:
            before, after = _phantom(own), _phantom(own[::-1])
        sections.append((_catmull_rom(own, before, after), _spread(widths[first : last + 1])))
    return sections


def _phantom(knots: Complexes) -> complex:
    """A knot before the first one that extrapolates the arc of the first three."""
    step = complex(knots[1] - knots[0])
    if len(knots) == 2:
        return complex(knots[0]) - step
    turn = complex(knots[2] - knots[1]) / step
    angle = min(max(math.atan2(turn.imag, turn.real), -1.0), 1.0)
    return complex(knots[0]) - step * complex(math.cos(angle), -math.sin(angle))


def _catmull_rom(knots: Complexes, before: complex, after: complex) -> Complexes:
    """Dense samples of a centripetal Catmull-Rom spline, including the first knot."""
    if len(knots) == 2:
        # Between two corners, the line is straight.
        return np.asarray(knots[0] + (knots[1] - knots[0]) * _T0)
    chain = np.empty(len(knots) + 2, np.complex128)
    chain[0], chain[1:-1], chain[-1] = before, knots, after
    step = chain[1:] - chain[:-1]
    time = np.sqrt(np.abs(step))
    time[time == 0] = 1e-6
    speed = step / time
    wide = (chain[2:] - chain[:-2]) / (time[1:] + time[:-1])
    tangent = speed[:-1] + speed[1:] - wide
    span = time[1:-1]
    parts = np.empty((len(span), 4), np.complex128)
    parts[:, 0], parts[:, 1] = knots[:-1], tangent[:-1] * span
    parts[:, 2], parts[:, 3] = knots[1:], tangent[1:] * span
    samples = np.empty(1 + _DENSE * len(span), np.complex128)
    samples[0] = knots[0]
    np.matmul(parts, _HERMITE, out=samples[1:].reshape(-1, _DENSE))
    return samples


def _spread(widths: Floats) -> Floats:
    """Widths at the dense samples."""
    spread = np.empty(1 + _DENSE * (len(widths) - 1))
    spread[0] = widths[0]
    steps = (widths[1:] - widths[:-1])[:, np.newaxis] * _T
    np.add(widths[:-1, np.newaxis], steps, out=spread[1:].reshape(-1, _DENSE))
    return spread


def _rounded(sections: list[tuple[Complexes, Floats]], roundness: float) -> list[tuple[Complexes, Floats]]:
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
            parts.append(_ARC[0] * start + _ARC[1] * corner + _ARC[2] * end)
            width_parts.append(width_parts[-1][-1] + (own_widths[0] - width_parts[-1][-1]) * _ARC_T)
        parts.append(own)
        width_parts.append(own_widths)
    return [(np.concatenate(parts), np.concatenate(width_parts))]


def _interpolated(at: Floats, along: Floats, points: Complexes) -> Complexes:
    return np.interp(at, along, points.real) + 1j * np.interp(at, along, points.imag)


def _resampled(points: Complexes, widths: Floats) -> tuple[Complexes, Floats]:
    """The fewest samples that meet the tolerance, including the ends."""
    step = points[1:] - points[:-1]
    length = np.maximum(np.abs(step), 1e-12)
    bend = np.zeros(len(step) + 1)
    bend[1:-1] = 2 * np.abs(_turns(step)) / (length[1:] + length[:-1])
    bend = np.maximum(bend[1:], bend[:-1])
    needed = np.zeros(len(step) + 1)
    np.cumsum(length * np.maximum(np.sqrt(bend / (8 * TOLERANCE)), 1 / LONGEST_STEP), out=needed[1:])
    last = float(needed[-1])
    count = max(4, math.ceil(last) + 1)
    # As `np.linspace`, which takes as long as all the rest.
    at = np.arange(count, dtype=np.float64) * (last / (count - 1))
    at[-1] = last
    return _interpolated(at, needed, points), np.interp(at, needed, widths)


def _turns(step: Complexes) -> Floats:
    """Angles between steps, from -pi to pi."""
    product = step[1:] * np.conj(step[:-1])
    return np.arctan2(product.imag, product.real)


def _assembled(sections: Sequence[tuple[Complexes, Floats]], filled: bool, closed: bool) -> CentreLine:
    """The sections of a stroke as one line."""
    if filled:
        # One ring; the last point of each section repeats the first of the next.
        points = np.concatenate([points[:-1] for points, _ in sections])
        widths = np.concatenate([widths[:-1] for _, widths in sections])
        return CentreLine(points, widths, ((0, len(points) - 1),), (), True, True)
    pieces: list[tuple[int, int]] = []
    cuts: list[int] = []
    at = 0
    for points, _ in sections:
        pieces.append((at, at + len(points) - 1))
        cuts.extend(at + cut for cut in _cuts(points))
        at += len(points)
    points = np.concatenate([points for points, _ in sections])
    widths = np.concatenate([widths for _, widths in sections])
    return CentreLine(points, widths, tuple(pieces), tuple(cuts), False, closed)


def _cuts(points: Complexes) -> list[int]:
    """Samples at which to start a new ring, so that none exceeds the largest turn."""
    heading = np.zeros(len(points) - 1)
    np.cumsum(_turns(points[1:] - points[:-1]), out=heading[1:])
    headings = heading.tolist()
    if max(headings) - min(headings) <= _MOST_TURN:
        return []
    # Rings of equal turn, so that a closed loop is divided into two halves.
    cuts: list[int] = []
    low = high = headings[0]
    for index, angle in enumerate(headings):
        low, high = min(low, angle), max(high, angle)
        if high - low > _MOST_TURN and 1 < index < len(points) - 3:
            cuts.append(index)
            low = high = angle
    return cuts
