"""Run-length encoded masks of COCO and MuNG, and their outlines."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.overlay.overlay_marks import Rings
from smashcima.scene.visual import outline_mask


def uncompressed(text: str) -> list[int]:
    """Decodes the counts of a compressed COCO mask: five bits per character, lowest first, differences from
    the third count on.

    Source: `maskApi.c` of pycocotools.
    """
    counts: list[int] = []
    value = shift = 0
    for character in text:
        bits = ord(character) - 48
        value |= (bits & 0x1F) << shift
        shift += 5
        if bits & 0x20:
            continue
        if bits & 0x10:
            value -= 1 << shift
        counts.append(value + (counts[-2] if len(counts) > 2 else 0))
        value = shift = 0
    return counts


def rings_of_columns(counts: Sequence[int], height: int, left: float = 0.0, top: float = 0.0) -> Rings:
    """Returns the outlines of a mask encoded by columns of `height` px, beginning with an unset pixel."""
    ends = np.cumsum(counts)
    starts, stops = ends[:-1:2], ends[1::2]
    if len(stops) == 0 or stops[-1] == starts[0]:
        return ()
    # Only columns with set pixels, for speed: a page has about a thousand masks.
    first, last = int(starts[0]) // height, -(-int(stops[-1]) // height)
    changes = np.zeros((last - first) * height + 1, np.int8)
    np.add.at(changes, starts - first * height, 1)
    np.add.at(changes, stops - first * height, -1)
    mask = np.cumsum(changes[:-1]).reshape(-1, height).T > 0
    return _rings(mask, left + first, top)


def rings_of_rows(runs: str, width: int, height: int, left: float, top: float) -> Rings:
    """Returns the outlines of a mask encoded by rows, as `0:10 1:3 ...`. Raises a `ValueError` if its length
    does not fit.
    """
    pairs = [run.split(":") for run in runs.split()]
    values = np.array([int(value) for value, _ in pairs], np.int8)
    flat = np.repeat(values, [int(count) for _, count in pairs])
    if len(flat) != width * height:
        raise ValueError(f"a mask of {len(flat)} pixels for a window of {width} x {height}")
    return _rings(flat.reshape(height, width) > 0, left, top)


def _rings(mask: NDArray[np.bool_], left: float, top: float) -> Rings:
    rows = np.flatnonzero(mask.any(axis=1))
    if len(rows) == 0:
        return ()
    part = mask[rows[0] : rows[-1] + 1]
    return tuple(ring + (left, top + float(rows[0])) for ring in outline_mask(part).rings)
