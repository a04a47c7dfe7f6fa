"""Areas put together from those of regions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.compositing import Outlines


def united(
    outlines: Outlines, groups: Sequence[Sequence[int]], extra: Sequence[NDArray[np.float64]]
) -> Outlines:
    """Shapes that each consist of the rings of one or several others, and then shapes of one ring (N, 2) each."""
    counts = np.array([len(group) for group in groups], np.intp)
    chosen = np.array([shape for group in groups for shape in group], np.intp)
    ring_counts = np.diff(outlines.shape_rings)[chosen]
    rings = _ranges(outlines.shape_rings[chosen], ring_counts)
    lengths = np.diff(outlines.ring_starts)[rings]
    points = outlines.points[_ranges(outlines.ring_starts[rings], lengths)]
    if extra:
        points = np.concatenate([points, *extra])
        lengths = np.concatenate([lengths, [len(ring) for ring in extra]])
    ring_starts = _totals(lengths)
    per_group = np.add.reduceat(np.append(ring_counts, 0), _totals(counts)[:-1]) if len(groups) else counts
    per_group = np.where(counts > 0, per_group, 0)
    shape_rings = _totals(np.concatenate([per_group, np.ones(len(extra), np.intp)]))
    following = np.arange(1, len(points) + 1)
    following[ring_starts[1:] - 1] = ring_starts[:-1]
    return Outlines(points, following, ring_starts, shape_rings)


def _totals(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    totals = np.zeros(len(counts) + 1, np.intp)
    np.cumsum(counts, out=totals[1:])
    return totals


def _ranges(starts: NDArray[np.intp], counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """The numbers of `range(starts[i], starts[i] + counts[i])` for every i, one after the other."""
    totals = _totals(counts)
    return np.arange(totals[-1]) + np.repeat(starts - totals[:-1], counts)
