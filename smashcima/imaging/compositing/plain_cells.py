"""Parts of an image that have one colour, such as blank paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint32] | NDArray[np.uint8]
"""(height, width): an image with one number for each pixel, which is the four channels of BGRA together, or gray."""

CELL_BITS = 4
"""Base-2 logarithm of the side of a cell in pixels."""

_CELL_PX = 2**CELL_BITS

_LEAST_PIXELS = 2**17
"""Smaller images are resampled in less time than it takes to search them."""

_TESTED_CELLS = 4
"""Rows of cells, at the upper edge, in which an image without plain cells is recognized."""


@dataclass(frozen=True, slots=True, eq=False)
class PlainCells:
    """Cells of an image all of whose pixels have the same colour."""

    color: int
    others: NDArray[np.int32]
    """(rows + 1, columns + 1): number of cells above and to the left of each corner that are not plain."""

    @staticmethod
    def of(pixels: Pixels) -> PlainCells | None:
        """The plain cells of an image; `None` if it has none, or is small."""
        if pixels.size < _LEAST_PIXELS or _common(pixels[: _TESTED_CELLS * _CELL_PX]) is None:
            return None
        found = _common(pixels)
        assert found is not None  # in the first rows, at least
        color, plain = found
        others = np.zeros((plain.shape[0] + 1, plain.shape[1] + 1), np.int32)
        np.cumsum(np.cumsum(~plain, axis=0), axis=1, out=others[1:, 1:])
        return PlainCells(color, others)

    def contain(self, low: NDArray[np.int64], high: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Whether boxes inside the image lie in plain cells; `low` and `high` (..., 2) are x and y of the first and last pixel."""
        left, top = np.moveaxis(low >> CELL_BITS, -1, 0)
        right, bottom = np.moveaxis((high >> CELL_BITS) + 1, -1, 0)
        flat, stride = self.others.ravel(), self.others.shape[1]
        counts = [
            flat.take(row * stride + column, mode="clip") for row in (top, bottom) for column in (left, right)
        ]
        return np.asarray(counts[3] - counts[2] == counts[1] - counts[0])


def _common(pixels: Pixels) -> tuple[int, NDArray[np.bool_]] | None:
    """The colour of plain cells, and which cells have it."""
    least = _reduced(pixels, np.minimum)
    white = np.iinfo(pixels.dtype).max
    even = least == white  # white paper needs no second look
    if not even.any():
        even = least == _reduced(pixels, np.maximum)
        if not even.any():
            return None
    colors, counts = np.unique(least[even], return_counts=True)
    color = int(colors[counts.argmax()])
    return color, even & (least == color)


def _reduced(pixels: Pixels, function: np.ufunc) -> Pixels:
    """The least or largest values in cells: (rows, columns)."""
    for _ in range(2):
        count, size = divmod(len(pixels), _CELL_PX)
        whole = function.reduce(pixels[: count * _CELL_PX].reshape(count, _CELL_PX, -1), axis=1)
        rest = [function.reduce(pixels[-size:], axis=0, keepdims=True)] if size else []
        pixels = np.ascontiguousarray(np.concatenate([whole, *rest]).T)
    return pixels
