"""Compiled kernel of the text of annotations; the same results as `exporter` without it.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from smashcima.exporting.annotation.run_kernels import sort_by_column
from smashcima.exporting.text_kernels import put_number, put_text

_Bytes = NDArray[np.uint8]
_Ints = NDArray[np.int64]

BYTES_PER_NUMBER = 14
"""Maximum length of a compressed count: seven groups of five bits, each a character that may be escaped."""

_BACKSLASH = 92


@njit("int64(uint8[::1], int64, int64)", cache=True, nogil=True)
def _put_count(out: _Bytes, at: int, value: int) -> int:
    """Writes a number in groups of five bits, as `rle` describes, with backslashes escaped for JSON; returns the place after
    it.
    """
    if -16 <= value < 16:
        # Most are small; these need no escaping.
        out[at] = 48 + (value & 31)
        return at + 1
    while True:
        group = value & 31
        value >>= 5
        more = value != (-1 if group & 16 else 0)
        letter = 48 + group + (32 if more else 0)
        out[at] = letter
        at += 1
        if letter == _BACKSLASH:
            out[at] = letter
            at += 1
        if not more:
            return at


@njit("int64(int32[:, ::1], int64, int64)", cache=True, nogil=True)
def _area(spans: NDArray[np.int32], begin: int, end: int) -> int:
    area = 0
    for span in range(begin, end):
        area += spans[span, 2] - spans[span, 1]
    return area


@njit(
    "int64(uint8[::1], int64, int64[::1], int64, int64, int32[::1], int32[::1])",
    cache=True,
    nogil=True,
)
def _put_counts(
    out: _Bytes,
    at: int,
    window: _Ints,
    height: int,
    width: int,
    rows: NDArray[np.int32],
    found: NDArray[np.int32],
) -> int:
    """Writes the counts of a mask in an image, from what `sort_by_column` has found; returns the place after them."""
    left, top, columns = window[0], window[1], window[2]
    # The ends of the last run that was written, and of the one that goes on; the last two counts, and how many there are.
    covered, run_start, run_end = 0, -1, -1
    gap, length, many = 0, 0, 0
    for column in range(columns):
        base = (left + column) * height + top
        change = column
        for _ in range(found[column] >> 1):  # a range with such a step would have to divide
            begin, end = base + rows[change], base + rows[change + columns]
            change += 2 * columns
            if begin == run_end:
                run_end = end  # goes on in the next column
                continue
            if run_end >= 0:
                next_gap, next_length = run_start - covered, run_end - run_start
                at = _put_count(out, at, next_gap - (gap if many > 2 else 0))
                at = _put_count(out, at, next_length - (length if many > 1 else 0))
                gap, length, many, covered = next_gap, next_length, many + 2, run_end
            run_start, run_end = begin, end
        found[column] = 0
    next_gap, next_length = run_start - covered, run_end - run_start
    at = _put_count(out, at, next_gap - (gap if many > 2 else 0))
    at = _put_count(out, at, next_length - (length if many > 1 else 0))
    if height * width > run_end:
        many += 2
        at = _put_count(out, at, height * width - run_end - (next_gap if many > 2 else 0))
    return at


@njit(
    "int64(uint8[::1], int64[::1], uint8[::1], int64[::1], uint8[::1], int64[::1], int64[::1], boolean[::1], int64[:, ::1], "
    "int64[::1], int64[::1], int64[:, ::1], int64[::1], int32[:, ::1], int64, int64, int64, uint8[::1])",
    cache=True,
    nogil=True,
)
def write_annotations(
    fixed: _Bytes,
    fixed_ends: _Ints,
    shapes: _Bytes,
    shape_ends: _Ints,
    ends_of_nodes: _Bytes,
    node_ends: _Ints,
    nodes: _Ints,
    has_mask: NDArray[np.bool_],
    boxes: _Ints,
    areas: _Ints,
    categories: _Ints,
    windows: _Ints,
    ends: _Ints,
    spans: NDArray[np.int32],
    first_id: int,
    height: int,
    width: int,
    out: _Bytes,
) -> int:
    """Writes the annotations of nodes, each followed by a comma; returns the number of bytes.

    `fixed` are the texts before the box, the area, the segmentation and the counts, after the counts, and before and after
    the category. `shapes` are the segmentations of nodes without a mask, one after the other; their areas are given.
    `ends_of_nodes` are the texts between the segmentation and the id of all nodes, of which `nodes` are written; the spans
    of their masks, in the image, go up to `ends`.
    """
    room, widest = np.int64(0), np.int64(0)
    for node in nodes:
        room = max(room, windows[node, 2] * (windows[node, 3] + 1))
        widest = max(widest, windows[node, 2])
    rows = np.empty(room, np.int32)
    found, reached = np.zeros(widest, np.int32), np.zeros(widest, np.int32)
    at, shape, shape_at = 0, 0, 0
    for place in range(len(nodes)):
        node = nodes[place]
        begin = ends[node - 1] if node else 0
        at = put_text(out, at, fixed, 0, fixed_ends[0])
        for number in range(4):
            at = put_number(out, at, boxes[place, number])
            out[at] = 44
            at += 1
        at = put_text(out, at - 1, fixed, fixed_ends[0], fixed_ends[1])
        at = put_number(out, at, _area(spans, begin, ends[node]) if has_mask[place] else areas[place])
        at = put_text(out, at, fixed, fixed_ends[1], fixed_ends[2])
        if has_mask[place]:
            window = windows[node]
            sort_by_column(spans, begin, ends[node], window[0], window[1], window[2], rows, found, reached)
            at = put_text(out, at, fixed, fixed_ends[2], fixed_ends[3])
            at = _put_counts(out, at, window, height, width, rows, found)
            at = put_text(out, at, fixed, fixed_ends[3], fixed_ends[4])
        else:
            at = put_text(out, at, shapes, shape_at, shape_ends[shape])
            shape, shape_at = shape + 1, shape_ends[shape]
        at = put_text(out, at, ends_of_nodes, node_ends[node - 1] if node else 0, node_ends[node])
        at = put_number(out, at, first_id + place)
        at = put_text(out, at, fixed, fixed_ends[4], fixed_ends[5])
        at = put_number(out, at, categories[place])
        at = put_text(out, at, fixed, fixed_ends[5], fixed_ends[6])
    return at
