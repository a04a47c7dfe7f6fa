# ruff: noqa: RUF009
"""Pictures that were saved as JPEG."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smashcima.errors import ExportError
from smashcima.exporting.compositing import ImageLayer, on_white
from smashcima.exporting.postprocessing.filter import Draws
from smashcima.exporting.postprocessing.kinds import ImageFilter
from smashcima.exporting.postprocessing.parameters import Parameter, Uniform

_FINEST, _COARSEST = 98.0, 4.0


@dataclass(kw_only=True, eq=False)
class Jpeg(ImageFilter):
    """Saved as JPEG and read again; opacity is kept as it was."""

    quality: Parameter = Uniform(60, 88)
    """1 to 100, at strength 1. Strength multiplies what is lacking to 100."""

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """With colours at half the resolution, as most programs do it."""
        import cv2

        lacking = draws.strength * (100 - draws.value("quality", self.quality))
        quality = round(float(np.clip(100 - lacking, _COARSEST, _FINEST)))
        ok, data = cv2.imencode(".jpg", on_white(image.bitmap), [cv2.IMWRITE_JPEG_QUALITY, quality])
        if not ok:
            raise ExportError(f"A picture of {image.width} x {image.height} px cannot be saved as JPEG.")
        decoded = cv2.imdecode(data, cv2.IMREAD_COLOR)
        assert decoded is not None  # it was encoded just now
        opacity = cv2.extractChannel(image.bitmap, 3)
        least = cv2.minMaxLoc(opacity)[0]
        cv2.cvtColor(decoded, cv2.COLOR_BGR2BGRA, dst=image.bitmap)
        if least < 255:
            cv2.insertChannel(opacity, image.bitmap, 3)
        return image
