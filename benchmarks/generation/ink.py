"""Ink of an image: which pixels are dark, and how far apart and thick staff lines are.

Everything here and in the finders works on pixels alone. It shares no code with Smashcima, so that it can judge its pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
"""(height_px, width_px), 0 is black."""

Mask = NDArray[np.bool_]

SPACE_PX = 10
"""Images are scaled so that staff lines are this far apart."""

LONGEST_PX = 2400
"""Longer images are scaled down before the distance of lines is measured."""

_SAUVOLA = 0.2
_THIN_PX = 5
_PALEST = 0.15
"""Thin lines are darker than both of their sides by this share of the gray level around."""

_LEAST_SPACE_PX, _MOST_SPACE_PX = 3, 60
_MOST_SCALE = 4.0
SUFFIXES = {".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff"}


@dataclass(frozen=True)
class Ink:
    """The dark pixels of an image, scaled to a staff space of `SPACE_PX`."""

    mask: Mask
    """(height_px, width_px) of the scaled image."""

    scale: float
    """Pixels of the mask for a pixel of the image."""

    thickness_px: int
    """Usual thickness of lines in the mask."""


def read_gray(path: Path) -> Gray:
    """An image as gray levels, upright; transparent parts are white. Raises a `ValueError` if it is none."""
    content = np.fromfile(path, np.uint8)
    data = cv2.imdecode(content, cv2.IMREAD_UNCHANGED)
    if data is None:
        raise ValueError(f"{path} is no image that OpenCV reads")
    if data.ndim == 3 and data.shape[2] == 4 and data.dtype == np.uint8:
        gray = cv2.cvtColor(np.ascontiguousarray(data[:, :, :3]), cv2.COLOR_BGR2GRAY)
        alpha = data[:, :, 3].astype(np.float32) / 255
        return np.rint(gray * alpha + 255 * (1 - alpha)).astype(np.uint8)
    # Photographs may say in their metadata how they are turned, which this way of reading obeys.
    return np.asarray(cv2.imdecode(content, cv2.IMREAD_GRAYSCALE), np.uint8)


def image_paths(folder: Path, pattern: str = "*") -> list[Path]:
    """The images below a folder whose names match a pattern, sorted. Raises a `ValueError` without any."""
    found = sorted(
        path for path in folder.rglob(pattern) if path.suffix.lower() in SUFFIXES and path.is_file()
    )
    if not found:
        raise ValueError(f"there is no image {pattern!r} in {folder}")
    return found


def ink_of(gray: Gray) -> Ink | None:
    """The ink of an image, or `None` if it has no two lines in the same column."""
    first = min(1.0, LONGEST_PX / max(gray.shape))
    small = _scaled(gray, first)
    measured = line_distance(dark(small))
    if measured is None:
        return None
    space, _ = measured
    second = min(SPACE_PX / space, _MOST_SCALE)
    mask = dark(_scaled(small, second))
    again = line_distance(mask)
    thickness = 1 if again is None else again[1]
    return Ink(mask, first * second, max(1, min(thickness, 4)))


def dark(gray: Gray) -> Mask:
    """Pixels darker than their surroundings: by the threshold of Sauvola and Pietikäinen (2000), or on a thin line.

    In small images staff lines are paler than noteheads beside them, so that no threshold of gray levels finds both.
    """
    side = min(max(round(max(gray.shape) / 50), 25), 61) | 1
    values = gray.astype(np.float32)
    mean = cv2.boxFilter(values, -1, (side, side), borderType=cv2.BORDER_REFLECT)
    square = cv2.boxFilter(values * values, -1, (side, side), borderType=cv2.BORDER_REFLECT)
    deviation = np.sqrt(np.maximum(square - mean * mean, 0))
    found = values < mean * (1 + _SAUVOLA * (deviation / 128 - 1))
    for shape in ((_THIN_PX, 1), (1, _THIN_PX)):
        closed = cv2.morphologyEx(gray, cv2.MORPH_CLOSE, np.ones(shape, np.uint8))
        found |= closed.astype(np.float32) - values > _PALEST * mean
    return found


def line_distance(mask: Mask) -> tuple[float, int] | None:
    """The distance of staff lines and their thickness in pixels: the most frequent sums of a black and the next white run in
    columns, and the most frequent black run in them (Cardoso and Rebelo 2010).
    """
    begins, ends = vertical_runs(mask)
    if len(begins) < 2:
        return None
    same_column = begins[1:, 1] == begins[:-1, 1]
    black = (ends - begins[:, 0])[:-1][same_column]
    total = (begins[1:, 0] - begins[:-1, 0])[same_column]
    is_line = (total >= _LEAST_SPACE_PX) & (total <= _MOST_SPACE_PX) & (2 * black <= total)
    if not is_line.any():
        return None
    counts = np.bincount(total[is_line], minlength=_MOST_SPACE_PX + 2).astype(np.float64)
    around = counts[:-2] + counts[1:-1] + counts[2:]  # distances of lines vary by a pixel
    best = int(around.argmax()) + 1
    near = np.arange(best - 1, best + 2)
    space = float((near * counts[near]).sum() / counts[near].sum())
    of_lines = black[is_line & (np.abs(total - best) <= 1)]
    return space, int(np.bincount(of_lines).argmax())


def vertical_runs(mask: Mask) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Black runs of all columns: their first (row, column), and the row after their last, from left to right."""
    padded = np.zeros((mask.shape[1], mask.shape[0] + 2), np.int8)
    padded[:, 1:-1] = mask.T
    change = np.diff(padded, axis=1)
    columns, rows = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    return np.stack([rows, columns], 1), ends


def _scaled(gray: Gray, scale: float) -> Gray:
    if scale == 1:
        return gray
    size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(gray, size, interpolation=way), np.uint8)
