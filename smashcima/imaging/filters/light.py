"""Light on an image: smooth brightness factors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.kernels import kernels_are_used
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
    """Multiplies a BGRA or gray image in place by a lattice of factors, (rows, columns) or (rows, columns, 3)."""
    import cv2

    height, width = bitmap.shape[:2]
    if bitmap.ndim == 2 and factors.ndim == 3:
        factors = np.asarray(factors @ np.array([0.114, 0.587, 0.299], np.float32), np.float32)
    step = max(1, min(_STEP_PX, height // factors.shape[0], width // factors.shape[1]))
    cells, opaque = _quantized(_on_steps(factors, width, height, step), bitmap.ndim == 2)
    if (
        step == _STEP_PX
        and opaque == 255
        and cells.ndim == 2
        and bitmap.flags.c_contiguous
        and kernels_are_used()
    ):
        from smashcima.imaging.filters.light_kernels import multiply_by_cells

        cells = np.asarray(cv2.copyMakeBorder(cells, 1, 1, 1, 1, cv2.BORDER_REPLICATE), np.uint8)
        multiply_by_cells(bitmap.reshape(height, -1), cells, width)
        return
    # One more row on both sides, since bands are cut from the interpolation over them.
    cells = np.asarray(cv2.copyMakeBorder(cells, 1, 1, 0, 0, cv2.BORDER_REPLICATE), np.uint8)
    for top in range(0, height, step * _BAND_CELLS):
        band = bitmap[top : top + step * _BAND_CELLS]
        part = cells[top // step : top // step + _BAND_CELLS + 2]
        size = (part.shape[1] * step, part.shape[0] * step)
        field = cv2.resize(part, size, interpolation=cv2.INTER_LINEAR)[step : step + len(band), :width]
        if field.ndim < bitmap.ndim:
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


def _quantized(factors: NDArray[np.float32], is_gray: bool) -> tuple[NDArray[np.uint8], int]:
    """Factors as levels, and the level for 1: (rows, columns) if that is 255 or the image gray, else BGRA with it as A."""
    import cv2

    factors = np.maximum(factors, 0)
    brightest = max(float(factors.max()), 1e-3)
    # All 8 bits are used for the factors that occur.
    opaque = 255 if factors.ndim == 2 and brightest <= 1 else min(int(255 / brightest), 255)
    levels = np.asarray(cv2.convertScaleAbs(factors, alpha=opaque), np.uint8)
    if is_gray or (factors.ndim == 2 and opaque == 255):
        return levels, opaque
    picture = cv2.cvtColor(levels, cv2.COLOR_GRAY2BGRA if factors.ndim == 2 else cv2.COLOR_BGR2BGRA)
    opacity = np.full(factors.shape[:2], opaque, np.uint8)
    return np.asarray(cv2.insertChannel(opacity, picture, 3), np.uint8), opaque


_STEP_PX = 8
_BAND_CELLS = 12
"""Number of cells in the bands in which an image is multiplied, which fit into the processor cache."""
