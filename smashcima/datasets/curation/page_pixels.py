"""Pages as black and white pixels at a common resolution, upright."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]
"""(height_px, width_px), 0 = black."""

_PIXELS = 1.5e6
"""Size at which pages are measured: about 130 DPI for A4."""

_MOST_ENLARGED = 2.0
_WINDOW_PX = 41
"""Side of the window whose mean brightness decides what is ink, wider than beams and text."""

_DARKER_BY = 14
"""How much darker than its surroundings ink is, of 255."""

_NEGATIVE = 40
"""Median brightness below which a page is a negative."""

_MOST_SKEW_DEG = 8.0
_SKEW_SIDE_PX = 500
"""Longer side at which the skew is first estimated."""


@dataclass(frozen=True)
class PagePixels:
    """A page at the common resolution, turned so that its lines are horizontal."""

    ink: Gray
    """255 where there is ink, 0 elsewhere."""

    skew_deg: float
    """Angle by which the page was turned clockwise."""

    @staticmethod
    def of(gray: Gray) -> PagePixels:
        """The pixels of a page in gray, of any size."""
        ink = ink_of(dark_on_light(resized(gray)))
        skew = skew_of(ink)
        return PagePixels(_turned(ink, skew) if abs(skew) >= 0.05 else ink, skew)


def resized(gray: Gray) -> Gray:
    """The page at the common resolution. Reduction averages over areas, so that thin lines are preserved."""
    import cv2

    height, width = gray.shape
    scale = min(math.sqrt(_PIXELS / (height * width)), _MOST_ENLARGED)
    size = (max(16, round(width * scale)), max(16, round(height * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(gray, size, interpolation=how), dtype=np.uint8)


def dark_on_light(gray: Gray) -> Gray:
    """The page with dark ink: a negative, most of which is nearly black, is inverted."""
    return np.asarray(255 - gray, dtype=np.uint8) if float(np.median(gray)) < _NEGATIVE else gray


def ink_of(gray: Gray) -> Gray:
    """Pixels that are darker than their surroundings, 255 each, under any light."""
    import cv2

    return np.asarray(
        cv2.adaptiveThreshold(
            gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _WINDOW_PX, _DARKER_BY
        ),
        dtype=np.uint8,
    )


def skew_of(ink: Gray) -> float:
    """The angle in degrees by which a page must be turned clockwise, at most 8, so that its lines are horizontal.

    Rows of lines and of text differ most in their ink when they are horizontal.
    """
    import cv2

    scale = min(1.0, _SKEW_SIDE_PX / max(ink.shape))
    small = np.asarray(
        cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8
    )
    coarse = _best(small, np.arange(-_MOST_SKEW_DEG, _MOST_SKEW_DEG + 0.1, 0.5))
    fine = _best(small, np.arange(coarse - 0.4, coarse + 0.41, 0.1))
    return round(fine, 2) + 0.0  # not -0.0


def _best(ink: Gray, angles: NDArray[np.float64]) -> float:
    scores: list[float] = []
    for angle in angles.tolist():
        rows = _turned(ink, angle).sum(axis=1, dtype=np.float64)
        scores.append(
            float(np.square(np.diff(rows)).sum()) * (1 - 1e-3 * abs(angle))
        )  # blank pages stay as they are
    return float(angles[int(np.argmax(scores))]) if max(scores) > 0 else 0.0


def _turned(ink: Gray, clockwise_deg: float) -> Gray:
    import cv2

    height, width = ink.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -clockwise_deg, 1.0)
    return np.asarray(cv2.warpAffine(ink, matrix, (width, height), flags=cv2.INTER_LINEAR), dtype=np.uint8)
