"""Glyphs in a grid."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from smashcima.errors import SettingsError
from smashcima.exporting.bitmap import picture_to_show
from smashcima.imaging import ImageLayer, decode_image
from smashcima.jupyter.showing import displayed
from smashcima.scene.visual import Glyph

_CELL_PX = 110
_MARGIN_PX = 8


def display_glyphs(
    rows: int, columns: int, glyphs: Sequence[Glyph], start_from: int = 0
) -> ImageLayer | None:
    """Displays glyphs in a grid, row by row; in a script, returns the picture.

    Args:
        rows: number of rows.
        columns: number of columns.
        glyphs: the glyphs; those beyond the grid are left out.
        start_from: index of the first glyph.

    Raises:
        SettingsError: the grid has no cell.
    """
    if rows < 1 or columns < 1:
        raise SettingsError(f"A grid needs at least one row and one column, not {rows} x {columns}.")
    sheet = np.full((rows * _CELL_PX, columns * _CELL_PX, 4), 255, np.uint8)
    for place, glyph in enumerate(glyphs[start_from : start_from + rows * columns]):
        row, column = divmod(place, columns)
        picture = _fitted(np.asarray(decode_image(picture_to_show(glyph)), np.uint8))
        height, width = picture.shape[:2]
        top = row * _CELL_PX + (_CELL_PX - height) // 2
        left = column * _CELL_PX + (_CELL_PX - width) // 2
        sheet[top : top + height, left : left + width, :3] = picture[:, :, :3]
    return displayed(ImageLayer(sheet, 100.0))


def _fitted(picture: np.ndarray) -> np.ndarray:
    """A picture scaled down to a cell."""
    if picture.ndim == 2:
        picture = np.repeat(picture[:, :, None], 3, axis=2)
    scale = min(1.0, (_CELL_PX - 2 * _MARGIN_PX) / max(picture.shape[:2]))
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))
