"""Run-length encoded masks of all nodes of a page.

Areas, which are large and have no ink, are filled between pixel centres instead. For areas with straight
sides, this gives the same pixels and needs no memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import Mask
from smashcima.kernels import kernels_are_used
from smashcima.short_repr import ShortRepr

Order = Literal["rows", "columns"]


class RunLengths(NamedTuple):
    """Mask of one object in a window around it."""

    left: int
    top: int
    width: int
    height: int
    counts: NDArray[np.int64]
    """Lengths of alternating runs of unset and set pixels, row by row (or column by column) through the
    window. The first run is of unset pixels; its length is 0 if the first pixel is set."""

    @property
    def area(self) -> int:
        """Number of set pixels."""
        return int(self.counts[1::2].sum())


def run_lengths(masks: Sequence[Mask], order: Order = "rows") -> list[RunLengths | None]:
    """Returns run-length encoded masks; `None` for masks without a pixel.

    Windows contain the pixels that areas touch. Columns are for COCO, rows for MuNG.
    """
    return MaskRuns(masks).of(order)


class MaskRuns(ShortRepr):
    """The run lengths of masks in both orders, which share the work that is the same."""

    def __init__(self, masks: Sequence[Mask]) -> None:
        self._masks = masks
        self._places = [index for index, mask in enumerate(masks) if mask.pixels.size]
        self._packed: PackedMasks | None = None

    def __repr__(self) -> str:
        return f"MaskRuns({len(self._masks)} masks)"

    def of(self, order: Order) -> list[RunLengths | None]:
        """The run lengths of all masks; `None` for masks without a pixel."""
        found: list[RunLengths | None] = [None] * len(self._masks)
        for index, counts in zip(self._places, self._counts(order), strict=True):
            left, top, pixels = self._masks[index]
            if len(counts) > 1:
                found[index] = RunLengths(left, top, pixels.shape[1], pixels.shape[0], counts)
        return found

    def _counts(self, order: Order) -> list[NDArray[np.int64]]:
        pixels = [self._masks[index].pixels for index in self._places]
        if not pixels or not kernels_are_used():
            return _counts(pixels, order)
        if self._packed is None:
            self._packed = PackedMasks.of(pixels)
        return self._packed.counts(order)


class PackedMasks(NamedTuple):
    """Masks in one array, in which each row begins at a multiple of eight pixels, for compiled kernels."""

    pixels: NDArray[np.bool_]
    windows: NDArray[np.int64]
    """(n, 3): index of the first pixel, width and height of each mask."""

    @staticmethod
    def of(masks: Sequence[NDArray[np.bool_]]) -> PackedMasks:
        """Copies masks to one array."""
        sizes = np.array([mask.shape for mask in masks], np.int64)
        strides = (sizes[:, 1] + 7) // 8 * 8
        bounds = np.concatenate([[0], np.cumsum(strides * sizes[:, 0])])
        pixels = np.zeros(int(bounds[-1]), np.bool_)
        edges = bounds.tolist()
        for mask, begin, end, stride in zip(masks, edges, edges[1:], strides.tolist(), strict=False):
            pixels[begin:end].reshape(-1, stride)[:, : mask.shape[1]] = mask
        return PackedMasks(pixels, np.stack([bounds[:-1], sizes[:, 1], sizes[:, 0]], axis=1))

    def counts(self, order: Order) -> list[NDArray[np.int64]]:
        """Run lengths of all masks, by a compiled kernel."""
        from smashcima.exporting.annotation.run_kernels import write_column_runs, write_row_runs

        counts = np.empty(len(self.pixels) + len(self.windows), np.int64)
        write = write_row_runs if order == "rows" else write_column_runs
        ends = write(self.pixels.view(np.uint64), self.pixels, self.windows, counts)
        # The rest, which was never touched, is not kept.
        counts = counts[: ends[-1]].copy()
        return [counts[begin:end] for begin, end in pairwise([0, *ends.tolist()])]


def _counts(masks: Sequence[NDArray[np.bool_]], order: Order) -> list[NDArray[np.int64]]:
    """Run lengths of all masks, computed at once."""
    flat = [(mask if order == "rows" else mask.T).ravel() for mask in masks]
    if not flat:
        return []
    values = np.concatenate(flat)
    starts = np.cumsum([0, *map(len, flat)])
    begins = np.empty(len(values) + 1, np.bool_)
    np.not_equal(values[1:], values[:-1], out=begins[1:-1])
    begins[starts] = True
    bounds = np.flatnonzero(begins)
    lengths = np.diff(bounds)
    firsts = np.searchsorted(bounds, starts)
    counts = []
    for first, last in zip(firsts[:-1].tolist(), firsts[1:].tolist(), strict=True):
        runs = lengths[first:last]
        counts.append(np.concatenate([[0], runs]) if values[bounds[first]] else runs)
    return counts


def filled_rows(ring: NDArray[np.float64], width: int, height: int) -> RunLengths | None:
    """Returns the mask of a simple area without holes (N, 2), filled between pixel centres, row by row.

    Each row must intersect the area once, as is the case for staves, measures and other areas.
    """
    low = np.clip(np.floor(ring.min(axis=0)), 0, (width, height)).astype(int)
    high = np.clip(np.ceil(ring.max(axis=0)), 0, (width, height)).astype(int)
    (left, top), (columns, rows) = low.tolist(), (high - low).tolist()
    if rows <= 0 or columns <= 0:
        return None
    if _is_upright(ring):
        begin, end = np.clip(np.ceil([ring.min(axis=0) - 0.5, ring.max(axis=0) - 0.5]), low, high).astype(int)
        return _rectangle(begin.tolist(), end.tolist(), left, top, columns, rows)
    if kernels_are_used():
        from smashcima.exporting.annotation.run_kernels import fill

        counts = fill(np.ascontiguousarray(ring), left, top, columns, rows)
        return RunLengths(left, top, columns, rows, counts) if len(counts) else None
    centres = top + np.arange(rows) + 0.5
    first, last = np.full(rows, np.inf), np.full(rows, -np.inf)
    for (x0, y0), (x1, y1) in zip(ring.tolist(), np.roll(ring, -1, axis=0).tolist(), strict=True):
        if y0 == y1:
            continue
        met = (centres >= min(y0, y1)) & (centres < max(y0, y1))
        at = x0 + (centres[met] - y0) * (x1 - x0) / (y1 - y0)
        first[met] = np.minimum(first[met], at)
        last[met] = np.maximum(last[met], at)
    begin = np.clip(np.ceil(np.where(np.isfinite(first), first, left) - 0.5) - left, 0, columns)
    end = np.clip(np.ceil(np.where(np.isfinite(last), last, left) - 0.5) - left, begin, columns)
    edges = np.stack([begin, end], axis=1) + np.arange(rows)[:, np.newaxis] * columns
    return _from_edges(edges.astype(np.int64), left, top, columns, rows)


def _is_upright(ring: NDArray[np.float64]) -> bool:
    """Whether a ring is an axis-aligned rectangle."""
    if len(ring) != 4:
        return False
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = ring.tolist()
    lies = x0 == x3 and x1 == x2 and y0 == y1 and y2 == y3
    stands = x0 == x1 and x2 == x3 and y0 == y3 and y1 == y2
    return bool(lies or stands)


def _rectangle(
    begin: list[int], end: list[int], left: int, top: int, width: int, height: int
) -> RunLengths | None:
    """Runs of a rectangle of pixels in a window."""
    rows, columns = end[1] - begin[1], end[0] - begin[0]
    if rows <= 0 or columns <= 0:
        return None
    before = (begin[1] - top) * width + begin[0] - left
    if columns == width:
        return RunLengths(left, top, width, height, np.array([before, rows * width]))
    counts = np.tile([width - columns, columns], rows)
    counts[0] = before
    return RunLengths(left, top, width, height, counts)


def _from_edges(edges: NDArray[np.int64], left: int, top: int, width: int, height: int) -> RunLengths | None:
    """Runs from the first and last set pixels of rows; runs that meet at the end of a row are merged."""
    edges = edges[edges[:, 0] < edges[:, 1]]
    if len(edges) == 0:
        return None
    bounds = np.concatenate([[0], edges.ravel(), [width * height]])
    counts = np.diff(bounds)
    meets = np.flatnonzero(counts[2:-1:2] == 0) * 2 + 2  # no gap between the runs of two rows
    for index in meets[::-1].tolist():
        counts[index - 1] += counts[index + 1]
    counts = np.delete(counts, np.concatenate([meets, meets + 1]))
    return RunLengths(left, top, width, height, counts[:-1] if counts[-1] == 0 else counts)
