"""Drawing of boxes, outlines, filled areas and names."""

from __future__ import annotations

import colorsys
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.overlay.overlay_marks import Marks

_SHIFT = 4
"""Number of fractional bits of the integer coordinates of OpenCV."""

_FILL = 0.45
"""Opacity of filled areas."""

_SMALLEST_NAME = 0.3
_USUAL_DPI = 300.0


def draw_marks(
    bitmap: NDArray[np.uint8],
    marks: Marks,
    *,
    boxes: bool = False,
    outlines: bool = False,
    fill: bool = False,
    names: bool = False,
    dpi: float = _USUAL_DPI,
) -> NDArray[np.uint8]:
    """Returns a copy of a BGRA image (height_px, width_px, 4) with marks drawn on it; each class has its own
    colour.

    Lines and letters scale with `dpi`, so that they look alike on paper.
    """
    import cv2

    picture = np.ascontiguousarray(bitmap.copy())
    thickness = max(1, round(dpi / _USUAL_DPI))
    order = _largest_first(marks)
    if fill:
        _fill_areas(picture, marks, order)
    for index in order:
        color = color_of(marks.names[index])
        rings = list(marks.outlines(index)) if outlines else []
        if boxes and np.isfinite(marks.boxes[index]).all():
            # Inside the box, so that the box of a whole page is visible.
            left, top, right, bottom = (marks.boxes[index] + (0.5, 0.5, -0.5, -0.5)).tolist()
            rings.append(np.array([(left, top), (right, top), (right, bottom), (left, bottom)]))
        if rings:
            # The centre of pixel 0 is 0 in OpenCV and 0.5 in Smashcima.
            points = [_fixed(ring - 0.5) for ring in rings]
            cv2.polylines(picture, points, True, (*color, 255), thickness, cv2.LINE_AA, _SHIFT)
    if names:
        for index in order:
            _write_name(picture, marks.names[index], marks.boxes[index], dpi)
    return picture


def color_of(name: str) -> tuple[int, int, int]:
    """Returns the colour (BGR) of a class. It is always the same, and bright enough for white paper and dark
    ink.
    """
    number = zlib.crc32(name.encode())
    hue, light = (number % 360) / 360, 0.38 + 0.12 * ((number >> 12) % 3) / 2
    red, green, blue = colorsys.hls_to_rgb(hue, light, 0.95)
    return round(255 * blue), round(255 * green), round(255 * red)


def _largest_first(marks: Marks) -> list[int]:
    """Drawing order in which small objects are above the ones that contain them."""
    if not len(marks):
        return []
    sizes = (marks.boxes[:, 2] - marks.boxes[:, 0]) * (marks.boxes[:, 3] - marks.boxes[:, 1])
    order: list[int] = np.argsort(-np.nan_to_num(sizes), kind="stable").tolist()
    return order


def _fill_areas(picture: NDArray[np.uint8], marks: Marks, order: Sequence[int]) -> None:
    import cv2

    filled = picture.copy()
    for index in order:
        points = [_fixed(ring - 0.5) for ring in marks.outlines(index) if np.isfinite(ring).all()]
        cv2.fillPoly(filled, points, (*color_of(marks.names[index]), 255), cv2.LINE_AA, _SHIFT)
    cv2.addWeighted(filled, _FILL, picture, 1 - _FILL, 0, dst=picture)


def _fixed(points: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.rint(points * (1 << _SHIFT)).astype(np.int32)


def _write_name(picture: NDArray[np.uint8], name: str, box: NDArray[np.float64], dpi: float) -> None:
    """Draws a name above the top left corner of its box, or inside it at the top edge of the image."""
    import cv2

    if not np.isfinite(box).all():
        return
    size = max(_SMALLEST_NAME, 0.4 * dpi / _USUAL_DPI)
    (width, height), _ = cv2.getTextSize(name, cv2.FONT_HERSHEY_SIMPLEX, size, 1)
    left = int(np.clip(box[0], 0, max(0, picture.shape[1] - width)))
    bottom = int(max(box[1] - 2, height + 1))
    for color, thickness in (((255, 255, 255, 255), 3), ((*color_of(name), 255), 1)):
        cv2.putText(
            picture, name, (left, bottom), cv2.FONT_HERSHEY_SIMPLEX, size, color, thickness, cv2.LINE_AA
        )
