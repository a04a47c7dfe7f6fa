"""Outlines and colours in SVG notation."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_TOLERANCE_PX = 0.3
"""Tolerance of simplified outlines, in pixels."""


def path_of(rings: Sequence[NDArray[np.float64]]) -> str:
    """Returns the path data of closed outlines in pixels."""
    import cv2

    parts = []
    for ring in rings:
        if len(ring) < 3 or not np.isfinite(ring).all():
            continue
        fewer = np.asarray(cv2.approxPolyDP(ring.astype(np.float32), _TOLERANCE_PX, True)).reshape(-1, 2)
        kept = fewer.astype(np.float64) if len(fewer) >= 3 else ring
        numbers = [f"{_short(x)},{_short(y)}" for x, y in np.round(kept, 1).tolist()]
        parts.append(f"M{' '.join(numbers)}Z")
    return "".join(parts)


def color_of(label: str) -> str:
    """Returns the CSS colour of a class, always the same one."""
    number = zlib.crc32(label.encode())
    return f"hsl({number % 360} 95% {38 + 6 * ((number >> 12) % 3)}%)"


def _short(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
