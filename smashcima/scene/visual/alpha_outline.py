"""Exact outlines of bitmap masks along pixel edges, with holes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours

_Vertices = NDArray[np.int64]
_RIGHT, _DOWN, _LEFT, _UP = range(4)


def outline_mask(mask: NDArray[np.bool_]) -> Contours:
    """The outline of all true pixels of a mask of shape (height_px, width_px), in pixels from its top left corner.

    Outer rings run clockwise with y down, holes counterclockwise. Pixels that touch only at a corner get separate
    rings, so that no ring touches itself there.
    """
    # Every straight run of pixel edges, directed so that the ink is to its right.
    steps = np.pad(mask.astype(np.int8), 1)
    below, beside = np.diff(steps, axis=0), np.diff(steps, axis=1).T
    runs = {
        _RIGHT: _runs(below == 1),
        _LEFT: _runs(below == -1)[::-1],
        _DOWN: tuple(ends[:, ::-1] for ends in _runs(beside == -1)),
        _UP: tuple(ends[:, ::-1] for ends in _runs(beside == 1)[::-1]),
    }
    starts = np.concatenate([runs[direction][0] for direction in range(4)])
    ends = np.concatenate([runs[direction][1] for direction in range(4)])
    directions = np.repeat(np.arange(4), [len(runs[direction][0]) for direction in range(4)])
    following = _following(starts, ends, directions, width=mask.shape[1] + 1)
    corners = starts.astype(np.float64)
    rings = []
    unseen = [True] * len(following)
    for first in range(len(following)):
        ring = []
        current = first
        while unseen[current]:
            unseen[current] = False
            ring.append(current)
            current = following[current]
        if ring:
            rings.append(corners[ring])
    return Contours(tuple(rings))


def _runs(edges: NDArray[np.bool_]) -> tuple[_Vertices, _Vertices]:
    """Start and end vertices (x, y) of the runs of true values in each row; the first and last column are false."""
    changes = np.diff(edges.astype(np.int8), axis=1)
    return np.argwhere(changes == 1)[:, ::-1], np.argwhere(changes == -1)[:, ::-1]


def _following(starts: _Vertices, ends: _Vertices, directions: _Vertices, width: int) -> list[int]:
    """For each run, the index of the next one in its ring."""

    def keys(vertices: _Vertices, leaving: _Vertices) -> _Vertices:
        keyed: _Vertices = (vertices[:, 1] * width + vertices[:, 0]) * 4 + leaving
        return keyed

    outgoing = keys(starts, directions)
    order = np.argsort(outgoing)
    in_order = outgoing[order]
    # If four runs meet, a right turn stays around the same pixel.
    right, left = keys(ends, (directions + 1) % 4), keys(ends, (directions + 3) % 4)
    found = np.minimum(np.searchsorted(in_order, right), max(len(in_order) - 1, 0))
    wanted = np.where(in_order[found] == right, right, left) if len(in_order) else right
    following: list[int] = order[np.searchsorted(in_order, wanted)].tolist()
    return following
