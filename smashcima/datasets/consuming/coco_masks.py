"""Masks of objects from COCO segmentations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.overlay.reading.run_lengths import uncompressed


def mask_of(segmentation: Any, height: int, width: int) -> NDArray[np.bool_]:
    """The mask of a COCO segmentation, (height, width): run lengths, compressed or not, or polygons."""
    if isinstance(segmentation, Mapping):
        counts = segmentation["counts"]
        runs = uncompressed(counts) if isinstance(counts, str) else counts
        values = np.arange(len(runs)) % 2 == 1
        return np.asarray(np.repeat(values, runs).reshape(width, height).T, np.bool_)
    result = np.zeros((height, width), np.bool_)
    for polygon in segmentation:
        result |= _filled(polygon, height, width)
    return result


def _filled(polygon: Sequence[float], height: int, width: int) -> NDArray[np.bool_]:
    """The pixels whose centres are inside a polygon, by the even-odd rule."""
    points = np.asarray(polygon, np.float64).reshape(-1, 2)
    rows = np.arange(height)[:, None] + 0.5
    (x0, y0), (x1, y1) = points.T, np.roll(points, -1, axis=0).T
    crossing = (y0 <= rows) != (y1 <= rows)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x0 + (rows - y0) * (x1 - x0) / (y1 - y0)
    result = np.zeros((height, width + 1), np.bool_)
    row, _ = np.nonzero(crossing)
    # Each crossing toggles the pixels to its right.
    column = np.clip(np.ceil(at[crossing] - 0.5), 0, width).astype(np.intp)
    np.logical_xor.at(result, (row, column), True)
    return np.asarray(np.logical_xor.accumulate(result[:, :width], axis=1), np.bool_)
