"""Reduction of images, fast and without interrupting thin lines."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BLUR = 0.35
"""Standard deviation of the blur before every pixel is not used any more, relative to that for which it would suffice alone:
interpolation averages, too."""


def reduced(picture: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    """An image (rows, columns[, channels]) at a smaller size of `width` × `height` px, from its edge to its edge.

    Means over whole squares of pixels, then a blur and interpolation for the rest: a quarter of the time of exact means.
    """
    import cv2

    rows, columns = picture.shape[:2]
    if _is_even(picture):
        return np.full((height, width, *picture.shape[2:]), picture[0, 0], np.uint8)
    side = max(1, int(min(columns / width, rows / height)))
    if side > 1:
        right, bottom = -columns % side, -rows % side
        if right or bottom:
            picture = np.asarray(
                cv2.copyMakeBorder(picture, 0, bottom, 0, right, cv2.BORDER_REPLICATE), np.uint8
            )
        squares = (picture.shape[1] // side, picture.shape[0] // side)
        picture = np.asarray(cv2.resize(picture, squares, interpolation=cv2.INTER_AREA), np.uint8)
    across, down = columns / width / side, rows / height / side
    if (across, down) == (1, 1):
        return picture
    kernels = [_three_weights(_BLUR * max(factor**2 - 1, 0) ** 0.5) for factor in (across, down)]
    soft = cv2.sepFilter2D(picture, -1, *kernels, borderType=cv2.BORDER_REPLICATE)
    # OpenCV counts from the centres of pixels.
    matrix = np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2]])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    small = cv2.warpAffine(soft, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(small, np.uint8)


def _three_weights(sigma_px: float) -> NDArray[np.float32]:
    """Weights of three pixels with this standard deviation; their sum is 1."""
    outer = min(sigma_px**2 / 2, 1 / 3)
    return np.array([outer, 1 - 2 * outer, outer], np.float32)


def _is_even(picture: NDArray[np.uint8]) -> bool:
    """Whether an image has only one colour, as plain paper and empty layers of ink."""
    if picture.flags.c_contiguous and picture.shape[2:] == (4,):
        picture = picture.view(np.uint32)[:, :, 0]  # whole pixels
    if not (picture[:1] == picture[:1, :1]).all():
        return False
    return bool((picture == picture[:1, :1]).all())
