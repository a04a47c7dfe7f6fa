"""Background of a sheet that does not fill the image."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.filters.picture_size import PictureSize

_EDGE_STEP_PX = 64

_CELL_PX, _BAND_CELLS = 8, 16
_BAND_ROWS = _CELL_PX * _BAND_CELLS
"""Height of the bands in which pixels outside the sheet are searched, first coarsely, by cells."""

_FAR_PX = 2**14
"""Maximum distance of corners; farther ones are moved inwards, to keep numbers small enough to draw with."""


class Backing(ABC):
    """Background of a sheet."""

    color: tuple[int, int, int]
    """Mean colour (blue, green, red); the edge of the sheet is blended into it."""

    @abstractmethod
    def block(self, rows: slice, columns: slice) -> NDArray[np.uint8]:
        """Returns the opaque BGRA pixels of a section of the image."""

    def gray_block(self, rows: slice, columns: slice) -> NDArray[np.uint8]:
        """The brightness of a section of the image; may be overridden, for speed."""
        import cv2

        return np.asarray(cv2.cvtColor(self.block(rows, columns), cv2.COLOR_BGRA2GRAY), np.uint8)


def edge_of(size: PictureSize) -> NDArray[np.float64]:
    """Returns (N, 2) points around an image, including its corners."""
    across = np.linspace(0, size.width, max(2, size.width // _EDGE_STEP_PX + 1))[:-1]
    down = np.linspace(0, size.height, max(2, size.height // _EDGE_STEP_PX + 1))[:-1]
    sides = [
        np.stack([across, np.zeros_like(across)], axis=1),
        np.stack([np.full_like(down, size.width), down], axis=1),
        np.stack([size.width - across, np.full_like(across, size.height)], axis=1),
        np.stack([np.zeros_like(down), size.height - down], axis=1),
    ]
    return np.concatenate(sides)


def lay_behind(bitmap: NDArray[np.uint8], outline: NDArray[np.float64], backing: Backing) -> None:
    """Fills the pixels of an image in BGRA or gray outside an outline, in place."""
    import cv2

    height, width = bitmap.shape[:2]
    surely_inside = _inside_cells(outline, width, height)
    # Pixels at the edge of the sheet are already blended with the colour of the backing.
    corners = np.rint((np.clip(outline, -_FAR_PX, _FAR_PX) - 0.5) * 16).astype(np.int32)
    for cell, top in enumerate(range(0, height, _BAND_ROWS)):
        rows = slice(top, min(top + _BAND_ROWS, height))
        cells = surely_inside[cell * _BAND_CELLS : (cell + 1) * _BAND_CELLS].min(axis=0)
        for first, last in _runs(cells == 0):
            columns = slice(first * _CELL_PX, min(last * _CELL_PX, width))
            outside = np.full((rows.stop - rows.start, columns.stop - columns.start), 255, np.uint8)
            cv2.fillPoly(outside, [corners - (16 * columns.start, 16 * rows.start)], 0, shift=4)
            if cv2.countNonZero(outside):
                block = (backing.gray_block if bitmap.ndim == 2 else backing.block)(rows, columns)
                cv2.copyTo(block, outside, bitmap[rows, columns])


def _inside_cells(outline: NDArray[np.float64], width: int, height: int) -> NDArray[np.uint8]:
    """(rows, columns) of cells of `_CELL_PX`: 1 for cells that are inside an outline by a margin."""
    import cv2

    cells = np.zeros((-(-height // _CELL_PX), -(-width // _CELL_PX)), np.uint8)
    corners = np.clip(outline, -_FAR_PX, _FAR_PX) / _CELL_PX - 0.5
    cv2.fillPoly(cells, [np.rint(corners * 16).astype(np.int32)], 1, shift=4)
    return np.asarray(cv2.erode(cells, np.ones((5, 5), np.uint8)), np.uint8)


def _runs(wanted: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of true values: first indices, and the indices after the last."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], wanted, [False]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
