"""A sheet of paper as a value: a style and a seed, drawn on demand at any resolution."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import mm_to_px
from smashcima.randomness import Stream
from smashcima.scene.visual import ColorBGRA
from smashcima.short_repr import ShortRepr
from smashcima.synthesis.paper.brown_marks import FINE_DPI, brown_marks, darken
from smashcima.synthesis.paper.damage import add_creases, add_wormholes
from smashcima.synthesis.paper.enlarging import textured
from smashcima.synthesis.paper.noise import Field
from smashcima.synthesis.paper.page_edge import add_page_edge
from smashcima.synthesis.paper.style import PaperStyle
from smashcima.synthesis.paper.tile import BIAS, Tile, tile_of
from smashcima.synthesis.paper.tone import SheetFrame, tone_planes

_WHOLE_PX = 1e-3
"""Tolerance in pixels below which a size is rounded down instead of up."""


class Texture(Protocol):
    """A source of texture and colour of a sheet other than its style."""

    @property
    def color(self) -> tuple[float, float, float]:
        """Mean of blue, green and red."""

    def tile(self, dpi: float) -> Tile:
        """The deviations from `color`, at a resolution."""


@dataclass(frozen=True)
class PaperSheet(ShortRepr):
    """One sheet. Equal values give byte-identical pictures in any process."""

    style: PaperStyle
    width: float
    """Millimetres."""

    height: float
    """Millimetres."""

    seed: int
    """Seed of the variation between sheets."""

    book_seed: int = 0
    """Seed of the properties that the sheets of a book share."""

    number: int = 0
    """Page number in the book, from 0; odd pages are bound at their right side."""

    texture: Texture | None = None
    """Grain and colour from another source, such as a photograph; by default those of the style."""

    def size_px(self, dpi: float) -> tuple[int, int]:
        """Columns and rows of the picture: the smallest whole numbers of pixels that cover the sheet."""
        columns, rows = (
            max(1, math.ceil(mm_to_px(side, dpi) - _WHOLE_PX)) for side in (self.width, self.height)
        )
        return columns, rows

    def draw(self, dpi: float) -> NDArray[np.uint8]:
        """Draws a new picture, BGRA of shape (height_px, width_px, 4); its top left corner is that of the sheet."""
        columns, rows = self.size_px(dpi)
        px = mm_to_px(1.0, dpi)
        frame = SheetFrame(self.width, self.height, self.number % 2 == 1)
        color: tuple[float, float, float] = self.style.color
        if self.texture is None:
            tile = tile_of(self.style, dpi)
        else:
            tile, color = self.texture.tile(dpi), self.texture.color
        finer = max(1, round(dpi / FINE_DPI))
        lattice = (math.ceil(rows / finer), math.ceil(columns / finer))
        tone = tone_planes(self.style, color, frame, self._stream("tone"))
        fine = _enlarged(tone, *lattice)
        density = brown_marks(self.style, *lattice, px / finer, self._stream("marks"))
        if density is not None:
            darken(fine, density)
        for plane in fine:
            np.subtract(np.maximum(plane, BIAS, out=plane), BIAS, out=plane)
        picture = textured(fine, finer, tile, columns, rows, self._stream("texture"))
        add_creases(picture, self.style, px, self._stream("creases"))
        behind = self._behind(*color)
        book = Stream(self.book_seed).child("paper book", "wormholes").generator()
        add_wormholes(picture, self.style, px, frame, behind, self._stream("wormholes"), book)
        add_page_edge(picture, self.style, px, frame, self._stream("edge"))
        return picture

    def _stream(self, name: str) -> np.random.Generator:
        return Stream(self.seed).child("paper sheet", name).generator()

    def _behind(self, blue: float, green: float, red: float) -> ColorBGRA:
        """Colour seen through a hole: the backing if the style shows it, else the next sheet in shadow."""
        if self.style.shows_backing:
            return self.style.backing
        return (round(0.72 * blue), round(0.76 * green), round(0.78 * red), 255)


def _enlarged(tone: list[Field], rows: int, columns: int) -> list[NDArray[np.uint8]]:
    """Planes of grey levels at the resolution of marks, with random rounding to avoid visible steps."""
    import cv2

    chance = _chances(rows, columns)
    planes = []
    for plane in tone:
        large = cv2.resize(plane, (columns, rows), interpolation=cv2.INTER_LINEAR)
        planes.append(np.asarray(cv2.add(large, chance, dtype=cv2.CV_8U), dtype=np.uint8))
    return planes


@lru_cache(maxsize=4)
def _chances(rows: int, columns: int) -> Field:
    """Random offsets for rounding, from -0.5 to 0.5."""
    draws = Stream(0).child("paper rounding").generator().random((rows, columns), dtype=np.float32)
    draws -= np.float32(0.5)
    return draws
