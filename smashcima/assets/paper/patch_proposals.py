"""Detection of blank rectangles on images of pages."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.paper.patch_table import LARGEST_PX, SMALLEST_PX, PatchRow
from smashcima.errors import AssetError
from smashcima.geometry import mm_to_px

_CELL_MM = 1.5
"""Side of the square cells of which rectangles are composed, in mm."""

_WORK_DPI = 100.0
"""Resolution at which ink is detected: staff lines are still visible, but paper grain is not."""

_DARKER = 14.0
"""Minimum difference in grey level between ink and the surrounding paper."""

_UNLIKE = 60.0
"""Minimum difference in grey level between non-paper areas (table, scanner lid, photograph) and most of the page."""

_STEEP = 9.0
"""Difference in grey level between adjacent pixels that does not occur in paper."""


@dataclass(frozen=True, slots=True)
class PatchProposal:
    """A rectangle without ink, in pixels of the page."""

    x: int
    y: int
    width: int
    height: int

    def row(self, identifier: str, dpi: float, server: str = "", note: str = "") -> PatchRow:
        """The row of a patch table for this rectangle."""
        return PatchRow(identifier, self.x, self.y, self.width, self.height, dpi, server, note)


def propose_patches(
    image: NDArray[np.uint8], dpi: float, most: int = 8, smallest_mm: float = 12.0
) -> list[PatchProposal]:
    """The largest non-overlapping rectangles of a page without ink, in descending order of size.

    Args:
        image: the page, (height_px, width_px) for grey, or with 3 or 4 channels for BGR or BGRA.
        dpi: its resolution in pixels per inch.
        most: maximum number of rectangles.
        smallest_mm: minimum length of a side, in mm.

    Raises:
        AssetError: the image or the resolution is invalid.
    """
    if image.dtype != np.uint8 or image.ndim not in (2, 3) or image.size == 0:
        raise AssetError(
            f"A page must be a uint8 image, grey or BGR, not {image.dtype} of shape {image.shape}."
        )
    if not 20 <= dpi <= 2400:
        raise AssetError(f"The resolution of a page must be between 20 and 2400 pixels per inch, not {dpi}.")
    cell = mm_to_px(_CELL_MM, dpi)
    free = _free_cells(image, dpi)
    least = max(math.ceil(smallest_mm / _CELL_MM), math.ceil(SMALLEST_PX / cell))
    largest = int(LARGEST_PX / cell)
    found: list[PatchProposal] = []
    while len(found) < most:
        top, left, rows, columns = _largest_rectangle(free, least)
        if rows == 0:
            break
        rows, columns = min(rows, largest), min(columns, largest)
        free[top : top + rows, left : left + columns] = False
        x, y = math.ceil(left * cell), math.ceil(top * cell)
        right = min(math.floor((left + columns) * cell), image.shape[1])
        bottom = min(math.floor((top + rows) * cell), image.shape[0])
        found.append(PatchProposal(x, y, right - x, bottom - y))
    return found


def _free_cells(image: NDArray[np.uint8], dpi: float) -> NDArray[np.bool_]:
    """Cells of the page that contain only paper, with a margin of half a cell to other areas."""
    import cv2

    gray = image
    if image.ndim == 3 and image.shape[2] > 1:
        gray = np.asarray(
            cv2.cvtColor(image, cv2.COLOR_BGRA2GRAY if image.shape[2] == 4 else cv2.COLOR_BGR2GRAY), np.uint8
        )
    elif image.ndim == 3:
        gray = image[:, :, 0]
    height, width = gray.shape
    scale = min(1.0, _WORK_DPI / dpi)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
    px = mm_to_px(1.0, dpi * scale)
    # Closing fills dark areas thinner than 6 mm with the surrounding paper.
    reach = max(3, round(6 * px)) | 1
    kernel = cv2.getStructuringElement(cv2.MORPH_RECT, (reach, reach))
    paper = cv2.GaussianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, kernel), (0, 0), max(2 * px, 0.5))
    soft = cv2.GaussianBlur(small, (0, 0), 0.7)
    darker = np.asarray(paper, np.float32) - np.asarray(soft, np.float32)
    usual = float(np.median(small))
    unlike = np.abs(np.asarray(cv2.blur(small, (3, 3)), np.float32) - usual) > _UNLIKE
    along = np.asarray(cv2.Sobel(soft, cv2.CV_32F, 1, 0, scale=0.125), np.float32)
    down = np.asarray(cv2.Sobel(soft, cv2.CV_32F, 0, 1, scale=0.125), np.float32)
    taken = (darker > _DARKER) | unlike | (np.hypot(along, down) > _STEEP)
    margin = max(1, round(0.5 * _CELL_MM * px)) * 2 + 1
    grown = cv2.dilate(taken.astype(np.uint8), np.ones((margin, margin), np.uint8))
    rows, columns = int(height / mm_to_px(_CELL_MM, dpi)), int(width / mm_to_px(_CELL_MM, dpi))
    step = _CELL_MM * px
    # Number of occupied pixels in each cell, from a summed-area table.
    sums = np.asarray(cv2.integral(grown), np.int64)
    y = np.minimum(np.round(np.arange(rows + 1) * step).astype(int), sums.shape[0] - 1)
    x = np.minimum(np.round(np.arange(columns + 1) * step).astype(int), sums.shape[1] - 1)
    corner = sums[np.ix_(y, x)]
    inside = corner[1:, 1:] - corner[:-1, 1:] - corner[1:, :-1] + corner[:-1, :-1]
    return np.asarray(inside == 0)


def _largest_rectangle(free: NDArray[np.bool_], least: int) -> tuple[int, int, int, int]:
    """Top, left, rows and columns of the largest free rectangle with sides of `least` cells or more; zeros if none.

    Uses the standard largest-rectangle-in-histogram sweep over the heights of free columns above each row, with a
    stack.
    """
    best, best_area = (0, 0, 0, 0), 0
    heights = np.zeros(free.shape[1], int)
    for row in range(free.shape[0]):
        heights = np.where(free[row], heights + 1, 0)
        stack: list[tuple[int, int]] = []
        for column, height in enumerate([*heights.tolist(), 0]):
            start = column
            while stack and stack[-1][1] >= height:
                start, tall = stack.pop()
                wide = column - start
                if tall >= least and wide >= least and tall * wide > best_area:
                    best, best_area = (row - tall + 1, start, tall, wide), tall * wide
            stack.append((start, height))
    return best
