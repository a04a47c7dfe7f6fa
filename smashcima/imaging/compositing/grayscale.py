"""Grayscale and bilevel images."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.imaging.compositing.encoding import on_white
from smashcima.imaging.compositing.opacity import is_opaque


def to_gray(bitmap: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Converts a BGRA image on white to grayscale: (height_px, width_px), 0 = black."""
    import cv2

    if bitmap.size and is_opaque(bitmap):
        return np.asarray(cv2.cvtColor(bitmap, cv2.COLOR_BGRA2GRAY), dtype=np.uint8)
    return np.asarray(cv2.cvtColor(on_white(bitmap), cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def gray_of(color: Sequence[int]) -> int:
    """The brightness of a colour, given as blue, green, red and more, as in `to_gray`."""
    blue, green, red = color[:3]
    return round(0.114 * blue + 0.587 * green + 0.299 * red)


def to_bitonal(bitmap: NDArray[np.uint8], threshold: float | str = "otsu") -> NDArray[np.bool_]:
    """Converts a BGRA or grayscale image to black and white: (height_px, width_px), `True` = white.

    Pixels darker than `threshold` (0 to 255) become black. `"otsu"` determines the threshold that best separates dark
    from light (Otsu 1979); an image of a single shade becomes all black if the shade is closer to black.
    """
    gray = bitmap if bitmap.ndim == 2 else to_gray(bitmap)
    if threshold == "otsu":
        return gray >= _otsu(gray)
    if isinstance(threshold, str) or not 0 <= threshold <= 255:
        raise ExportError(f'threshold must be a number from 0 to 255, or "otsu", not {threshold!r}.')
    return gray >= threshold


def _otsu(gray: NDArray[np.uint8]) -> int:
    """Otsu's threshold: the darkest shade that counts as light."""
    import cv2

    darkest, lightest, _, _ = cv2.minMaxLoc(gray)
    if darkest == lightest:
        return 128
    threshold, _ = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    return int(threshold) + 1
