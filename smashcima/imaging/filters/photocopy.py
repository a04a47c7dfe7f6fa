"""Filters of photocopiers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smashcima.imaging import ImageLayer
from smashcima.imaging.filters.bitonal import gray_on_white
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import ImageFilter, LightFilter
from smashcima.imaging.filters.grain import grain, gray_tile
from smashcima.imaging.filters.light import Light
from smashcima.imaging.filters.parameters import LogNormal, Normal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import Plane, enlarged, octaves, smooth_field
from smashcima.imaging.filters.specks import specks


@dataclass(kw_only=True, eq=False)
class Photocopy(ImageFilter):
    """Photocopy: grey, high contrast, thin places in large black areas, toner specks, and faint streaks."""

    contrast: Parameter = LogNormal(2.4, 0.2)
    """Contrast of the middle tones; 1 = unchanged."""

    threshold: Parameter = Normal(0.58, 0.05)
    """Fixed tone of the contrast curve; higher values give darker copies."""

    unevenness: Parameter = LogNormal(0.10, 0.4)
    """Fraction of toner missing in places."""

    specks: Parameter = LogNormal(0.00018, 0.6)
    """Fraction of the page covered by loose toner."""

    haze: Parameter = Uniform(0.0, 0.03)
    """Greyness of white areas."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Copies the colours; keeps the opacity."""
        import cv2

        size = PictureSize.of_image(image)
        strength = draws.strength
        contrast = 1 + min(strength, 2.5) * (draws.value("contrast", self.contrast) - 1)
        threshold = float(np.clip(draws.value("threshold", self.threshold), 0.2, 0.85))
        lacking = min(strength * draws.value("unevenness", self.unevenness), 0.8)
        share = strength * draws.value("specks", self.specks)
        haze = strength * draws.value("haze", self.haze)
        gray, opacity = gray_on_white(image)
        mixed = min(strength, 1.0)
        toner = np.asarray(cv2.LUT(gray, 255 - _curve(contrast, threshold, mixed)), np.uint8)
        if lacking > 0.01:
            toner = _worn(toner, lacking, size, draws)
        result = np.asarray(cv2.bitwise_not(toner), np.uint8)
        if haze > 0.002:
            rows, columns = size.lattice(6.0)
            veil = octaves(draws.rng, size, 40.0, (rows, columns))
            thinner = enlarged(1 - haze * np.clip(1 + 0.5 * veil, 0, 2), image.width, image.height)
            cv2.multiply(result, thinner, dst=result, scale=1 / 255)
        dust = specks(draws.rng, size, min(share, 0.05), 0.11)
        result[dust] = (result[dust] * draws.rng.uniform(0.05, 0.6, len(dust.rows))).astype(np.uint8)
        if image.bitmap.ndim == 2:
            image.bitmap = result
            return image
        cv2.cvtColor(result, cv2.COLOR_GRAY2BGRA, dst=image.bitmap)
        if opacity is not None:
            cv2.insertChannel(opacity, image.bitmap, 3)
        return image


def _curve(contrast: float, threshold: float, mixed: float) -> Plane:
    """(256,): an S-shaped tone curve with the slope `contrast` at its centre, mixed with a part of the original."""
    tones = np.arange(256) / 255
    steep = 4 * contrast
    shaped = 1 / (1 + np.exp(-steep * (tones - threshold)))
    low, high = 1 / (1 + np.exp(steep * threshold)), 1 / (1 + np.exp(-steep * (1 - threshold)))
    shaped = (shaped - low) / (high - low)
    return np.asarray(np.rint(255 * (mixed * shaped + (1 - mixed) * tones)), np.uint8)


def _worn(toner: Plane, lacking: float, size: PictureSize, draws: Draws) -> Plane:
    """Toner with worn places."""
    import cv2

    rows, columns = size.lattice(2.0)
    patches = np.clip(0.5 + 0.5 * octaves(draws.rng, size, 30.0, (rows, columns)), 0, 1)
    bands = np.clip(smooth_field(draws.rng, size, 7.0, (1, columns)), 0, 2) / 2
    weak = np.clip(patches * 0.7 + bands * 0.5, 0, 1)
    texture = grain(draws.rng, size.width, size.height, gray_tile(1.0))
    # Rougher grain and weaker places hold less toner.
    loss = cv2.multiply(enlarged(weak, size.width, size.height), texture, scale=lacking * 2 / 255)
    return np.asarray(cv2.multiply(toner, cv2.bitwise_not(loss), scale=1 / 255), np.uint8)


@dataclass(kw_only=True, eq=False)
class CopierEdges(LightFilter):
    """Dark edges outside the sheet, from an open lid."""

    depth: Parameter = Uniform(0.25, 0.8)
    """Maximum darkness of the edge."""

    width_mm: Parameter = LogNormal(2.2, 0.5)
    """Width of the edge in mm."""

    def make_light(self, size: PictureSize, draws: Draws) -> Light:
        """Returns shadows on one or two sides, of uneven width."""
        depth = min(draws.strength * draws.value("depth", self.depth), 0.97)
        width = draws.value("width_mm", self.width_mm) * min(draws.strength, 2.0)
        rows, columns = size.lattice(1.0)
        x, y = size.lattice_mm(rows, columns)
        total = np.ones((rows, columns), np.float32)
        sides = draws.rng.permutation(4)[: int(draws.rng.integers(1, 3))]
        for side in sides.tolist():
            away = (x, y, size.width_mm - x, size.height_mm - y)[side]
            along = smooth_field(draws.rng, size, 60.0, (rows, 1) if side % 2 == 0 else (1, columns))
            wide = width * np.clip(1 + 0.7 * along, 0.1, 3)
            total *= 1 - depth / (1 + np.exp(np.clip((away - wide) / (0.18 * width), -40, 40)))
        return Light(total)
