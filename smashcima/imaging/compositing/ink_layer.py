"""Layers of ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.blending import ColorBGR, ink_alone
from smashcima.imaging.compositing.encoding import encode_image
from smashcima.imaging.compositing.resampling import resample
from smashcima.imaging.pixel_maps import PixelMap
from smashcima.short_repr import ShortRepr


@dataclass(slots=True, eq=False)
class InkLayer(ShortRepr):
    """Ink without paper: its coverage of each pixel, and its colour."""

    coverage: NDArray[np.uint8]
    """(height_px, width_px); 255 = fully covered; row 0 is the top."""

    color: ColorBGR | NDArray[np.uint8] = (0, 0, 0)
    """One BGR colour for all ink, or one per pixel, (height_px, width_px, 3), premultiplied by the coverage."""

    opaque: bool = False
    """Whether it hides everything below, like correction fluid or a stamp. Ink filters the light that the paper
    reflects, so that paper and other ink show through a coloured stroke."""

    def to_bgra(self) -> NDArray[np.uint8]:
        """The ink on a transparent background: (height_px, width_px, 4), BGRA with straight alpha."""
        return ink_alone(self)

    def warped(self, pixel_map: PixelMap, width: int, height: int) -> InkLayer:
        """Warps the ink by a map to a layer of `width` × `height` px; pixels from outside have no ink."""
        color = self.color
        if not isinstance(color, tuple):
            color = resample(color, pixel_map, width, height)
        return InkLayer(resample(self.coverage, pixel_map, width, height), color, self.opaque)

    def _repr_png_(self) -> bytes:
        return encode_image(self.to_bgra(), ".png")
