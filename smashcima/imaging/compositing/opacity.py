"""Conversion between straight and premultiplied alpha, for blending and resampling."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BAND_ROWS = 64
"""Number of rows that are processed at once, so that they fit into the processor cache."""


def is_opaque(bitmap: NDArray[np.uint8]) -> bool:
    """Whether all pixels of a BGRA image are opaque."""
    if bitmap.flags.c_contiguous:
        # The opacity is the highest byte of a pixel read as a little-endian integer.
        return int(bitmap.view("<u4").min(initial=0xFFFFFFFF)) >= 0xFF000000
    return int(bitmap[:, :, 3].min(initial=255)) == 255


def multiplied(bitmap: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Converts a BGRA image to premultiplied alpha."""
    bitmap = np.ascontiguousarray(bitmap)
    if bitmap.size == 0 or is_opaque(bitmap):
        return bitmap
    import cv2

    result: NDArray[np.uint8] = np.empty(bitmap.shape, np.uint8)
    for top in range(0, len(bitmap), BAND_ROWS):
        band = bitmap[top : top + BAND_ROWS]
        # Converted from gray, the opacity is three times the same number, and 255.
        factors = cv2.cvtColor(cv2.extractChannel(band, 3), cv2.COLOR_GRAY2BGRA)
        cv2.multiply(band, factors, dst=result[top : top + BAND_ROWS], scale=1 / 255)
    return result


def divided(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The inverse of `multiplied`; fully transparent pixels become black."""
    result: NDArray[np.uint8] = picture.copy()
    divide(result)
    return result


def divide(picture: NDArray[np.uint8]) -> None:
    """`divided`, in place."""
    import cv2

    if picture.size == 0 or is_opaque(picture):
        return
    for top in range(0, len(picture), BAND_ROWS):
        band = picture[top : top + BAND_ROWS]
        # Opaque columns are skipped: usually, only the sides of a rotated sheet are transparent.
        least = np.ascontiguousarray(band).view("<u4")[:, :, 0].min(axis=0)
        edges = np.flatnonzero(np.diff(np.concatenate([[False], least < 0xFF000000, [False]])))
        for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            band[:, first:last] = cv2.cvtColor(
                np.ascontiguousarray(band[:, first:last]), cv2.COLOR_mRGBA2RGBA
            )
