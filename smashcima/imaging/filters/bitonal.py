"""Bitonal images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import ImageLayer
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import ImageFilter
from smashcima.imaging.filters.parameters import LogNormal, Normal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.specks import specks

_COARSE, _ROW_STEP = 8, 4
"""Reduction of the image for Sauvola's means, which are smooth, and distance of the rows that are averaged."""

_MOST_OF_MEAN = 0.85
"""Largest threshold of Sauvola's method relative to the mean brightness of the window."""

_OTSU_STEP = 3
"""Every third row is enough for a histogram."""

_DYNAMIC_RANGE = 128.0
"""Dynamic range of the standard deviation in Sauvola's formula."""

_INK_LEVEL = 128
"""Pixels below this level are ink."""


@dataclass(kw_only=True, eq=False)
class Binarize(ImageFilter):
    """Converts the image to black and white. The result is always bitonal; the strength shifts the threshold."""

    method: tuple[str, ...] = ("otsu", "sauvola")
    """Methods, one of which is drawn: a global threshold (Otsu 1979) or a local one (Sauvola 2000)."""

    bias: Parameter = Normal(0, 0.04)
    """Shift of the threshold as a fraction of white; positive values thicken strokes."""

    window_mm: Parameter = LogNormal(4.0, 0.2)
    """Side of the neighbourhood of Sauvola's method, in mm."""

    sensitivity: Parameter = Normal(0.3, 0.04)
    """Parameter k of Sauvola's method; higher values give less ink."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Transparent pixels that are white stay transparent."""
        import cv2

        size = PictureSize.of_image(image)
        method = draws.choice("method", self.method)
        bias = 255 * draws.strength * draws.value("bias", self.bias)
        window = draws.value("window_mm", self.window_mm)
        sensitivity = draws.value("sensitivity", self.sensitivity)
        gray, opacity = gray_on_white(image)
        if method == "otsu":
            sample = np.ascontiguousarray(gray[::_OTSU_STEP])
            threshold, _ = cv2.threshold(sample, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
            # On a uniform page, Otsu's threshold is the tone of the page, and nothing is ink.
            darkest, brightest, _, _ = cv2.minMaxLoc(sample)
            even = brightest - darkest < 40
            # However much the threshold is raised, most of the paper stays white.
            most = max(threshold, _MOST_OF_MEAN * float(np.median(sample)))
            level = -1.0 if even else float(np.clip(min(threshold + bias, most), 1, 254))
            black_and_white = cv2.threshold(gray, level, 255, cv2.THRESH_BINARY)[1]
        else:
            limit = _sauvola(gray, max(size.px(window), 3.0), sensitivity, bias)
            black_and_white = cv2.compare(gray, limit, cv2.CMP_GT)
        _store(image, np.asarray(black_and_white, np.uint8), opacity)
        return image


def gray_on_white(image: ImageLayer) -> tuple[NDArray[np.uint8], NDArray[np.uint8] | None]:
    """Brightness of an image on white, and its opacity (`None` if it is fully opaque)."""
    import cv2

    if image.bitmap.ndim == 2:
        return image.bitmap, None
    gray = np.asarray(cv2.cvtColor(image.bitmap, cv2.COLOR_BGRA2GRAY), np.uint8)
    opacity = np.asarray(cv2.extractChannel(image.bitmap, 3), np.uint8)
    if cv2.minMaxLoc(opacity)[0] == 255:
        return gray, None
    lit = cv2.multiply(gray, opacity, scale=1 / 255)
    return np.asarray(cv2.add(lit, cv2.bitwise_not(opacity)), np.uint8), opacity


def _store(image: ImageLayer, gray: NDArray[np.uint8], opacity: NDArray[np.uint8] | None) -> None:
    """Stores a gray image; where it was not opaque, makes dark pixels opaque and bright ones transparent."""
    import cv2

    if image.bitmap.ndim == 2:
        image.bitmap = gray
        return
    cv2.cvtColor(gray, cv2.COLOR_GRAY2BGRA, dst=image.bitmap)
    if opacity is not None:
        seen = cv2.max(cv2.bitwise_not(gray), cv2.threshold(opacity, 127, 255, cv2.THRESH_BINARY)[1])
        cv2.insertChannel(seen, image.bitmap, 3)


def _sauvola(gray: NDArray[np.uint8], window_px: float, sensitivity: float, bias: float) -> NDArray[np.uint8]:
    """The threshold at each pixel: mean × (1 + k (deviation / 128 - 1)) of its window."""
    import cv2

    height, width = gray.shape
    size = (max(1, width // _COARSE), max(1, height // _COARSE))
    sample = gray
    if min(width, height) >= _COARSE:
        # Averaging whole squares is much faster, and every fourth row is enough.
        sample = np.ascontiguousarray(gray[: size[1] * _COARSE : _ROW_STEP, : size[0] * _COARSE])
    small = cv2.resize(sample, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    # Squared levels are averaged before reduction; otherwise thin lines would not count as contrast.
    squares = cv2.resize(cv2.LUT(sample, _SQUARES), size, interpolation=cv2.INTER_AREA)
    squares = squares.astype(np.float32) * 256
    side = max(1, round(window_px / _COARSE)) | 1
    mean = cv2.blur(small, (side, side), borderType=cv2.BORDER_REPLICATE)
    square = cv2.blur(squares, (side, side), borderType=cv2.BORDER_REPLICATE)
    deviation = np.sqrt(np.maximum(square - mean**2, 0))
    limit = mean * (1 + sensitivity * (deviation / _DYNAMIC_RANGE - 1)) + bias
    # However much the threshold is raised, the noise of even paper stays white.
    limit = np.minimum(limit, _MOST_OF_MEAN * mean)
    small_limit = np.clip(np.rint(limit), 1, 254).astype(np.uint8)
    return np.asarray(cv2.resize(small_limit, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


_SQUARES = np.rint(np.arange(256, dtype=np.float64) ** 2 / 256).clip(0, 255).astype(np.uint8)
"""Squares of levels, divided by 256."""


@dataclass(kw_only=True, eq=False)
class SaltAndPepper(ImageFilter):
    """Salt-and-pepper noise: white specks in ink and black ones on paper, as in facsimiles and old
    microfilms.
    """

    pepper: Parameter = LogNormal(0.00025, 0.7)
    """Fraction of the page covered by black specks."""

    salt: Parameter = LogNormal(0.0012, 0.7)
    """Fraction of the ink covered by white specks."""

    speck_mm: Parameter = LogNormal(0.13, 0.2)
    """Size of a speck in mm."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Adds the specks, with varying density."""
        size = PictureSize.of_image(image)
        diameter_mm = draws.value("speck_mm", self.speck_mm)
        shares = [
            min(draws.strength * draws.value(name, parameter), 0.2)
            for name, parameter in (("pepper", self.pepper), ("salt", self.salt))
        ]
        for share, tone in zip(shares, (0, 255), strict=True):
            rows, columns = specks(draws.rng, size, share, diameter_mm)
            seen = image.bitmap[rows, columns]
            is_gray = seen.ndim == 1
            dark = (seen if is_gray else seen[:, 1]) < _INK_LEVEL
            changed = dark if tone else ~dark
            if is_gray:
                image.bitmap[rows[changed], columns[changed]] = tone
            else:
                changed &= seen[:, 3] > 0
                image.bitmap[rows[changed], columns[changed], :3] = tone
        return image


@dataclass(kw_only=True, eq=False)
class Dust(ImageFilter):
    """Dirt on paper and glass: small spots, darker than the paper."""

    share: Parameter = LogNormal(0.0002, 0.8)
    """Fraction of the page covered by spots."""

    spot_mm: Parameter = LogNormal(0.15, 0.3)
    """Size of a spot in mm."""

    depth: Parameter = Uniform(0.1, 0.5)
    """Mean fraction of light that a spot takes."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Darkens the spots, each by another fraction."""
        size = PictureSize.of_image(image)
        share = min(draws.strength * draws.value("share", self.share), 0.1)
        spots = specks(draws.rng, size, share, draws.value("spot_mm", self.spot_mm))
        depth = draws.value("depth", self.depth)
        # Neighbouring pixels of a spot follow each other, so that steps of this list are the depths of spots.
        depths = np.repeat(draws.rng.uniform(0.3, 1.7, len(spots.rows) // 4 + 1), 4)[: len(spots.rows)]
        factors = np.clip(1 - depth * depths, 0.05, 1)
        seen = image.bitmap[spots.rows, spots.columns]
        if seen.ndim == 1:
            image.bitmap[spots.rows, spots.columns] = np.rint(seen * factors)
        else:
            image.bitmap[spots.rows, spots.columns, :3] = np.rint(seen[:, :3] * factors[:, np.newaxis])
        return image
