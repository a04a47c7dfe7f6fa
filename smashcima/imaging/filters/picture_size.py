"""Size of an image in pixels and in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import mm_to_px, px_to_mm
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.layer_set import LayerSet


@dataclass(frozen=True, slots=True)
class PictureSize:
    """Width and height of an image in pixels, and its resolution."""

    width: int
    height: int
    dpi: float

    @staticmethod
    def of_image(image: ImageLayer) -> PictureSize:
        """Returns the size of an image."""
        return PictureSize(image.width, image.height, image.dpi)

    @staticmethod
    def of_layers(layers: LayerSet) -> PictureSize:
        """Returns the common size of all layers."""
        return PictureSize(layers.grid.width, layers.grid.height, layers.grid.dpi)

    def px(self, mm: float) -> float:
        """Converts millimetres to pixels."""
        return mm_to_px(mm, self.dpi)

    @property
    def width_mm(self) -> float:
        """Millimetres."""
        return px_to_mm(self.width, self.dpi)

    @property
    def height_mm(self) -> float:
        """Millimetres."""
        return px_to_mm(self.height, self.dpi)

    @property
    def diagonal_mm(self) -> float:
        """Diagonal in mm."""
        return float(np.hypot(self.width_mm, self.height_mm))

    def lattice(self, step_mm: float = 1.4) -> tuple[int, int]:
        """Rows and columns of a lattice over the image with a spacing of about `step_mm` (at least 4 px)."""
        step = max(self.px(step_mm), 4.0)
        return max(2, round(self.height / step)), max(2, round(self.width / step))

    def lattice_mm(self, rows: int, columns: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """X (1, columns) and y (rows, 1) of the centres of the lattice cells, in mm from the top left corner."""
        x = (np.arange(columns, dtype=np.float32) + 0.5) * np.float32(self.width_mm / columns)
        y = (np.arange(rows, dtype=np.float32) + 0.5) * np.float32(self.height_mm / rows)
        return x[np.newaxis], y[:, np.newaxis]
