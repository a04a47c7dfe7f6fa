"""COCO's run lengths of masks, for all objects of a picture at once.

A mask is said for the whole picture, column by column, and its counts are written as text: each as the difference
to the one but one before, in groups of five bits, lowest first, plus 48; bit 5 says that more follow.
Source: `rleToString` in maskApi.c of the COCO API.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation.run_lengths import RunLengths

_MOST_GROUPS = 7
"""A count below 2**32 has at most so many groups of five bits."""


class Counts(NamedTuple):
    """Lengths of runs of several masks, each for the whole picture."""

    flat: NDArray[np.int64]
    """Those of all masks, one mask after the other."""

    sizes: NDArray[np.intp]
    """(n,): how many each mask has."""

    def lists(self) -> list[list[int]]:
        """Those of each mask."""
        ends = np.cumsum(self.sizes).tolist()
        flat = self.flat.tolist()
        return [flat[begin:end] for begin, end in zip([0, *ends[:-1]], ends, strict=True)]


def coco_counts(masks: Sequence[RunLengths], height: int, width: int) -> Counts:
    """Counts of masks for a whole picture; the masks run column by column through their windows."""
    starts, lengths, owners = _column_runs(masks, height)
    ends = starts + lengths
    # Runs that meet at the end of a column are one.
    meets = (ends[:-1] == starts[1:]) & (owners[:-1] == owners[1:])
    first, last = np.ones(len(starts), np.bool_), np.ones(len(starts), np.bool_)
    first[1:] = last[:-1] = ~meets
    starts, ends, owners = starts[first], ends[last], owners[first]
    before = np.concatenate([[0], ends[:-1]])
    before[1:][owners[1:] != owners[:-1]] = 0
    runs = np.bincount(owners, minlength=len(masks))
    rest = height * width - ends[np.cumsum(runs) - 1]
    sizes = 2 * runs + (rest > 0)
    flat = np.empty(int(sizes.sum()), np.int64)
    outside = 2 * np.arange(len(starts)) + np.concatenate([[0], np.cumsum(rest > 0)])[owners]
    flat[outside] = starts - before
    flat[outside + 1] = ends - starts
    flat[np.cumsum(sizes)[rest > 0] - 1] = rest[rest > 0]
    return Counts(flat, sizes)


def _column_runs(
    masks: Sequence[RunLengths], height: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.intp]]:
    """Where runs of set pixels start in the picture, how long they are, and whose they are; none crosses a column."""
    begins, ends, owners = [], [], []
    for number, mask in enumerate(masks):
        edges = np.cumsum(mask.counts)
        begins.append(edges[:-1:2])
        ends.append(edges[1::2])
        owners.append(np.full(len(edges) // 2, number))
    begin, end, owner = np.concatenate(begins), np.concatenate(ends), np.concatenate(owners)
    windows = np.array([(mask.left, mask.top, mask.height) for mask in masks], np.int64)
    rows = windows[owner, 2]
    columns = (end - 1) // rows - begin // rows + 1
    index = np.repeat(np.arange(len(begin)), columns)
    place = np.arange(len(index)) - np.repeat(np.cumsum(columns) - columns, columns)
    rows, owner = rows[index], owner[index]
    column = begin[index] // rows + place
    low = np.maximum(begin[index], column * rows)
    high = np.minimum(end[index], (column + 1) * rows)
    start = (windows[owner, 0] + column) * height + windows[owner, 1] + (low - column * rows)
    return start, high - low, owner


def compressed(counts: Counts) -> list[str]:
    """Counts as COCO's text, all of a picture at once."""
    flat, sizes = counts
    if len(sizes) == 0:
        return []
    place = np.arange(len(flat)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    values = flat.copy()
    later = np.flatnonzero(place > 2)
    values[later] -= flat[later - 2]
    groups = np.zeros((len(flat), _MOST_GROUPS), np.uint8)
    used = np.zeros(groups.shape, np.bool_)
    going = np.arange(len(flat))
    for number in range(_MOST_GROUPS):
        bits = values[going] & 31
        rest = values[going] >> 5
        more = np.where(bits & 16, rest != -1, rest != 0)
        groups[going, number] = bits + 48 + 32 * more
        used[going, number] = True
        values[going] = rest
        going = going[more]
        if len(going) == 0:
            break
    text = groups[used].tobytes().decode("ascii")
    ends = np.cumsum(np.add.reduceat(used.sum(axis=1), np.cumsum(sizes) - sizes)).tolist()
    return [text[begin:end] for begin, end in zip([0, *ends[:-1]], ends, strict=True)]
