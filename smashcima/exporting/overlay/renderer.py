"""Images with their ground truth drawn over them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, Issue
from smashcima.exporting.overlay.drawing import draw_marks
from smashcima.exporting.overlay.overlay_marks import marks_of
from smashcima.imaging import ImageSource, Region, image_of, write_image
from smashcima.scene.visual import Glyph, VisualObject
from smashcima.short_repr import ShortRepr

OVERLAYS: dict[str, str] = {
    "labels": "boxes and names of everything drawn",
    "boxes": "boxes of everything drawn",
    "outlines": "outlines of everything drawn",
    "masks": "areas of everything drawn, in the colours of their classes",
    "layout": "boxes and names of pages, systems, staves and measures",
}
"""Types of overlays, with their content."""


@dataclass(frozen=True, slots=True)
class OverlayRenderer(ShortRepr):
    """Draws the regions of an image over it. A value with options; it can be shared."""

    overlay: str = "labels"
    """One of `OVERLAYS`."""

    labels: frozenset[str] | None = None
    """Labels to show, such as `smufl::noteheadBlack`; all by default."""

    def __post_init__(self) -> None:
        if self.overlay not in OVERLAYS:
            raise ExportError(f"There is no overlay {self.overlay!r}; available: {', '.join(OVERLAYS)}.")

    def export(self, x: ImageSource) -> NDArray[np.uint8]:
        """Returns the image with its ground truth drawn over it, (height_px, width_px, 4), BGRA."""
        x = image_of(x)
        shown = marks_of(x.regions, self._is_shown)
        named = self.overlay in ("labels", "layout")
        return draw_marks(
            x.bitmap,
            shown,
            boxes=named or self.overlay == "boxes",
            outlines=self.overlay == "outlines",
            fill=self.overlay == "masks",
            names=named,
            dpi=x.dpi,
        )

    def write(self, x: ImageSource, path: str | Path) -> None:
        """Writes the image with its overlay to a file."""
        write_image(self.export(x), path)

    def omissions(self, x: ImageSource) -> list[Issue]:
        """Returns an empty list, since only options exclude regions."""
        return []

    def _is_shown(self, region: Region) -> bool:
        if self.labels is not None and region.label not in self.labels:
            return False
        drawn = isinstance(region.scene_object, VisualObject | Glyph)
        return drawn != (self.overlay == "layout")
