"""Ink on printed pages: it spreads on the paper, and its edges are rough."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import ImageLayer, LayerSet
from smashcima.imaging.filters.distractors import DISTRACTOR_LAYER
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import ImageFilter, LayersFilter
from smashcima.imaging.filters.grain import grain, gray_tile
from smashcima.imaging.filters.ink_layers import staff_line_regions, written_regions
from smashcima.imaging.filters.ink_spread import rough_tile, spread_ink
from smashcima.imaging.filters.parameters import LogNormal, Parameter
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import Plane


@dataclass(kw_only=True, eq=False)
class InkGain(LayersFilter):
    """Ink gain: printed ink is wider than the plate, staff lines too, and its edges waver, so that counters fill."""

    gain_mm: Parameter = LogNormal(0.028, 0.5)
    """Distance in mm by which ink spreads beyond its edge."""

    roughness: Parameter = LogNormal(0.8, 0.3)
    """Roughness of the edge: 0 = smooth, 1 = as large as the gain."""

    grain_mm: Parameter = LogNormal(0.16, 0.3)
    """Size in mm of the unevenness along the edge."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Spreads the ink and dilates its regions."""
        size = PictureSize.of_layers(layers)
        gain = size.px(draws.strength * draws.value("gain_mm", self.gain_mm))
        roughness = min(draws.value("roughness", self.roughness), 1.5)
        tile = rough_tile(tile_of(size, draws.value("grain_mm", self.grain_mm)), gain, roughness)
        texture = grain(draws.rng, size.width, size.height, tile)
        for name, ink in layers:
            if not name.startswith(DISTRACTOR_LAYER):
                spread_ink(ink, gain, texture)
        reach = gain * (1 + 0.5 * min(roughness, 1.0))
        where = written_regions(layers) | staff_line_regions(layers.regions)
        layers.regions = layers.regions.grown(reach, where)
        return layers


@dataclass(kw_only=True, eq=False)
class RoughEdges(ImageFilter):
    """Unevenness of paper and ink that moves edges in a scan, most of all where it is reduced to black and white afterwards.

    Only tones between those of ink and paper change, so that even areas stay even.
    """

    amount: Parameter = LogNormal(0.12, 0.4)
    """Standard deviation in the middle of an edge, as a fraction of white."""

    grain_mm: Parameter = LogNormal(0.13, 0.3)
    """Size of the unevenness in mm."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Adds noise with soft grains to edges."""
        size = PictureSize.of_image(image)
        # Uniform noise has a standard deviation of 0.29 of its range.
        share = min(draws.strength * draws.value("amount", self.amount) / 0.29, 1.2)
        plane = grain(
            draws.rng, size.width, size.height, tile_of(size, draws.value("grain_mm", self.grain_mm))
        )
        weights = _weights(image.bitmap if image.bitmap.ndim == 2 else image.bitmap[:, :, 1])
        for top in range(0, image.height, _BAND_ROWS):
            _roughen(image.bitmap[top : top + _BAND_ROWS], plane[top : top + _BAND_ROWS], weights, share)
        return image


def _roughen(band: NDArray[np.uint8], noise: Plane, weights: NDArray[np.uint8], share: float) -> None:
    """Adds noise to a band of an image in place, by the weights of its tones."""
    import cv2

    gray = band if band.ndim == 2 else np.asarray(cv2.extractChannel(band, 1), np.uint8)
    weight = np.asarray(cv2.LUT(gray, weights), np.uint8)
    near = np.flatnonzero(weight.max(axis=0))
    if len(near) == 0:
        return
    columns = slice(int(near[0]), int(near[-1]) + 1)
    band, weight = band[:, columns], weight[:, columns]
    added = np.asarray(cv2.multiply(noise[:, columns], weight, scale=1 / 255), np.uint8)
    if band.ndim == 3:
        clear = np.zeros(weight.shape, np.uint8)
        added, weight = (
            np.asarray(cv2.merge([each, each, each, clear]), np.uint8) for each in (added, weight)
        )
    cv2.addWeighted(band, 1.0, added, share, 0.0, dst=band)
    cv2.addWeighted(band, 1.0, weight, -share / 2, 0.0, dst=band)


_BAND_ROWS = 64
"""Height of bands that fit into the processor cache."""

_EVERY = 16
"""Only one pixel in so many, along both sides, is looked at for the tone of the paper."""


def _weights(
    gray: NDArray[np.uint8],
) -> NDArray[np.uint8]:
    """(256,): 255 for the tone in the middle between black and paper, falling to 0 for those a quarter away from either."""
    paper = max(float(np.quantile(gray[::_EVERY, ::_EVERY], 0.6)), 1.0)
    away = np.abs(np.arange(256) / paper - 0.5)
    return np.asarray(np.rint(255 * np.clip(2 - 8 * away, 0, 1)), np.uint8)


def tile_of(size: PictureSize, grain_mm: float) -> NDArray[np.uint8]:
    """Noise whose grains have about this size; pages of one resolution share few tiles."""
    return gray_tile(max(0.5, min(round(size.px(grain_mm) / 2.4 * 2) / 2, 12.0)))
