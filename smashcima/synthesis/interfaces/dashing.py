"""Dashing of polylines, for line and curve synthesizers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def dash_polyline(points: NDArray[np.float64], dashes: Sequence[float]) -> list[NDArray[np.float64]]:
    """Cuts a polyline of shape (N, 2) into dashes; `dashes` are alternating lengths of dashes and gaps.

    The pattern repeats. As in SVG, a pattern with an odd number of lengths is concatenated with itself. If the
    lengths sum to 0, the whole polyline is returned.
    """
    pattern = np.asarray(dashes if len(dashes) % 2 == 0 else [*dashes, *dashes], dtype=np.float64)
    period = float(pattern.sum()) if len(pattern) else 0.0
    steps = np.hypot(*np.diff(points, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(steps)])
    total = float(along[-1])
    if period <= 0 or total <= 0:
        return [points]
    edges = np.concatenate([[0.0], np.cumsum(pattern)])
    strokes = []
    for turn in range(int(total / period) + 1):
        for first, last in zip(edges[:-1:2], edges[1::2], strict=True):
            start, end = turn * period + first, min(turn * period + last, total)
            if start < total and end > start:
                strokes.append(_between(points, along, start, end))
    return strokes


def _between(
    points: NDArray[np.float64], along: NDArray[np.float64], start: float, end: float
) -> NDArray[np.float64]:
    """The part of a polyline between two arc lengths."""
    inside = points[(along > start) & (along < end)]
    ends = np.stack([np.interp((start, end), along, points[:, axis]) for axis in (0, 1)], axis=1)
    return np.concatenate([ends[:1], inside, ends[1:]])
