"""Run-length encoded masks of all nodes of a page.

Areas, which are large and have no ink, are filled between pixel centres instead. For areas with straight
sides, this gives the same pixels and needs no memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import Mask
from smashcima.imaging.regions.outline_arrays import ranges
from smashcima.imaging.regions.spans import Spans
from smashcima.kernels import kernels_are_used
from smashcima.short_repr import ShortRepr

Order = Literal["rows", "columns"]

_NOWHERE = (0, 0, 0, 0)


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


@dataclass(frozen=True, slots=True, eq=False)
class RunTable(ShortRepr, Sequence["RunLengths | None"]):
    """Run lengths of several masks in flat arrays; those of masks without a pixel are `None`."""

    windows: NDArray[np.int64]
    """(n, 4): left, top, width and height."""

    ends: NDArray[np.int64]
    """(n,): end of the runs of each mask in `counts`. A mask without a pixel has none."""

    counts: NDArray[np.int64]
    """The counts of all masks; see `RunLengths`."""

    @staticmethod
    def of_masks(masks: Sequence[Mask], order: Order = "rows") -> RunTable:
        """The run lengths of masks. Windows contain the pixels that areas touch. Columns are for COCO, rows for MuNG."""
        places = [index for index, mask in enumerate(masks) if mask.pixels.size]
        found: list[RunLengths | None] = [None] * len(masks)
        for index, counts in zip(places, _counts([masks[i].pixels for i in places], order), strict=True):
            left, top, pixels = masks[index]
            if len(counts) > 1:
                found[index] = RunLengths(left, top, pixels.shape[1], pixels.shape[0], counts)
        return RunTable.of(found)

    @staticmethod
    def of_spans(spans: Spans, order: Order = "rows") -> RunTable:
        """The same of masks that are given as spans, by a compiled kernel."""
        from smashcima.exporting.annotation.run_kernels import write_column_runs, write_row_runs

        write = write_row_runs if order == "rows" else write_column_runs
        return RunTable(spans.windows, *write(spans.windows, spans.ends, spans.spans))

    @staticmethod
    def of(runs: Sequence[RunLengths | None]) -> RunTable:
        """A table of single masks."""
        windows = np.array([_NOWHERE if each is None else each[:4] for each in runs], np.int64)
        counts = [each.counts for each in runs if each is not None]
        sizes = np.fromiter((0 if each is None else len(each.counts) for each in runs), np.int64, len(runs))
        return RunTable(
            windows.reshape(-1, 4),
            np.cumsum(sizes),
            np.concatenate(counts) if counts else np.zeros(0, np.int64),
        )

    def __len__(self) -> int:
        return len(self.ends)

    def __getitem__(self, index: int) -> RunLengths | None:  # type: ignore[override]
        begin, end = int(self.ends[index - 1]) if index else 0, int(self.ends[index])
        left, top, width, height = self.windows[index].tolist()
        return None if begin == end else RunLengths(left, top, width, height, self.counts[begin:end])

    def __iter__(self) -> Iterator[RunLengths | None]:
        begin, counts = 0, self.counts
        for (left, top, width, height), end in zip(self.windows.tolist(), self.ends.tolist(), strict=True):
            yield None if begin == end else RunLengths(left, top, width, height, counts[begin:end])
            begin = end

    @property
    def sizes(self) -> NDArray[np.int64]:
        """(n,): number of runs of each mask."""
        return np.diff(self.ends, prepend=0)

    def areas(self) -> NDArray[np.int64]:
        """(n,): number of set pixels of each mask."""
        begins = self.ends - self.sizes
        place = np.arange(len(self.counts)) - np.repeat(begins, self.sizes)
        totals = np.concatenate([[0], np.cumsum(np.where(place % 2, self.counts, 0))])
        areas: NDArray[np.int64] = totals[self.ends] - totals[begins]
        return areas

    def chosen(self, indices: NDArray[np.intp]) -> RunTable:
        """The masks with the given indices, in that order."""
        if np.array_equal(indices, np.flatnonzero(self.sizes)):
            return RunTable(self.windows[indices], self.ends[indices], self.counts)
        sizes = self.sizes[indices]
        return RunTable(
            self.windows[indices],
            np.cumsum(sizes),
            self.counts[ranges(self.ends[indices] - sizes, self.ends[indices])],
        )


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


def filled_table(rings: Sequence[NDArray[np.float64]], width: int, height: int) -> RunTable:
    """The masks of areas, row by row: `filled_rows` of each ring."""
    if not rings or not kernels_are_used():
        return RunTable.of([filled_rows(ring, width, height) for ring in rings])
    from smashcima.exporting.annotation.run_kernels import fill

    points = np.concatenate(rings)
    ends = np.cumsum([len(ring) for ring in rings])
    starts = np.concatenate([[0], ends[:-1]])
    low = np.clip(np.floor(np.minimum.reduceat(points, starts)), 0, (width, height)).astype(np.int64)
    high = np.clip(np.ceil(np.maximum.reduceat(points, starts)), 0, (width, height)).astype(np.int64)
    windows = np.concatenate([low, high - low], axis=1)
    return RunTable(windows, *fill(points, ends, windows))


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
    counts = np.tile([width - columns, columns], rows)
    if columns == width:
        counts = np.array([before, rows * width])
    counts[0] = before
    rest = width * height - int(counts.sum())
    return RunLengths(left, top, width, height, np.append(counts, rest) if rest else counts)


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
