"""Tones of cameras and scanners: stray light, contrast, clipped white and black."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import ImageLayer
from smashcima.imaging.compositing.opacity import is_opaque
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import ImageFilter
from smashcima.imaging.filters.parameters import Parameter

_STRAY_LEVEL = 0.75
"""Brightness of the light that strays, as a fraction of white: that of paper in a photograph."""

_NEARLY_WHITE = 250
_BAND_ROWS = 128
"""Height of bands that fit into the processor cache."""


@dataclass(kw_only=True, eq=False)
class ToneCurve(ImageFilter):
    """The tone curve of a camera or scanner; neutral by default."""

    veil: Parameter = 0.0
    """Veiling glare: fraction of the light that is spread over the whole picture by lens and air, so that ink is not black."""

    black: Parameter = 0.0
    """Level, as a fraction of white, below which everything becomes black."""

    white: Parameter = 1.0
    """Level from which on everything becomes white."""

    gamma: Parameter = 1.0
    """Exponent of the tones between black and white; above 1 = darker."""

    contrast: Parameter = 1.0
    """Contrast of the middle tones; 1 = unchanged."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Changes all colours alike; keeps the opacity."""
        import cv2

        veil = float(np.clip(draws.value("veil", self.veil), 0, 0.6))
        black = float(np.clip(draws.value("black", self.black), 0, 0.8))
        white = float(np.clip(draws.value("white", self.white), black + 0.1, 1.5))
        gamma = float(np.clip(draws.value("gamma", self.gamma), 0.3, 3))
        contrast = float(np.clip(draws.value("contrast", self.contrast), 0.2, 8))
        tones = np.arange(256) / 255
        shown = np.clip((tones - black) / (white - black), 0, 1) ** gamma
        shown = _steeper(shown, contrast)
        shown = shown + veil * (_STRAY_LEVEL - shown)
        shown = tones + min(draws.strength, 1.5) * (shown - tones)
        table = np.rint(255 * np.clip(shown, 0, 1)).astype(np.uint8)
        bitmap = image.bitmap
        if bitmap.ndim == 3 and table[255] >= _NEARLY_WHITE:
            table[255] = 255  # so that one table also keeps opacity
        for top in range(0, len(bitmap), _BAND_ROWS):
            band = bitmap[top : top + _BAND_ROWS]
            keeps = band.ndim == 2 or (table[255] == 255 and is_opaque(band))
            opacity = None if keeps else cv2.extractChannel(band, 3)
            cv2.LUT(band, table, dst=band)
            if opacity is not None:
                cv2.insertChannel(opacity, band, 3)
        return image


def _steeper(tones: NDArray[np.float64], contrast: float) -> NDArray[np.float64]:
    """Tones through an S-shaped curve with this slope in the middle, which keeps 0, 0.5 and 1."""
    away = 2 * tones - 1
    power = np.clip(contrast, 0.2, 8)
    return np.asarray(0.5 + 0.5 * np.sign(away) * (1 - (1 - np.abs(away)) ** power))
