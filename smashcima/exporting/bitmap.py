"""Pictures of pages as arrays and image files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, Issue
from smashcima.geometry import Rectangle, mm_to_px
from smashcima.imaging import (
    LayerSet,
    Regions,
    draw_layers,
    encode_image,
    merge_layers,
    on_white,
    scene_regions,
    write_image,
)
from smashcima.scene.visual import Glyph, Page, ViewBox

_SHOWN_PAGE_DPI = 100.0
_SCREEN_WIDTH_PX = 1000
_SCREEN_QUALITY = 88
_SHOWN_GLYPH_SIDE_PX = 200.0
_SHOWN_GLYPH_DPI = (100.0, 2400.0)
_GLYPH_MARGIN = 0.25
"""White around a glyph that is shown, in mm."""


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
        resolution is invalid, the size exceeds a limit, or numbers are not finite.
        """
        return merge_layers(draw_layers(x, self.dpi, with_regions=False), use_up=True).bitmap

    def export(self, x: Page | ViewBox) -> NDArray[np.uint8]:
        """The same as `render`, under the name that all exporters share."""
        return self.render(x)

    def write(self, x: Page | ViewBox, path: str | Path) -> None:
        """Renders to a file: PNG, WebP or TIFF with opacity; JPEG or BMP, on white, without."""
        write_image(self.render(x), path, self.png_compression, self.jpeg_quality)

    def omissions(self, x: Page | ViewBox) -> list[Issue]:
        """Nothing: the picture shows all ink in the view box."""
        return []

    def layers_of(self, x: Page | ViewBox) -> LayerSet:
        """The separate layers that `render` merges, with the regions."""
        return draw_layers(x, self.dpi)

    def regions_of(self, x: Page | ViewBox) -> Regions:
        """The area of everything with a label, in pixels of what `render` gives."""
        return scene_regions(x, self.dpi)


def picture_to_show(x: object) -> bytes:
    """What a page, a view box or a single glyph looks like in a notebook: a PNG file, on white."""
    if isinstance(x, Glyph):
        area = x.bbox_in(x.space)
        seen = Rectangle.from_sides(
            area.left - _GLYPH_MARGIN,
            area.top - _GLYPH_MARGIN,
            area.right + _GLYPH_MARGIN,
            area.bottom + _GLYPH_MARGIN,
        )
        view_box = ViewBox(x.space, seen)
        dpi = _SHOWN_GLYPH_SIDE_PX / mm_to_px(max(seen.width, seen.height), 1.0)
        try:
            bitmap = BitmapRenderer(float(np.clip(dpi, *_SHOWN_GLYPH_DPI))).render(view_box)
        finally:
            del view_box.space  # looking leaves nothing in the scene
    elif isinstance(x, Page | ViewBox):
        bitmap = BitmapRenderer(_SHOWN_PAGE_DPI).render(x)
    else:
        raise ExportError(f"A page, a view box or a glyph can be shown, not a {type(x).__name__}.")
    return encode_image(on_white(bitmap), ".png")


def picture_for_screen(bitmap: NDArray[np.uint8]) -> bytes:
    """A BGRA picture as a JPEG file, on white, no wider than a screen: for notebooks, which keep all that they show."""
    import cv2

    picture = on_white(bitmap)
    scale = _SCREEN_WIDTH_PX / picture.shape[1]
    if scale < 1:
        picture = np.asarray(
            cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
    opaque = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA), np.uint8)
    return encode_image(opaque, ".jpg", jpeg_quality=_SCREEN_QUALITY)
