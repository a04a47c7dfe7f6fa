"""COCO's run lengths of masks, for all objects of a picture at once.

A mask is said for the whole picture, column by column, and its counts are written as text: each as the difference
to the one but one before, in groups of five bits, lowest first, plus 48; bit 5 says that more follow.
Source: `rleToString` in maskApi.c of the COCO API.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.annotation.run_lengths import RunLengths

_MOST_GROUPS = 7
"""A count below 2**32 has at most so many groups of five bits."""


def coco_counts(masks: Sequence[RunLengths], height: int, width: int) -> list[NDArray[np.int64]]:
    """Counts of masks for a whole picture; the masks run column by column through their windows."""
    starts, lengths, owners = _column_runs(masks, height)
    counts = []
    borders = np.searchsorted(owners, np.arange(len(masks) + 1))
    for first, last in zip(borders[:-1].tolist(), borders[1:].tolist(), strict=True):
        begin = starts[first:last]
        edges = np.stack([begin, begin + lengths[first:last]], axis=1).ravel()
        # Runs that meet at the end of a column are one.
        apart = np.ones(len(edges), np.bool_)
        meets = np.flatnonzero(edges[1:-1:2] == edges[2::2]) * 2 + 1
        apart[meets] = apart[meets + 1] = False
        edges = edges[apart]
        bounds = np.concatenate([[0], edges, [height * width]])
        counts.append(np.diff(bounds[:-1] if edges[-1] == height * width else bounds))
    return counts


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


def compressed(counts: Sequence[NDArray[np.int64]]) -> list[str]:
    """Counts as COCO's text, all of a picture at once."""
    if not counts:
        return []
    flat = np.concatenate(counts)
    sizes = np.array([len(each) for each in counts])
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
