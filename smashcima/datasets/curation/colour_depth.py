"""Colour depth of pages: bits per pixel that they need, as seen in their pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BILEVEL, GRAY, COLOUR = 1, 8, 24
DEPTHS: dict[int, str] = {BILEVEL: "black and white", GRAY: "shades of gray", COLOUR: "colour"}
"""Bits per pixel, and what they stand for."""

_DARK, _LIGHT = 64, 192
_LEAST_SHARE = 0.004
"""Share of pixels that decides: fewer are traces of scaling and compression."""

_COLOURFUL = 24
"""Difference between the channels of a coloured pixel."""


def colour_depth(pixels: NDArray[np.uint8]) -> int:
    """The colour depth of a page: 1, 8 or 24.

    Judges pixels instead of the file, because pages from JPEG files and rendered pages always have 8 or 24 bits. Shades
    beside both black and white are smooth edges, and do not count.

    Args:
        pixels: (height_px, width_px), gray, or (height_px, width_px, 3), BGR.
    """
    import cv2

    gray = pixels
    if pixels.ndim == 3:
        spread = pixels.max(axis=2).astype(np.int16) - pixels.min(axis=2)
        if float((spread > _COLOURFUL).mean()) > _LEAST_SHARE:
            return COLOUR
        gray = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    around = np.ones((5, 5), np.uint8)
    darkest, lightest = cv2.erode(gray, around), cv2.dilate(gray, around)
    is_shade = (gray > _DARK) & (gray < _LIGHT) & ~((darkest <= _DARK) & (lightest >= _LIGHT))
    paper = float(np.median(gray))
    is_toned = paper < 235
    return GRAY if is_toned or float(is_shade.mean()) > _LEAST_SHARE else BILEVEL
