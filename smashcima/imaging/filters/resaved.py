"""Pictures that were made smaller and compressed once more on their way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smashcima.imaging import ImageLayer
from smashcima.imaging.compositing.opacity import is_opaque
from smashcima.imaging.filters.compression import compressed
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import ImageFilter
from smashcima.imaging.filters.parameters import Parameter, Uniform


@dataclass(kw_only=True, eq=False)
class Resaved(ImageFilter):
    """A picture that a messenger or a web site has made smaller and compressed again as JPEG, and that is shown as large as before.

    Has no effect on pictures that are not opaque.
    """

    long_side_px: Parameter = Uniform(1200, 2100)
    """Longer side of the smaller picture; a picture that is not larger is only compressed."""

    quality: Parameter = Uniform(60, 88)
    """JPEG quality at strength 1, 1 to 100. The strength multiplies the difference to 100."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Reduces, compresses and enlarges the picture in place."""
        import cv2

        long_side = draws.value("long_side_px", self.long_side_px)
        quality = 100 - draws.strength * (100 - draws.value("quality", self.quality))
        bitmap = image.bitmap
        if bitmap.ndim == 3 and not is_opaque(bitmap):
            return image
        factor = max(long_side, 64.0) / max(image.width, image.height)
        small = bitmap
        if factor < 1:
            size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
            small = np.asarray(cv2.resize(bitmap, size, interpolation=cv2.INTER_LINEAR), np.uint8)
        compressed(small, quality)
        if small is not bitmap:
            cv2.resize(small, (image.width, image.height), dst=bitmap, interpolation=cv2.INTER_LINEAR)
        return image
