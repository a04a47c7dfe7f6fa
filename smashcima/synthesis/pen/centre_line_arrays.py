"""Centre lines of many strokes as a few arrays: the road of `centre_lines` with compiled kernels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.pen import centre_line
from smashcima.synthesis.pen.centre_line import CentreLine, Complexes, Draft, Floats

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class _Sections:
    """Samples from corner to corner of several strokes."""

    points: Complexes
    widths: Floats
    starts: Indices
    """Where each section starts, followed by the number of samples."""

    owners: list[list[int]]
    """The numbers of the sections of each stroke; empty for dots."""

    cuts: list[list[int]]
    """Samples of each section at which the outline continues in another ring; see `CentreLine.cuts`."""


def lines_by_kernels(drafts: Sequence[Draft], roundness: Sequence[float]) -> list[CentreLine]:
    """The lines of strokes; see `centre_lines`."""
    sections = _sections(drafts, roundness)
    bounds = sections.starts.tolist()
    parts = [(sections.points[a:b], sections.widths[a:b]) for a, b in pairwise(bounds)]
    lines = []
    for draft, own in zip(drafts, sections.owners, strict=True):
        draft.sections = [parts[number] for number in own]
        lines.append(centre_line.assembled(draft, (sections.cuts[number] for number in own)))
    return lines


def _sections(drafts: Sequence[Draft], roundness: Sequence[float]) -> _Sections:
    from smashcima.synthesis.pen import centre_line_kernels as kernels

    counts = [len(draft.pieces) for draft in drafts]
    if not any(counts):
        return _Sections(
            np.zeros(0, np.complex128), np.zeros(0), np.zeros(1, np.int64), [[] for _ in drafts], []
        )
    points, widths, starts = _dense(drafts)
    if any(count > 1 and round_off > 0 for count, round_off in zip(counts, roundness, strict=True)):
        x, y, widths, starts, counts = _rounded(points, widths, starts, counts, roundness)
    else:
        x, y = points.real.copy(), points.imag.copy()
    density = centre_line.sample_density(_joined(x, y), starts[1:])
    needed, new_starts = np.empty(len(x)), np.zeros(len(starts), np.int64)
    total = kernels.sample_counts(density, starts, needed, new_starts)
    points, new_widths = np.empty(total, np.complex128), np.empty(total)
    kernels.resampled(needed, x, y, widths, starts, new_starts, points, new_widths)

    is_cut = np.repeat([not draft.filled for draft in drafts], counts)
    cuts, cut_counts = np.empty(total, np.int64), np.empty(len(is_cut), np.int64)
    turns = centre_line.turns(points[1:] - points[:-1])
    found = kernels.cuts_of(turns, new_starts, is_cut, centre_line.MOST_TURN, cuts, cut_counts)
    ends = list(accumulate(cut_counts.tolist(), initial=0))
    places = cuts[:found].tolist()
    firsts = list(accumulate(counts, initial=0))
    return _Sections(
        points,
        new_widths,
        new_starts,
        [list(range(a, b)) for a, b in pairwise(firsts)],
        [places[a:b] for a, b in pairwise(ends)],
    )


def _joined(x: Floats, y: Floats) -> Complexes:
    points = np.empty(len(x), np.complex128)
    points.real, points.imag = x, y
    return points


def _dense(drafts: Sequence[Draft]) -> tuple[Complexes, Floats, Indices]:
    """Points and widths of dense samples, and where each section starts, followed by their number."""
    from smashcima.synthesis.pen.centre_line_kernels import dense_samples

    chain, rows = centre_line.splines(drafts)
    spans = np.array([piece[1] - piece[0] for draft in drafts for piece in draft.pieces])
    widths = np.concatenate(
        [draft.widths[piece[0] : piece[1] + 1] for draft in drafts for piece in draft.pieces]
    )
    starts = np.zeros(len(spans) + 1, np.int64)
    np.cumsum(1 + centre_line.DENSE * spans, out=starts[1:])
    points, new_widths = np.empty(starts[-1], np.complex128), np.empty(starts[-1])
    places = np.cumsum(spans + 3) - spans - 3
    dense_samples(rows, chain, widths, places, spans, centre_line.DENSE_TIMES, points, new_widths)
    return points, new_widths, starts


def _rounded(
    points: Complexes,
    widths: Floats,
    starts: Indices,
    counts: Sequence[int],
    roundness: Sequence[float],
) -> tuple[Floats, Floats, Floats, Indices, list[int]]:
    """Sections with their corners rounded, and their number for each stroke."""
    from smashcima.synthesis.pen.centre_line_kernels import rounded

    moves = np.abs(points[1:] - points[:-1])
    is_joined = [count > 1 and round_off > 0 for count, round_off in zip(counts, roundness, strict=True)]
    lengths = np.zeros(len(starts) - 1)
    bounds, section = starts.tolist(), 0
    for count, joins in zip(counts, is_joined, strict=True):
        if joins:
            for number in range(section, section + count):
                # The sum of NumPy, which adds in another order than the running sum.
                lengths[number] = np.add.reduce(moves[bounds[number] : bounds[number + 1] - 1])
        section += count
    room = len(points) + (2 + len(centre_line.ARC_TIMES)) * len(lengths)
    x, y, new_widths = np.empty((3, room))
    new_starts = np.zeros(len(starts), np.int64)
    firsts = np.array(list(accumulate(counts, initial=0)), np.int64)
    cuts = np.array(
        [0.5 * min(own, 0.95) if joins else 0.0 for own, joins in zip(roundness, is_joined, strict=True)]
    )
    found = rounded(
        points.real.copy(),
        points.imag.copy(),
        widths,
        moves,
        starts,
        lengths,
        firsts,
        cuts,
        centre_line.ARC,
        centre_line.ARC_TIMES,
        np.empty(len(points)),
        x,
        y,
        new_widths,
        new_starts,
    )
    new_starts = new_starts[: found + 1]
    end = int(new_starts[-1])
    return (
        x[:end],
        y[:end],
        new_widths[:end],
        new_starts,
        [1 if joins else count for count, joins in zip(counts, is_joined, strict=True)],
    )
