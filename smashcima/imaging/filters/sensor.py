"""Filters of sensors: noise, and streaks of dust on a scanner."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import ImageLayer
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import ImageFilter
from smashcima.imaging.filters.grain import NoiseTile, blocks, sensor_noise
from smashcima.imaging.filters.parameters import LogNormal, Parameter
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.kernels import kernels_are_used

_TILE_SPREAD = 32.0
"""Of `sensor_tile`."""

_BAND_ROWS = 64
"""Height of bands of blocks, which fit into the processor cache."""

_SEEN = 4.0
"""Largest difference in levels for which one pass is used instead of three."""


@dataclass(kw_only=True, eq=False)
class SensorNoise(ImageFilter):
    """Noise of a camera or scanner.

    Shot noise is proportional to the square root of the light. Image files store approximately the square root of the
    light (its power of 1 / 2.2), so that shot noise is equal on paper and ink there. Read noise does not depend on the
    light, so in a file it is larger in dark areas.
    """

    shot: Parameter = LogNormal(0.008, 0.4)
    """Standard deviation of shot noise at white, as a fraction of white."""

    read: Parameter = LogNormal(0.004, 0.4)
    """Standard deviation of read noise in the darkest areas, as a fraction of white."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Adds the noise and clips the result, as in a camera."""
        shot = 255 * draws.strength * draws.value("shot", self.shot)
        read = 255 * draws.strength * draws.value("read", self.read)
        bitmap = image.bitmap
        noise = self.noise(draws, PictureSize.of_image(image), bitmap.ndim == 2)
        bright = min(shot, 60.0) / _TILE_SPREAD
        dark = min(float(np.hypot(shot, read)), 60.0) / _TILE_SPREAD
        alike = 255 * (dark - bright) < _SEEN
        if alike:
            _add_alike(bitmap, noise, draws.rng, dark)
            return image
        for rows, columns, y, x in blocks(draws.rng, image.width, image.height):
            part = bitmap[rows, columns]
            across = slice(x, x + part.shape[1])
            for top in range(0, len(part), _BAND_ROWS):
                band = part[top : top + _BAND_ROWS]
                _add_noise(band, noise.values[y + top : y + top + len(band), across], dark, bright)
        return image

    def noise(self, draws: Draws, size: PictureSize, is_gray: bool) -> NoiseTile:
        """Hook: the noise of a picture."""
        return sensor_noise(is_gray)


def _add_alike(bitmap: NDArray[np.uint8], noise: NoiseTile, rng: np.random.Generator, factor: float) -> None:
    """Adds noise, scaled by one factor, to an image in place.

    Adding bytes takes half of the time of a weighted sum. The opacity of 128 in the tile is neutral.
    """
    import cv2

    if 128 * factor < 127 and bitmap.flags.c_contiguous and kernels_are_used():
        _add_by_kernel(bitmap, noise, rng, factor)
        return
    brighter, darker = (cv2.convertScaleAbs(part, alpha=factor) for part in noise.parts)
    for rows, columns, y, x in blocks(rng, bitmap.shape[1], bitmap.shape[0]):
        part = bitmap[rows, columns]
        across = slice(x, x + part.shape[1])
        for top in range(0, len(part), _BAND_ROWS):
            band = part[top : top + _BAND_ROWS]
            down = slice(y + top, y + top + len(band))
            cv2.add(band, brighter[down, across], dst=band)
            cv2.subtract(band, darker[down, across], dst=band)


def _add_by_kernel(
    bitmap: NDArray[np.uint8], noise: NoiseTile, rng: np.random.Generator, factor: float
) -> None:
    """The same by a compiled kernel, for changes that signed bytes can hold."""
    from smashcima.imaging.filters.noise_kernels import add_changes, scale

    height, width = bitmap.shape[:2]
    changes: NDArray[np.int8] = np.empty((len(noise.values), noise.values[0].size), np.int8)
    scale(noise.values.reshape(-1), factor, changes.reshape(-1))
    picture, size = bitmap.reshape(height, -1), bitmap.size // (height * width)
    for rows, columns, y, x in blocks(rng, width, height):
        first, last = size * columns.start, size * columns.stop
        add_changes(picture, rows.start, rows.stop, first, last, changes, y, size * x)


def _add_noise(part: NDArray[np.uint8], noise: NDArray[np.uint8], dark: float, bright: float) -> None:
    """Adds noise n (a tile minus 128) to a block v in place, scaled by a factor from `dark` at 0 to `bright` at 255.

    The tile is 128 + n, and f = (dark - bright) / 255. `v - f v tile` equals `v (1 - 128 f) - f v n`, which is scaled
    back to v by a factor; this increases the noise by a few hundredths and does not change the mean.
    """
    import cv2

    opacity = cv2.extractChannel(part, 3) if part.ndim == 3 else None
    factor = (dark - bright) / 255
    product = cv2.multiply(part, noise, scale=factor)
    cv2.addWeighted(part, 1.0, product, -1.0, 0.0, dst=part)
    cv2.addWeighted(part, 1 / (1 - 128 * factor), noise, dark, -128 * dark, dst=part)
    if opacity is not None:
        cv2.insertChannel(opacity, part, 3)


@dataclass(kw_only=True, eq=False)
class ScannerStreaks(ImageFilter):
    """Streaks of dust on the glass of a scanner: thin lines along the page, some of them coloured."""

    count: Parameter = LogNormal(2.5, 0.6)
    """Number of streaks."""

    depth: Parameter = LogNormal(0.045, 0.6)
    """Relative change of brightness, darker or brighter."""

    width_mm: Parameter = LogNormal(0.1, 0.3)
    """Width of a streak in mm."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Draws the streaks."""
        rng = draws.rng
        size = PictureSize.of_image(image)
        count = min(round(draws.strength * draws.value("count", self.count)), 60)
        depth = draws.value("depth", self.depth)
        width = draws.value("width_mm", self.width_mm)
        for _ in range(count):
            columns = max(1, round(size.px(width * rng.uniform(0.6, 1.6))))
            left = int(rng.integers(0, max(1, image.width - columns)))
            amount = (
                draws.strength**0.7 * depth * rng.lognormal(0, 0.4) * (1 if rng.random() < 0.75 else -0.6)
            )
            tint = rng.uniform(0.3, 1, 3) if rng.random() < 0.4 else np.ones(3)
            factors = np.clip(1 - amount * tint, 0.3, 1.5)
            # Dust moves occasionally, so that the line fades along its length.
            wave = np.interp(
                np.arange(image.height),
                np.linspace(0, image.height, 9),
                np.clip(rng.normal(0.8, 0.25, 9), 0, 1),
            )
            weight = 1 + (factors - 1) * wave[:, np.newaxis]
            part = image.bitmap[:, left : left + columns]
            if part.ndim == 2:
                changed = part * weight[:, 1:2]
            else:
                part = part[:, :, :3]
                changed = part * weight[:, np.newaxis]
            part[:] = np.clip(np.rint(changed), 0, 255)
        return image
