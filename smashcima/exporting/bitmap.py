"""Pictures of pages as arrays and image files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError
from smashcima.exporting.compositing import (
    LayerSet,
    Regions,
    draw_layers,
    merge_layers,
    scene_regions,
    write_image,
)
from smashcima.scene.visual import Page, ViewBox


@dataclass(frozen=True, slots=True)
class BitmapRenderer:
    """Draws a page, or a view box, as it is in the scene: no scanner, no camera.

    Fields are options; a renderer is a value and can be shared.
    """

    dpi: float = 300.0
    """Pixels per inch."""

    png_compression: int = 1
    """0 (fast) to 9 (small). Pages of music compress well at 1 already, in a tenth of the time of 9."""

    jpeg_quality: int = 95
    """0 to 100."""

    def __post_init__(self) -> None:
        if not 0 <= self.png_compression <= 9:
            raise ExportError(f"The compression of PNG is 0 to 9, not {self.png_compression}.")
        if not 0 <= self.jpeg_quality <= 100:
            raise ExportError(f"The quality of JPEG is 0 to 100, not {self.jpeg_quality}.")

    def render(self, x: Page | ViewBox) -> NDArray[np.uint8]:
        """The picture, (height_px, width_px, 4) BGRA, opacity not multiplied in.

        Where there is no paper it is transparent. Raises an `ExportError` where no picture can be made: the
        resolution makes no sense, the size is beyond a limit, the numbers are not finite.
        """
        return merge_layers(draw_layers(x, self.dpi, with_regions=False), use_up=True).bitmap

    def export(self, x: Page | ViewBox) -> NDArray[np.uint8]:
        """The same as `render`, under the name that all exporters share."""
        return self.render(x)

    def write(self, x: Page | ViewBox, path: str | Path) -> None:
        """Renders to a file: PNG, WebP or TIFF with opacity; JPEG or BMP, on white, without."""
        write_image(self.render(x), path, self.png_compression, self.jpeg_quality)

    def layers_of(self, x: Page | ViewBox) -> LayerSet:
        """The separate layers that `render` merges, with the regions."""
        return draw_layers(x, self.dpi)

    def regions_of(self, x: Page | ViewBox) -> Regions:
        """The area of everything with a label, in pixels of what `render` gives."""
        return scene_regions(x, self.dpi)
