"""Paper in a scene: a picture that covers the sheet."""

from __future__ import annotations

import math
from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import MM_PER_INCH, Point, Rectangle, Transform, mm_to_px
from smashcima.scene.visual import AffineSpace, FreshPicture, Sprite

_WHOLE_PX = 1e-6
"""Excess of a size over a whole number of pixels that is rounding."""


class PicturePaper(Sprite):
    """A sprite that covers a sheet up to its edges at every resolution."""

    sheet_width: float = field(kw_only=True)
    """Millimetres."""

    sheet_height: float = field(kw_only=True)
    """Millimetres."""

    @staticmethod
    def covering(placement: Rectangle, space: AffineSpace, bitmap: NDArray[np.uint8]) -> PicturePaper:
        """Stretches a BGRA bitmap to a rectangle of `space`, in mm."""
        height, width = bitmap.shape[:2]
        stretch = Transform.scale(placement.width / width, placement.height / height)
        return PicturePaper(
            space=space,
            bitmap=bitmap,
            bitmap_origin=Point(0.0, 0.0),
            dpi=MM_PER_INCH,
            transform=stretch.then(Transform(e=placement.x, f=placement.y)),
            sheet_width=placement.width,
            sheet_height=placement.height,
        )

    def fresh_picture(self, dpi: float) -> FreshPicture:
        """The picture at a resolution. Resampling the sprite instead would make its edges transparent."""
        columns, rows = (
            max(1, math.ceil(mm_to_px(side, dpi) - _WHOLE_PX))
            for side in (self.sheet_width, self.sheet_height)
        )
        corner = Transform(e=self.transform.e, f=self.transform.f)
        pixels_to_space = Transform.scale(MM_PER_INCH / dpi).then(corner)
        return FreshPicture(pixels_to_space, lambda: _resized(self.bitmap, columns, rows))


def _resized(bitmap: NDArray[np.uint8], columns: int, rows: int) -> NDArray[np.uint8]:
    import cv2

    method = cv2.INTER_AREA if columns < bitmap.shape[1] else cv2.INTER_LINEAR
    return np.array(cv2.resize(bitmap, (columns, rows), interpolation=method), dtype=np.uint8)
