"""Placement of pictures on the pixel grid."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.blending import ColorBGR
from smashcima.imaging.compositing.opacity import multiplied
from smashcima.imaging.regions.outline_arrays import Affine
from smashcima.scene.visual.sprite import is_uniform

_EXACT_PX = 1e-3
"""Largest deviation from the grid at which a picture is copied rather than resampled."""


class PlacedPicture(NamedTuple):
    """The content of a sprite, in a window of the image."""

    left: int
    top: int
    picture: NDArray[np.uint8]
    """(height_px, width_px, 4), BGRA with premultiplied alpha."""


def is_whole_pixel_move(to_px: Affine, size: int) -> bool:
    """Whether a map only translates by whole pixels, for a picture with sides up to `size`."""
    a, b, c, d, e, f = to_px
    return (
        max(abs(a - 1), abs(b), abs(c), abs(d - 1)) * size < _EXACT_PX
        and max(abs(e - round(e)), abs(f - round(f))) < _EXACT_PX
    )


def place_picture(bitmap: NDArray[np.uint8], to_px: Affine, width: int, height: int) -> PlacedPicture | None:
    """Places a BGRA bitmap by an affine map, clipped to `width` × `height` px; `None` if it is outside.

    `to_px` maps positions on the bitmap (with (0, 0) at its top left corner) to positions on the image. Reduced
    pictures are averaged first, so that thin strokes do not vanish between samples.
    """
    import cv2

    rows, columns = bitmap.shape[:2]
    a, b, c, d, e, f = to_px
    xs = [e, e + a * columns, e + c * rows, e + a * columns + c * rows]
    ys = [f, f + b * columns, f + d * rows, f + b * columns + d * rows]
    # Half a pixel is added, because interpolation spreads the edge of the picture by half a pixel.
    left, top = max(0, math.floor(min(xs) - 0.5)), max(0, math.floor(min(ys) - 0.5))
    right, bottom = min(width, math.ceil(max(xs) + 0.5)), min(height, math.ceil(max(ys) + 0.5))
    if right <= left or bottom <= top or rows == 0 or columns == 0:
        return None
    if is_whole_pixel_move(to_px, max(rows, columns)):
        x, y = round(e), round(f)
        part = bitmap[max(0, -y) : height - y, max(0, -x) : width - x]
        return PlacedPicture(max(0, x), max(0, y), multiplied(part)) if part.size else None

    ink = multiplied(bitmap)
    across, along = math.hypot(a, b), math.hypot(c, d)
    small = (
        max(1, math.ceil(columns * min(1.0, across))),
        max(1, math.ceil(rows * min(1.0, along))),
    )
    if small != (columns, rows):
        ink = np.asarray(cv2.resize(ink, small, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        a, b = a * columns / small[0], b * columns / small[0]
        c, d = c * rows / small[1], d * rows / small[1]
    # OpenCV uses positions of pixel centres, which are half a pixel inside.
    matrix = np.array(
        [[a, c, e + (a + c) / 2 - 0.5 - left], [b, d, f + (b + d) / 2 - 0.5 - top]], dtype=np.float64
    )
    picture = cv2.warpAffine(
        ink, matrix, (right - left, bottom - top), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT
    )
    return PlacedPicture(left, top, np.asarray(picture, dtype=np.uint8))


def sole_color(bitmap: NDArray[np.uint8]) -> ColorBGR | None:
    """The common colour of all visible pixels; `None` if they differ, black if the picture is invisible."""
    if is_uniform(bitmap):
        bitmap = bitmap[:1, :1]
    if not bitmap[:, :, :3].any():
        return (0, 0, 0)
    seen = bitmap[bitmap[:, :, 3] > 0][:, :3]
    if len(seen) == 0:
        return (0, 0, 0)
    first = seen[0]
    return (int(first[0]), int(first[1]), int(first[2])) if (seen == first).all() else None
