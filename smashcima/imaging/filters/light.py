"""Light on an image: smooth brightness factors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.short_repr import ShortRepr


@dataclass(frozen=True, slots=True, eq=False)
class Light(ShortRepr):
    """Factors on a lattice over an image, interpolated in between; the factors of several filters are
    multiplied.
    """

    factors: NDArray[np.float32]
    """(rows, columns), or (rows, columns, 3) for blue, green and red; 1 = unchanged. Cell (i, j) is in the middle of the
    i-th of `columns` and the j-th of `rows` equal parts of the image."""

    def at(self, points: NDArray[np.float64], width: float, height: float) -> NDArray[np.float32]:
        """Returns (N,) or (N, 3) factors at points (N, 2) in pixels of an image of the given size; outside,
        those of the border.
        """
        import cv2

        rows, columns = self.factors.shape[:2]
        x = (points[:, 0] * (columns / width) - 0.5).astype(np.float32)
        y = (points[:, 1] * (rows / height) - 0.5).astype(np.float32)
        # OpenCV's maps have at most 2**15 rows.
        x, y = _folded(np.clip(x, -1, columns)), _folded(np.clip(y, -1, rows))
        values = cv2.remap(self.factors, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(values, np.float32).reshape(-1, *self.factors.shape[2:])[: len(points)]


def _folded(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """Reshapes (N,) to (rows, 256), padded with zeros."""
    rows = -(-len(values) // 256)
    result = np.zeros(rows * 256, np.float32)
    result[: len(values)] = values
    return result.reshape(rows, 256)


def multiply(bitmap: NDArray[np.uint8], factors: NDArray[np.float32]) -> None:
    """Multiplies a BGRA image in place by a lattice of factors, (rows, columns) or (rows, columns, 3)."""
    import cv2

    height, width = bitmap.shape[:2]
    step = max(1, min(_STEP_PX, height // factors.shape[0], width // factors.shape[1]))
    cells = _quantized(_on_steps(factors, width, height, step))
    opaque = 255 if cells.ndim == 2 else int(cells[0, 0, 3])
    # One more row on both sides, since bands are cut from the interpolation over them.
    cells = np.asarray(cv2.copyMakeBorder(cells, 1, 1, 0, 0, cv2.BORDER_REPLICATE), np.uint8)
    for top in range(0, height, step * _BAND_CELLS):
        band = bitmap[top : top + step * _BAND_CELLS]
        part = cells[top // step : top // step + _BAND_CELLS + 2]
        size = (part.shape[1] * step, part.shape[0] * step)
        field = cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)[step : step + len(band), :width]
        if field.ndim == 2:
            field = cv2.cvtColor(field, cv2.COLOR_GRAY2BGRA)
        cv2.multiply(band, field, dst=band, scale=1 / opaque)


def _on_steps(factors: NDArray[np.float32], width: int, height: int, step: int) -> NDArray[np.float32]:
    """The lattice with cells of `step` × `step` px; the last ones can extend beyond the image."""
    import cv2

    rows, columns = factors.shape[:2]
    across, down = step * columns / width, step * rows / height
    matrix = np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2]])
    size = (-(-width // step), -(-height // step))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(factors, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE), np.float32
    )


def _quantized(factors: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Factors as levels: (rows, columns) with 255 for 1 if none is above 1, else BGRA with the level for 1 as A."""
    import cv2

    factors = np.maximum(factors, 0)
    brightest = max(float(factors.max()), 1e-3)
    if factors.ndim == 2 and brightest <= 1:
        return np.asarray(cv2.convertScaleAbs(factors, alpha=255), np.uint8)
    # All 8 bits are used for the factors that occur.
    opaque = min(int(255 / brightest), 255)
    levels = cv2.convertScaleAbs(factors, alpha=opaque)
    picture = cv2.cvtColor(levels, cv2.COLOR_GRAY2BGRA if factors.ndim == 2 else cv2.COLOR_BGR2BGRA)
    return np.asarray(cv2.insertChannel(np.full(factors.shape[:2], opaque, np.uint8), picture, 3), np.uint8)


_STEP_PX = 8
_BAND_CELLS = 12
"""Number of cells in the bands in which an image is multiplied, which fit into the processor cache."""
