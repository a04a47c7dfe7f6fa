"""Colours multiplied by opacity, as blending and resampling need them, and back."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def is_opaque(bitmap: NDArray[np.uint8]) -> bool:
    """Whether no pixel of a BGRA picture lets through what is below."""
    if bitmap.flags.c_contiguous:
        # The opacity is the highest byte of a pixel read as one little-endian number.
        return int(bitmap.view("<u4").min(initial=0xFFFFFFFF)) >= 0xFF000000
    return int(bitmap[:, :, 3].min(initial=255)) == 255


def multiplied(bitmap: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A BGRA picture with its colours multiplied by its opacity."""
    if bitmap.size and is_opaque(bitmap):
        return np.ascontiguousarray(bitmap)
    alpha = bitmap[:, :, 3:]
    result: NDArray[np.uint8] = np.empty(bitmap.shape, np.uint8)
    result[:, :, :3] = (bitmap[:, :, :3].astype(np.uint16) * alpha + 127) // 255
    result[:, :, 3:] = alpha
    return result


def divided(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The inverse of `multiplied`; what is wholly transparent becomes black."""
    result: NDArray[np.uint8] = picture.copy()
    divide(result)
    return result


def divide(picture: NDArray[np.uint8]) -> None:
    """`divided`, in place, at the pixels that are neither opaque nor clear."""
    import cv2

    if picture.size == 0 or is_opaque(picture):
        return
    partly = cv2.inRange(cv2.extractChannel(picture, 3), 1, 254)
    if cv2.countNonZero(partly) == 0:
        return
    columns, rows = np.asarray(cv2.findNonZero(partly)).reshape(-1, 2).T
    where = rows, columns
    part = picture[where].astype(np.uint16)
    alpha = part[:, 3:]
    part[:, :3] = np.minimum((part[:, :3] * 255 + alpha // 2) // alpha, 255)
    picture[where] = part
