"""Many placed outlines as flat arrays, so that thousands of shapes are moved and measured at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.geometry import Contours

Affine = tuple[float, float, float, float, float, float]
"""The numbers a, b, c, d, e, f of a `Transform`, as a plain tuple because there are thousands."""


@dataclass(frozen=True, slots=True, eq=False)
class Outlines:
    """The closed rings of a sequence of shapes, one after the other."""

    points: NDArray[np.float64]
    """(N, 2): the points of all rings, in pixels (or whatever the transforms lead to)."""

    following: NDArray[np.intp]
    """(N,): index of the next point on the same ring."""

    ring_starts: NDArray[np.intp]
    """(R + 1,): index of the first point of each ring; at the end, N."""

    shape_rings: NDArray[np.intp]
    """(S + 1,): index of the first ring of each shape; at the end, R. A shape may have no ring."""

    @staticmethod
    def of(contours: Sequence[Contours], transforms: Iterable[Affine]) -> Outlines:
        """The outlines of `contours[i]` under the i-th transform. Rings of fewer than three points are left out.

        An outline that is shared by many shapes is read once. Raises an `ExportError` for numbers that are not
        finite.
        """
        slots: dict[int, int] = {}
        unique: list[Contours] = []
        slot_of_shape = np.empty(len(contours), np.intp)
        for index, outline in enumerate(contours):
            slot = slots.setdefault(id(outline), len(unique))  # shared values, told apart while they are held
            if slot == len(unique):
                unique.append(outline)
            slot_of_shape[index] = slot
        flat: list[NDArray[np.float64]] = []
        ring_counts: list[int] = []
        for outline in unique:
            before = len(flat)
            for ring in outline.rings:
                if len(ring) >= 3:
                    flat.append(ring)
            ring_counts.append(len(flat) - before)
        if not flat:
            return Outlines(
                np.empty((0, 2)),
                np.empty(0, np.intp),
                np.zeros(1, np.intp),
                np.zeros(len(contours) + 1, np.intp),
            )
        source = np.concatenate(flat)
        slot_rings = _offsets(np.array(ring_counts))
        source_starts = _offsets(np.array([len(ring) for ring in flat]))

        ring_of = _ranges(slot_rings[slot_of_shape], slot_rings[slot_of_shape + 1])
        shape_rings = _offsets(slot_rings[slot_of_shape + 1] - slot_rings[slot_of_shape])
        point_of = _ranges(source_starts[ring_of], source_starts[ring_of + 1])
        ring_starts = _offsets(source_starts[ring_of + 1] - source_starts[ring_of])

        following = np.arange(1, len(point_of) + 1)
        following[ring_starts[1:] - 1] = ring_starts[:-1]
        counts = np.diff(ring_starts[shape_rings])
        a, b, c, d, e, f = (
            np.repeat(column, counts) for column in np.array(list(transforms), np.float64).reshape(-1, 6).T
        )
        # Outlines that are all different already lie in order.
        x, y = (source if len(unique) == len(contours) else source[point_of]).T.copy()
        points = np.empty((len(x), 2))
        points[:, 0] = x * a + y * c + e
        points[:, 1] = x * b + y * d + f
        if not np.isfinite(points).all():
            raise ExportError("The scene has outlines or transforms with numbers that are not finite.")
        return Outlines(points, following, ring_starts, shape_rings)

    def __len__(self) -> int:
        return len(self.shape_rings) - 1

    @property
    def shape_starts(self) -> NDArray[np.intp]:
        """(S + 1,): index of the first point of each shape; at the end, N."""
        return self.ring_starts[self.shape_rings]

    def bboxes(self) -> NDArray[np.float64]:
        """(S, 4): left, top, right, bottom of each shape; NaN for a shape without rings."""
        boxes = np.full((len(self), 4), np.nan)
        starts = self.shape_starts
        filled = np.flatnonzero(starts[1:] > starts[:-1])
        if len(filled):
            boxes[filled, :2] = np.minimum.reduceat(self.points, starts[filled])
            boxes[filled, 2:] = np.maximum.reduceat(self.points, starts[filled])
        return boxes


def _offsets(counts: NDArray[np.intp]) -> NDArray[np.intp]:
    """Running totals of counts, from 0."""
    totals = np.zeros(len(counts) + 1, np.intp)
    np.cumsum(counts, out=totals[1:])
    return totals


def _ranges(starts: NDArray[np.intp], ends: NDArray[np.intp]) -> NDArray[np.intp]:
    """The numbers of `range(starts[i], ends[i])` for every i, one after the other."""
    counts = ends - starts
    totals = _offsets(counts)
    return np.arange(totals[-1]) + np.repeat(starts - totals[:-1], counts)
