"""Light that paper loses in places: where ink comes through, and where it is stained."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_BAND_ROWS = 32
"""Height of bands that fit into the processor cache."""


def absorb(bitmap: NDArray[np.uint8], taken: NDArray[np.uint8], color: tuple[float, float, float]) -> None:
    """Takes light from an opaque BGRA image in place.

    Args:
        bitmap: the image, or a part of one.
        taken: (height_px, width_px): what is taken; 255 = all of the light.
        color: what blue, green and red lose, relative to that.
    """
    import cv2

    levels = np.arange(256, dtype=np.uint8)
    shares = [cv2.bitwise_not(cv2.convertScaleAbs(levels, alpha=share)).ravel() for share in (*color, 0.0)]
    # The four bytes of a pixel as one number.
    kept = np.stack(shares, axis=1).view(np.uint32)[:, 0]
    for top in range(0, len(bitmap), _BAND_ROWS):
        field = taken[top : top + _BAND_ROWS]
        found = np.flatnonzero(field.max(axis=0))
        if not len(found):
            continue
        part = slice(int(found[0]), int(found[-1]) + 1)
        band = bitmap[top : top + _BAND_ROWS, part]
        factors = kept.take(field[:, part]).view(np.uint8).reshape(band.shape)
        cv2.multiply(band, factors, dst=band, scale=1 / 255)
