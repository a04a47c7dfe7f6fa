"""Rendering of pages to arrays and image files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, Issue
from smashcima.geometry import Rectangle, mm_to_px
from smashcima.imaging import (
    ImageLayer,
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
from smashcima.short_repr import ShortRepr

_SHOWN_PAGE_DPI = 100.0
_SCREEN_WIDTH_PX = 1000
_SCREEN_QUALITY = 88
_SHOWN_GLYPH_SIDE_PX = 200.0
_SHOWN_GLYPH_DPI = (100.0, 2400.0)
_GLYPH_MARGIN = 0.25
"""White margin around a displayed glyph, in mm."""


@dataclass(frozen=True, slots=True)
class BitmapRenderer(ShortRepr):
    """Renders a page or a view box without postprocessing.

    Fields are options; a renderer is a value and can be shared.
    """

    dpi: float = 300.0
    """Pixels per inch."""

    png_compression: int = 1
    """Compression of PNG files, 0 (fast) to 9 (small). Pages of music compress well at 1 already, in a tenth
    of the time of 9."""

    jpeg_quality: int = 95
    """Quality of JPEG and WebP files, 0 to 100."""

    def __post_init__(self) -> None:
        if not 0 <= self.png_compression <= 9:
            raise ExportError(f"png_compression must be from 0 to 9, not {self.png_compression}.")
        if not 0 <= self.jpeg_quality <= 100:
            raise ExportError(f"jpeg_quality must be from 0 to 100, not {self.jpeg_quality}.")

    @staticmethod
    def default_viewbox_render(view_box: ViewBox, dpi: float = 300.0) -> NDArray[np.uint8]:
        """Same as `BitmapRenderer(dpi).render(view_box)`."""
        return BitmapRenderer(dpi).render(view_box)

    def render(self, x: Page | ViewBox | ImageLayer) -> NDArray[np.uint8]:
        """Returns the image, (height_px, width_px, 4) BGRA with straight (not premultiplied) alpha.

        An `ImageLayer` is an image already; its pixels are returned.

        The image is transparent where there is no paper. Raises an `ExportError` if the resolution is
        invalid, the size exceeds a limit, or numbers are not finite.
        """
        if isinstance(x, ImageLayer):
            return x.bitmap
        return merge_layers(draw_layers(x, self.dpi, with_regions=False), use_up=True).bitmap

    def export(self, x: Page | ViewBox) -> NDArray[np.uint8]:
        """Same as `render`, under the method name of all exporters."""
        return self.render(x)

    def write(self, x: Page | ViewBox, path: str | Path) -> None:
        """Writes an image file: PNG, WebP or TIFF with opacity; JPEG or BMP without, on white."""
        write_image(self.render(x), path, self.png_compression, self.jpeg_quality)

    def omissions(self, x: Page | ViewBox) -> list[Issue]:
        """Returns an empty list, since the image shows all ink in the view box."""
        return []

    def layers_of(self, x: Page | ViewBox) -> LayerSet:
        """Returns the layers that `render` merges, with their regions."""
        return draw_layers(x, self.dpi)

    def regions_of(self, x: Page | ViewBox) -> Regions:
        """Returns the regions of all labelled objects, in pixels of the image of `render`."""
        return scene_regions(x, self.dpi)


def picture_to_show(x: object) -> bytes:
    """Renders a page, a view box or a single glyph for notebooks, as PNG data on white."""
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
            del view_box.space  # the scene must not be changed
    elif isinstance(x, Page | ViewBox):
        bitmap = BitmapRenderer(_SHOWN_PAGE_DPI).render(x)
    else:
        raise ExportError(f"Only a page, a view box or a glyph can be shown, not a {type(x).__name__}.")
    return encode_image(on_white(bitmap), ".png")


def picture_for_screen(bitmap: NDArray[np.uint8]) -> bytes:
    """Encodes a BGRA image as JPEG data on white, no wider than a screen, for notebooks, which store
    everything they show.
    """
    import cv2

    picture = on_white(bitmap)
    scale = _SCREEN_WIDTH_PX / picture.shape[1]
    if scale < 1:
        picture = np.asarray(
            cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
        )
    opaque = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2BGRA), np.uint8)
    return encode_image(opaque, ".jpg", jpeg_quality=_SCREEN_QUALITY)
