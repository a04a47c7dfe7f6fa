"""Light on a picture: smooth factors that brightness is multiplied by."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """Factors on a lattice over a picture, interpolated in between; those of several filters are multiplied."""

    factors: NDArray[np.float32]
    """(rows, columns), or (rows, columns, 3) for blue, green and red; 1 = as before. Cell (i, j) lies in the middle of
    the i-th of `columns` and the j-th of `rows` equal parts of the picture."""

    def at(self, points: NDArray[np.float64], width: float, height: float) -> NDArray[np.float32]:
        """(N,) or (N, 3): factors at points (N, 2) in pixels of a picture of that size; outside, those of the border."""
        import cv2

        rows, columns = self.factors.shape[:2]
        x = (points[:, 0] * (columns / width) - 0.5).astype(np.float32)
        y = (points[:, 1] * (rows / height) - 0.5).astype(np.float32)
        # OpenCV's maps have at most 2**15 rows.
        x, y = _folded(np.clip(x, -1, columns)), _folded(np.clip(y, -1, rows))
        values = cv2.remap(self.factors, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(values, np.float32).reshape(-1, *self.factors.shape[2:])[: len(points)]


def _folded(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """(N,) as (rows, 256), filled up with zeros."""
    rows = -(-len(values) // 256)
    result = np.zeros(rows * 256, np.float32)
    result[: len(values)] = values
    return result.reshape(rows, 256)


def multiply(bitmap: NDArray[np.uint8], factors: NDArray[np.float32]) -> None:
    """Multiplies a BGRA picture in place by a lattice of factors, (rows, columns) or (rows, columns, 3)."""
    import cv2

    height, width = bitmap.shape[:2]
    brightest = max(float(factors.max()), 1e-3)
    if factors.ndim == 2 and brightest <= 1:
        small = np.rint(factors * 255).clip(0, 255).astype(np.uint8)
        gray = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
        for top in range(0, height, _BAND_ROWS):
            band = bitmap[top : top + _BAND_ROWS]
            field = cv2.cvtColor(gray[top : top + _BAND_ROWS], cv2.COLOR_GRAY2BGRA)
            cv2.multiply(band, field, dst=band, scale=1 / 255)
        return
    # All 8 bits go to the factors that occur: the finest steps there are.
    opaque = np.uint8(min(int(255 / brightest), 255))
    small = np.empty((*factors.shape[:2], 4), np.uint8)
    small[:, :, :3] = np.clip(np.rint(factors.reshape(*factors.shape[:2], -1) * opaque), 0, 255)
    small[:, :, 3] = opaque
    field = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    cv2.multiply(bitmap, field, dst=bitmap, scale=1 / float(opaque))


_BAND_ROWS = 64
"""Rows that are multiplied at once: they fit into the cache of the processor."""
