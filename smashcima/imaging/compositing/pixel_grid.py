"""The grid of pixels that a part of the scene is drawn on."""

from __future__ import annotations

import math
from dataclasses import dataclass

from smashcima.errors import ExportError
from smashcima.geometry import MM_PER_INCH, Rectangle, Transform, mm_to_px

MAX_PIXELS = 2**28
"""The largest image that is drawn: 1 GiB as BGRA, an A4 page at 1600 DPI."""

MAX_SIDE_PX = 2**15 - 1
"""The longest side of an image: the most that OpenCV can warp."""


@dataclass(frozen=True, slots=True)
class PixelGrid:
    """A raster of square pixels over a rectangle; pixel (column i, row j) covers [i, i + 1) × [j, j + 1)."""

    width: int
    height: int
    dpi: float
    to_px: Transform
    """Maps millimetres of the space that the rectangle was given in to pixels, y down."""

    @staticmethod
    def over(rectangle: Rectangle, dpi: float) -> PixelGrid:
        """The grid over a rectangle in mm: its sides rounded to whole pixels, one at least.

        Raises an `ExportError` for an invalid resolution and for an image that would be too large.
        """
        if not (math.isfinite(dpi) and dpi > 0):
            raise ExportError(f"An image has a positive number of dots per inch, not {dpi}.")
        sides_px = (mm_to_px(rectangle.width, dpi), mm_to_px(rectangle.height, dpi))
        if not all(math.isfinite(value) for value in (*sides_px, rectangle.x, rectangle.y)):
            raise ExportError(f"There is no image of {rectangle}: it is not finite.")
        width, height = (max(1, round(side)) for side in sides_px)
        if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE_PX:
            raise ExportError(
                f"{rectangle.width:g} x {rectangle.height:g} mm at {dpi:g} DPI makes an image of {width} x {height} "
                f"px; at most {MAX_PIXELS / 1e6:.0f} megapixels and {MAX_SIDE_PX} px a side are drawn. "
                "Lower the dpi, or render a smaller view box."
            )
        scale = dpi / MM_PER_INCH
        return PixelGrid(
            width, height, dpi, Transform(scale, 0.0, 0.0, scale, -rectangle.x * scale, -rectangle.y * scale)
        )
