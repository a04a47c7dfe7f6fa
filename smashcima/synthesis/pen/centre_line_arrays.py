"""Centre lines of many strokes as a few arrays: the road of `centre_line` with compiled kernels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice, pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.pen.stroke_draft import (
    ARC,
    ARC_TIMES,
    DENSE,
    DENSE_TIMES,
    MOST_TURN,
    Complexes,
    Draft,
    Floats,
    sample_density,
    splines,
    turns,
)

Indices = NDArray[np.int64]


def sections_by_kernels(drafts: Sequence[Draft], rounding: Sequence[float]) -> Iterator[list[int]]:
    """Sets the sections of strokes; returns the cuts of each that is not filled, see `CentreLine.cuts`."""
    from smashcima.synthesis.pen import centre_line_kernels as kernels

    counts = [len(draft.pieces) for draft in drafts]
    if not any(counts):
        return iter([])
    points, widths, starts = _dense(drafts)
    if any(count > 1 and roundness > 0 for count, roundness in zip(counts, rounding, strict=True)):
        x, y, widths, starts, counts = _rounded(points, widths, starts, counts, rounding)
    else:
        x, y = points.real.copy(), points.imag.copy()
    density = sample_density(_joined(x, y), starts[1:])
    needed, new_starts = np.empty(len(x)), np.zeros(len(starts), np.int64)
    total = kernels.sample_counts(density, starts, needed, new_starts)
    points, new_widths = np.empty(total, np.complex128), np.empty(total)
    kernels.resampled(needed, x, y, widths, starts, new_starts, points, new_widths)
    bounds = pairwise(new_starts.tolist())
    for draft, count in zip(drafts, counts, strict=True):
        draft.sections = [(points[a:b], new_widths[a:b]) for a, b in islice(bounds, count)]

    is_cut = np.repeat([not draft.filled for draft in drafts], counts)
    cuts, cut_counts = np.empty(total, np.int64), np.empty(len(is_cut), np.int64)
    found = kernels.cuts_of(turns(points[1:] - points[:-1]), new_starts, is_cut, MOST_TURN, cuts, cut_counts)
    places = iter(cuts[:found].tolist())
    return iter([list(islice(places, count)) for count in cut_counts[is_cut].tolist()])


def _joined(x: Floats, y: Floats) -> Complexes:
    points = np.empty(len(x), np.complex128)
    points.real, points.imag = x, y
    return points


def _dense(drafts: Sequence[Draft]) -> tuple[Complexes, Floats, Indices]:
    """Points and widths of dense samples, and where each section starts, followed by their number."""
    from smashcima.synthesis.pen.centre_line_kernels import dense_samples

    chain, rows = splines(drafts)
    spans = np.array([piece[1] - piece[0] for draft in drafts for piece in draft.pieces])
    widths = np.concatenate(
        [draft.widths[piece[0] : piece[1] + 1] for draft in drafts for piece in draft.pieces]
    )
    starts = np.zeros(len(spans) + 1, np.int64)
    np.cumsum(1 + DENSE * spans, out=starts[1:])
    points, new_widths = np.empty(starts[-1], np.complex128), np.empty(starts[-1])
    places = np.cumsum(spans + 3) - spans - 3
    dense_samples(rows, chain, widths, places, spans, DENSE_TIMES, points, new_widths)
    return points, new_widths, starts


def _rounded(
    points: Complexes,
    widths: Floats,
    starts: Indices,
    counts: Sequence[int],
    rounding: Sequence[float],
) -> tuple[Floats, Floats, Floats, Indices, list[int]]:
    """Sections with their corners rounded, and their number for each stroke."""
    from smashcima.synthesis.pen.centre_line_kernels import rounded

    moves = np.abs(points[1:] - points[:-1])
    is_joined = [count > 1 and roundness > 0 for count, roundness in zip(counts, rounding, strict=True)]
    lengths = np.zeros(len(starts) - 1)
    bounds, section = starts.tolist(), 0
    for count, joins in zip(counts, is_joined, strict=True):
        if joins:
            for number in range(section, section + count):
                # The sum of NumPy, which adds in another order than the running sum.
                lengths[number] = np.add.reduce(moves[bounds[number] : bounds[number + 1] - 1])
        section += count
    room = len(points) + (2 + len(ARC_TIMES)) * len(lengths)
    x, y, new_widths = np.empty((3, room))
    new_starts = np.zeros(len(starts), np.int64)
    firsts = np.array(list(accumulate(counts, initial=0)), np.int64)
    cuts = np.array(
        [0.5 * min(own, 0.95) if joins else 0.0 for own, joins in zip(rounding, is_joined, strict=True)]
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
        ARC,
        ARC_TIMES,
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
