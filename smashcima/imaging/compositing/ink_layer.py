"""Ink without paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.blending import ColorBGR, ink_alone
from smashcima.imaging.compositing.encoding import encode_image
from smashcima.imaging.compositing.resampling import resample
from smashcima.imaging.pixel_maps import PixelMap


@dataclass(slots=True, eq=False)
class InkLayer:
    """Ink without paper: how much of each pixel it covers, and its colour."""

    coverage: NDArray[np.uint8]
    """(height_px, width_px); 255 = all ink; row 0 is the top."""

    color: ColorBGR | NDArray[np.uint8] = (0, 0, 0)
    """One colour for all, or BGR for each pixel, (height_px, width_px, 3), already multiplied by the coverage."""

    opaque: bool = False
    """Whether it hides what is below, like correction fluid or a stamp. Ink does not: it filters the light
    that the paper throws back, so that paper and other ink show through a coloured stroke."""

    def to_bgra(self) -> NDArray[np.uint8]:
        """The ink on a transparent ground, (height_px, width_px, 4) BGRA, opacity not multiplied in."""
        return ink_alone(self)

    def warped(self, pixel_map: PixelMap, width: int, height: int) -> InkLayer:
        """The ink moved by a map to a sheet of `width` × `height` px; there is none where it comes from outside."""
        color = self.color
        if not isinstance(color, tuple):
            color = resample(color, pixel_map, width, height)
        return InkLayer(resample(self.coverage, pixel_map, width, height), color, self.opaque)

    def _repr_png_(self) -> bytes:
        return encode_image(self.to_bgra(), ".png")
