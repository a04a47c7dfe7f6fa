"""Filters for blurred images."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import ImageLayer
from smashcima.imaging.compositing.bitmap_memory import new_bitmap
from smashcima.imaging.compositing.opacity import is_opaque
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import ImageFilter
from smashcima.imaging.filters.parameters import LogNormal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize

_LEAST_SIGMA_PX = 0.25
"""Least blur that is applied; a narrower one changes pixels by two levels at most."""

_THREE_PIXELS_PX = 0.78
"""Largest sigma for which three weights suffice; at 0.82 they would be equal."""

_SHARP_PX = 0.9
_MASK_PX = 1.5
"""Standard deviation of the unsharp mask of cameras."""

_WIDE_SIGMA_PX = 4.0
"""Sigma from which an image of half the size is blurred instead, without visible difference."""


@dataclass(kw_only=True, eq=False)
class Defocus(ImageFilter):
    """Defocus: Gaussian blur, which approximates that of lens and sensor."""

    sigma_mm: Parameter = LogNormal(0.055, 0.35)
    """Standard deviation of the blur on the paper, in mm."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Blurs the image uniformly."""
        sigma = PictureSize.of_image(image).px(draws.strength * draws.value("sigma_mm", self.sigma_mm))
        blur(image, sigma)
        return image


def blur(image: ImageLayer, sigma_px: float) -> None:
    """Blurs an image, with premultiplied alpha; its bitmap changes, or another takes its place."""
    import cv2

    if sigma_px < _LEAST_SIGMA_PX:
        return
    bitmap = image.bitmap
    if sigma_px > _WIDE_SIGMA_PX and min(image.width, image.height) > 16:
        size = ((image.width + 1) // 2, (image.height + 1) // 2)
        small = ImageLayer(
            np.asarray(cv2.resize(bitmap, size, interpolation=cv2.INTER_AREA), np.uint8), image.dpi / 2
        )
        blur(small, sigma_px / 2)
        cv2.resize(small.bitmap, (image.width, image.height), dst=bitmap, interpolation=cv2.INTER_LINEAR)
        return
    # Three weights of the same variance do not differ visibly from such a narrow Gaussian, and take half of the time.
    side = 3 if sigma_px <= _THREE_PIXELS_PX else 2 * int(np.ceil(2 * sigma_px)) + 1
    if side == 3:
        outer = min(sigma_px**2 / 2, 1 / 3)
        kernel = np.array([outer, 1 - 2 * outer, outer], np.float32)
        cv2.sepFilter2D(bitmap, -1, kernel, kernel, dst=bitmap, borderType=cv2.BORDER_REPLICATE)
    else:
        # In place, OpenCV would copy the picture to new memory first, which takes longer than the blur.
        image.bitmap = new_bitmap(bitmap.shape)
        cv2.GaussianBlur(bitmap, (side, side), sigma_px, dst=image.bitmap, borderType=cv2.BORDER_REPLICATE)


@dataclass(kw_only=True, eq=False)
class CameraFocus(ImageFilter):
    """Blur of a lens, sharpened by the camera, so that paper is brighter beside ink: the picture of most telephones."""

    sigma_mm: Parameter = LogNormal(0.055, 0.35)
    """Standard deviation of the blur on the paper, in mm."""

    sharpening: Parameter = Uniform(0.1, 0.9)
    """Amount of sharpening, by an unsharp mask of about 1.5 px: 0 = none; 1 = lines get a seam of a fifth of their contrast."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Blurs and sharpens in one step."""
        import cv2

        sigma = PictureSize.of_image(image).px(draws.strength * draws.value("sigma_mm", self.sigma_mm))
        amount = float(np.clip(draws.strength * draws.value("sharpening", self.sharpening), 0, 3))
        if amount < 0.02 or sigma > _WIDE_SIGMA_PX or not _is_opaque(image):
            blur(image, sigma)
            return image
        kernel = _sharpened_kernel(sigma, amount)
        cv2.sepFilter2D(image.bitmap, -1, kernel, kernel, dst=image.bitmap, borderType=cv2.BORDER_REPLICATE)
        return image


def _is_opaque(image: ImageLayer) -> bool:
    return image.bitmap.ndim == 2 or is_opaque(image.bitmap)


def _sharpened_kernel(sigma_px: float, amount: float) -> NDArray[np.float32]:
    """Weights along one axis of a Gaussian blur followed by an unsharp mask; their sum is 1."""
    sigma = max(sigma_px, 0.35)
    wide = float(np.hypot(sigma, _MASK_PX))
    # Five weights are enough for a sharp picture.
    half = 2 if sigma < _SHARP_PX else min(int(np.ceil(1.6 * wide)), 7)
    offsets = np.arange(-half, half + 1)
    near, far = (np.exp(-0.5 * (offsets / spread) ** 2) for spread in (sigma, wide))
    share = 0.7 * amount
    kernel = (1 + share) * near / near.sum() - share * far / far.sum()
    return np.asarray(kernel / kernel.sum(), np.float32)


@dataclass(kw_only=True, eq=False)
class MotionBlur(ImageFilter):
    """Motion blur of a moving camera, along a straight line."""

    length_mm: Parameter = LogNormal(0.22, 0.5)
    """Length of the motion on the paper, in mm."""

    TAKES_GRAY = True

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Blurs in one direction; marks keep the position of the middle of the motion."""
        import cv2

        length = PictureSize.of_image(image).px(draws.strength * draws.value("length_mm", self.length_mm))
        angle = draws.rng.uniform(0, np.pi)
        draws.parameters["angle_deg"] = float(np.degrees(angle))
        kernel = line_kernel(min(length, 60.0), float(angle))
        if kernel.size > 1:
            bitmap = image.bitmap
            cv2.filter2D(bitmap, -1, kernel, dst=bitmap, borderType=cv2.BORDER_REPLICATE)
        return image


def line_kernel(length_px: float, angle: float) -> NDArray[np.float32]:
    """Weights (odd, odd) of the pixels under a line of one pixel width through the centre; their sum is 1."""
    half = int(np.ceil(length_px / 2))
    offsets = np.arange(-half, half + 1)
    weights = np.zeros((2 * half + 1, 2 * half + 1))
    for t in np.linspace(-length_px / 2, length_px / 2, 8 * half + 1):
        across = np.clip(1 - np.abs(offsets - t * np.cos(angle)), 0, 1)
        down = np.clip(1 - np.abs(offsets - t * np.sin(angle)), 0, 1)
        weights += down[:, np.newaxis] * across
    return np.asarray(weights / weights.sum(), np.float32)


@dataclass(kw_only=True, eq=False)
class ResolutionLoss(ImageFilter):
    """Reduced resolution: the image is scaled down and enlarged again."""

    dpi: Parameter = Uniform(110, 170)
    """Reduced resolution in dpi at strength 1; half of it at strength 2. Has no effect above the resolution
    of the image."""

    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Blurs, subsamples and interpolates the image."""
        import cv2

        lower = draws.value("dpi", self.dpi) / draws.strength
        factor = lower / image.dpi
        if factor < 1:
            size = (max(1, round(image.width * factor)), max(1, round(image.height * factor)))
            # A blur with the standard deviation of a large pixel, then subsampling: a third of the time of averages.
            blur(image, 0.29 * (1 / factor**2 - 1) ** 0.5 * 1.2)
            bitmap = image.bitmap
            small = cv2.resize(bitmap, size, interpolation=cv2.INTER_LINEAR)
            cv2.resize(small, (image.width, image.height), dst=bitmap, interpolation=cv2.INTER_LINEAR)
        return image
