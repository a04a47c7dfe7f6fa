"""Paper of one colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.bitmap_memory import new_bitmap
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.scene.visual import ColorBGRA


class PlainPaper(ImageLayer):
    """Paper whose pixels are made when `bitmap` is first read; usually, that is never.

    Merging makes the pixels of such paper together with the ink on it, which takes half of the time.
    """

    __slots__ = ("_is_made", "_pixels")

    _pixels: NDArray[np.uint8]
    _is_made: bool

    @staticmethod
    def of(color: ColorBGRA, width: int, height: int, dpi: float) -> PlainPaper:
        """Paper of `width` × `height` px."""
        # One pixel in memory, which only tells colour and size.
        paper = PlainPaper(np.broadcast_to(np.array(color, np.uint8), (height, width, 4)), dpi)
        paper._is_made = False
        return paper

    @property
    def bitmap(self) -> NDArray[np.uint8]:
        """(height_px, width_px, 4), BGRA."""
        if not self._is_made:
            pixels = new_bitmap(self._pixels.shape)
            # Storing 32 bits per pixel is four times as fast as broadcasting over the channels.
            pixels.view(np.uint32)[:] = self._pixels[0, 0].view(np.uint32)
            self.bitmap = pixels
        return self._pixels

    @bitmap.setter
    def bitmap(self, value: NDArray[np.uint8]) -> None:
        self._pixels, self._is_made = value, True

    @property
    def color(self) -> ColorBGRA | None:
        """The colour of all pixels; `None` once `bitmap` was read or set, since whoever has the array can change it."""
        if self._is_made:
            return None
        blue, green, red, opacity = self._pixels[0, 0].tolist()
        return blue, green, red, opacity

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self._pixels.shape[1])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self._pixels.shape[0])
