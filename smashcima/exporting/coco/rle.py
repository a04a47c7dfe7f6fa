"""COCO run-length encoding of the masks of all objects of an image.

A mask covers the whole image, column by column. Its counts are encoded as text: each as the difference to the
count two before, in groups of five bits, lowest first, plus 48; bit 5 marks that more groups follow. Source:
`rleToString` in maskApi.c of the COCO API.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation.run_lengths import RunTable
from smashcima.kernels import kernels_are_used

_MOST_GROUPS = 7
"""Maximum number of five-bit groups of a count below 2**32."""


class Counts(NamedTuple):
    """Run lengths of several masks, each for the whole image."""

    flat: NDArray[np.int32]
    """Run lengths of all masks, concatenated."""

    sizes: NDArray[np.intp]
    """(n,): number of runs of each mask."""

    areas: NDArray[np.int64]
    """(n,): number of set pixels of each mask."""

    def lists(self) -> list[list[int]]:
        """Run lengths of each mask."""
        ends = np.cumsum(self.sizes).tolist()
        flat = self.flat.tolist()
        return [flat[begin:end] for begin, end in zip([0, *ends[:-1]], ends, strict=True)]


def coco_counts(masks: RunTable, height: int, width: int) -> Counts:
    """Returns the counts of masks for a whole image, from masks that run column by column through their
    windows. All of them have pixels.
    """
    if len(masks) and kernels_are_used():
        return _counts_by_kernel(masks, height, width)
    starts, lengths, owners = _column_runs(masks, height)
    ends = starts + lengths
    # Runs that meet at the end of a column are joined.
    meets = (ends[:-1] == starts[1:]) & (owners[:-1] == owners[1:])
    first, last = np.ones(len(starts), np.bool_), np.ones(len(starts), np.bool_)
    first[1:] = last[:-1] = ~meets
    starts, ends, owners = starts[first], ends[last], owners[first]
    before = np.concatenate([[0], ends[:-1]])
    before[1:][owners[1:] != owners[:-1]] = 0
    runs = np.bincount(owners, minlength=len(masks))
    rest = height * width - ends[np.cumsum(runs) - 1]
    sizes = 2 * runs + (rest > 0)
    flat = np.empty(int(sizes.sum()), np.int32)
    outside = 2 * np.arange(len(starts)) + np.concatenate([[0], np.cumsum(rest > 0)])[owners]
    flat[outside] = starts - before
    flat[outside + 1] = ends - starts
    flat[np.cumsum(sizes)[rest > 0] - 1] = rest[rest > 0]
    areas = np.bincount(owners, ends - starts, len(masks)).astype(np.int64)
    return Counts(flat, sizes, areas)


def _counts_by_kernel(masks: RunTable, height: int, width: int) -> Counts:
    """`coco_counts` by a compiled kernel."""
    from smashcima.exporting.coco.rle_kernels import write_counts

    # A run that crosses columns of its window is several runs in the image.
    room = len(masks.counts) + 2 * int(masks.windows[:, 2].sum()) + 2 * len(masks)
    flat = np.empty(room, np.int32)
    sizes, areas = np.empty(len(masks), np.int64), np.empty(len(masks), np.int64)
    windows = np.ascontiguousarray(masks.windows[:, (0, 1, 3)])
    used = write_counts(masks.counts, masks.ends, windows, height, width, flat, sizes, areas)
    return Counts(flat[:used], sizes, areas)


def _column_runs(
    masks: RunTable, height: int
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32]]:
    """Starts, lengths and mask indices of the runs of set pixels in the image; no run crosses a column."""
    if not len(masks):
        nothing = np.zeros(0, np.int32)
        return nothing, nothing, nothing
    edges = [np.cumsum(mask.counts, dtype=np.int32) for mask in masks if mask is not None]
    begin = np.concatenate([each[:-1:2] for each in edges])
    end = np.concatenate([each[1::2] for each in edges])
    owner = np.repeat(np.arange(len(masks), dtype=np.int32), [len(each) // 2 for each in edges])
    lefts, tops, all_rows = masks.windows[:, (0, 1, 3)].astype(np.int32).T
    rows = all_rows[owner]
    column = begin // rows
    over = (end - 1) // rows - column
    if over.any():
        index = np.repeat(np.arange(len(begin)), over + 1)
        place = np.arange(len(index)) - np.repeat(np.cumsum(over + 1) - over - 1, over + 1)
        column = (column[index] + place).astype(np.int32)
        rows, owner = rows[index], owner[index]
        begin = np.maximum(begin[index], column * rows)
        end = np.minimum(end[index], (column + 1) * rows)
    start = (lefts[owner] + column) * height + tops[owner] + (begin - column * rows)
    return start, end - begin, owner


def compressed(counts: Counts) -> list[str]:
    """Encodes the counts of all masks as COCO text."""
    flat, sizes = counts.flat, counts.sizes
    if len(sizes) == 0:
        return []
    if kernels_are_used():
        return _compressed_by_kernel(counts)
    starts = np.cumsum(sizes) - sizes
    values = flat.copy()
    values[2:] -= flat[:-2]
    for place in range(3):  # which are not written as differences
        first = starts[sizes > place] + place
        values[first] = flat[first]
    magnitudes = values ^ (values >> 31)
    groups = np.ones(len(values), np.int32)
    for number in range(1, _MOST_GROUPS):
        more = magnitudes >= 16 << 5 * (number - 1)
        if not more.any():
            break
        groups += more
    ends = np.cumsum(groups)
    text = np.empty(int(ends[-1]), np.uint8)
    at = ends - groups
    for number in range(int(groups.max())):
        if number:
            going = np.flatnonzero(groups > number)
            values, groups, at = values[going], groups[going], at[going]
        text[at + number] = ((values >> 5 * number) & 31) + 48 + 32 * (groups > number + 1)
    letters = text.tobytes().decode("ascii")
    bounds = [0, *ends[starts + sizes - 1].tolist()]
    return [letters[begin:end] for begin, end in pairwise(bounds)]


def _compressed_by_kernel(counts: Counts) -> list[str]:
    """`compressed` by a compiled kernel."""
    from smashcima.exporting.coco.rle_kernels import write_text

    text = np.empty(_MOST_GROUPS * len(counts.flat), np.uint8)
    bounds = write_text(counts.flat, counts.sizes, text).tolist()
    letters = text[: bounds[-1]].tobytes().decode("ascii")
    return [letters[begin:end] for begin, end in pairwise([0, *bounds])]
