"""Noise as telephones leave it in a picture: denoised, sharpened, and reduced with the picture."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.grain import TILE_PX, NoiseTile, wrapped_blur
from smashcima.imaging.filters.parameters import LogNormal, Parameter
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.sensor import SensorNoise
from smashcima.imaging.filters.smooth_noise import Field, Plane
from smashcima.randomness import Stream

_SOFTNESS_STEPS = (0.0, 0.35, 0.5, 0.65, 0.85, 1.1)
"""Softness in pixels of the tiles that are made; 5 MB each."""

_SHARPENED = 0.5
_SHARPENING_PX = 1.7
"""Sharpening of the noise: neighbours at 3 to 4 px are slightly opposed, as in real pictures."""

_PATCHY = 0.22
_PATCH_PX = 5.0
"""Denoising works from place to place: spread of the logarithm of the noise, and size of the places."""

_COLOR_SHARES = (0.22, 0.12, 0.18)
_COLOR_BLUR_PX = 1.6


@dataclass(kw_only=True, eq=False)
class CameraNoise(SensorNoise):
    """Noise of a sensor after demosaicing, denoising and sharpening, in a picture of any resolution.

    In photographs of pages, the correlation of neighbouring pixels is 0.2 where the picture was reduced to 7 px a staff space,
    and 0.7 where all pixels of the sensor are kept.
    """

    grain_mm: Parameter = LogNormal(0.045, 0.55)
    """Softness of the noise on the paper in mm: the standard deviation of a blur of white noise."""

    def noise(self, draws: Draws, size: PictureSize, is_gray: bool) -> NoiseTile:
        """The noise whose softness is nearest to the drawn one."""
        wanted = size.px(draws.value("grain_mm", self.grain_mm))
        softness = min(_SOFTNESS_STEPS, key=lambda step: abs(step - wanted))
        return _noise(softness, is_gray)


@lru_cache(maxsize=2 * len(_SOFTNESS_STEPS))
def _noise(softness_px: float, is_gray: bool) -> NoiseTile:
    return NoiseTile(_gray_tile(softness_px) if is_gray else _tile(softness_px))


@lru_cache(maxsize=len(_SOFTNESS_STEPS))
def _tile(softness_px: float) -> Plane:
    """(TILE_PX, TILE_PX, 4) with mean 128 and standard deviation 32; the opacity is 128 everywhere."""
    rng = Stream(0).child("camera tile", str(softness_px)).generator()
    size = (TILE_PX, TILE_PX)
    bright = _normalized(wrapped_blur(rng.standard_normal(size, np.float32), softness_px, softness_px))
    bright = _normalized(bright - _SHARPENED * wrapped_blur(bright, _SHARPENING_PX, _SHARPENING_PX))
    places = _normalized(wrapped_blur(rng.standard_normal(size, np.float32), _PATCH_PX, _PATCH_PX))
    bright = _normalized(bright * np.exp(np.float32(_PATCHY) * places))
    tile: Plane = np.full((*size, 4), 128, np.uint8)
    for channel, share in enumerate(_COLOR_SHARES):
        white = rng.standard_normal(size, np.float32)
        color = _normalized(wrapped_blur(white, _COLOR_BLUR_PX, _COLOR_BLUR_PX))
        mixed = _normalized(bright + color * np.float32(share))
        tile[:, :, channel] = np.clip(np.rint(128 + 32 * mixed), 0, 255).astype(np.uint8)
    tile.setflags(write=False)
    return tile


@lru_cache(maxsize=len(_SOFTNESS_STEPS))
def _gray_tile(softness_px: float) -> Plane:
    tile: Plane = np.ascontiguousarray(_tile(softness_px)[:, :, 1])
    tile.setflags(write=False)
    return tile


def _normalized(field: Field) -> Field:
    return np.asarray(field / field.std(), np.float32)
