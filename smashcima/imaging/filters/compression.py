"""JPEG compression."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.imaging import ImageLayer, on_white
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import ImageFilter
from smashcima.imaging.filters.parameters import Parameter, Uniform

_FINEST, _COARSEST = 98.0, 4.0

_BAND_ROWS = 128
"""Blocks of 16 px are independent, so that bands of whole blocks give the same image; they fit into the processor
cache, which saves a third of the time."""


@dataclass(kw_only=True, eq=False)
class Jpeg(ImageFilter):
    """Compresses and decompresses the image as JPEG; keeps the opacity."""

    quality: Parameter = Uniform(60, 88)
    """JPEG quality at strength 1, 1 to 100. The strength multiplies the difference to 100."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Compresses with chroma subsampling, as most programs do."""
        compressed(image.bitmap, 100 - draws.strength * (100 - draws.value("quality", self.quality)))
        return image


def compressed(bitmap: NDArray[np.uint8], quality: float) -> None:
    """Compresses and decompresses an image in place, BGRA or gray; keeps the opacity."""
    import cv2

    quality = round(float(np.clip(quality, _COARSEST, _FINEST)))
    for top in range(0, len(bitmap), _BAND_ROWS):
        band = bitmap[top : top + _BAND_ROWS]
        is_gray = band.ndim == 2
        encoded = band if is_gray else on_white(band)
        ok, data = cv2.imencode(".jpg", encoded, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if not ok:
            raise ExportError(
                f"A picture of {bitmap.shape[1]} x {bitmap.shape[0]} px cannot be saved as JPEG."
            )
        decoded = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE if is_gray else cv2.IMREAD_COLOR)
        assert decoded is not None  # it was just encoded
        if is_gray:
            band[:] = decoded
            continue
        opacity = cv2.extractChannel(band, 3)
        cv2.cvtColor(decoded, cv2.COLOR_BGR2BGRA, dst=band)
        if cv2.minMaxLoc(opacity)[0] < 255:
            cv2.insertChannel(opacity, band, 3)
