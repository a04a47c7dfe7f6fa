"""The grid of pixels on which a part of the scene is drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass

from smashcima.errors import ExportError
from smashcima.geometry import MM_PER_INCH, Rectangle, Transform, mm_to_px

MAX_PIXELS = 2**28
"""Largest number of pixels of an image: 1 GiB as BGRA, an A4 page at 1600 DPI."""

MAX_SIDE_PX = 2**15 - 1
"""Longest side of an image, limited by warping in OpenCV."""


@dataclass(frozen=True, slots=True)
class PixelGrid:
    """A raster of square pixels over a rectangle; pixel (column i, row j) covers [i, i + 1) × [j, j + 1)."""

    width: int
    height: int
    dpi: float
    to_px: Transform
    """Maps millimetres in the space of the rectangle to pixels, y down."""

    @staticmethod
    def over(rectangle: Rectangle, dpi: float) -> PixelGrid:
        """The grid over a rectangle in mm, with sides rounded to whole pixels (at least one).

        Raises:
            ExportError: the resolution is invalid, or the image would be too large.
        """
        if not (math.isfinite(dpi) and dpi > 0):
            raise ExportError(f"dpi must be positive and finite, not {dpi}.")
        sides_px = (mm_to_px(rectangle.width, dpi), mm_to_px(rectangle.height, dpi))
        if not all(math.isfinite(value) for value in (*sides_px, rectangle.x, rectangle.y)):
            raise ExportError(f"{rectangle} cannot be rendered, since it is not finite.")
        width, height = (max(1, round(side)) for side in sides_px)
        if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE_PX:
            raise ExportError(
                f"{rectangle.width:g} x {rectangle.height:g} mm at {dpi:g} DPI would be an image of {width} x {height} "
                f"px; the limit is {MAX_PIXELS / 1e6:.0f} megapixels and {MAX_SIDE_PX} px per side. "
                "Lower the dpi, or render a smaller view box."
            )
        scale = dpi / MM_PER_INCH
        return PixelGrid(
            width, height, dpi, Transform(scale, 0.0, 0.0, scale, -rectangle.x * scale, -rectangle.y * scale)
        )
