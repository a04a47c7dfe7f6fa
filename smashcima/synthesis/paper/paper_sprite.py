"""Paper in a scene: a sheet that is drawn when its picture is asked for."""

from __future__ import annotations

from dataclasses import field

import numpy as np
from numpy.typing import NDArray

from smashcima.caching import BoundedCache
from smashcima.geometry import MM_PER_INCH, Point, Rectangle, Transform
from smashcima.scene.visual import AffineSpace, FreshPicture, Sprite
from smashcima.synthesis.paper.sheet import PaperSheet

_MOST_PICTURES = 2


class PaperSprite(Sprite):
    """A sprite whose bitmap is that of a sheet.

    A page at 300 DPI has 38 MB, so a scene holds the sheets and not their pictures: `bitmap` is drawn when it is
    read, and kept until a few others were. It is read-only. Whoever wants pixels at another resolution, or pixels
    to change, calls `draw_afresh`.
    """

    sheet: PaperSheet = field(kw_only=True)
    """What is drawn."""

    @staticmethod
    def of_sheet(sheet: PaperSheet, space: AffineSpace, corner: Point, dpi: float) -> PaperSprite:
        """A sheet with its left top corner at a point of a space, drawn at a resolution unless told otherwise."""
        return PaperSprite(
            space=space,
            bitmap=_NOT_DRAWN,
            bitmap_origin=Point(0.0, 0.0),
            dpi=dpi,
            transform=Transform(e=corner.x, f=corner.y),
            sheet=sheet,
        )

    def __post_init__(self) -> None:
        """Checks nothing: the bitmap is not there yet, and will be right."""

    @property  # type: ignore[misc]  # a field there, drawn on demand here
    def bitmap(self) -> NDArray[np.uint8]:  # type: ignore[override]
        """(height_px, width_px, 4), BGRA, at `dpi`; read-only."""
        return _picture_of(self.sheet, self.dpi)

    def draw_afresh(self, dpi: float) -> NDArray[np.uint8]:
        """A new picture at a resolution, which belongs to the caller."""
        return self.sheet.draw(dpi)

    def pixels_at(self, dpi: float) -> Transform:
        """Maps pixel positions of the picture at a resolution to `space`."""
        return Transform.scale(MM_PER_INCH / dpi).then(self.transform)

    def fresh_picture(self, dpi: float) -> FreshPicture:
        """The sheet drawn at a resolution."""
        return FreshPicture(self.pixels_at(dpi), lambda: self.draw_afresh(dpi))

    @property
    def covered(self) -> Rectangle:
        """The rectangle that the sheet was made for, before `transform`."""
        return Rectangle(0.0, 0.0, self.sheet.width, self.sheet.height)


_NOT_DRAWN: NDArray[np.uint8] = np.empty((0, 0, 4), np.uint8)

_PICTURES: BoundedCache[tuple[PaperSheet, float], NDArray[np.uint8]] = BoundedCache(_MOST_PICTURES)


def _picture_of(sheet: PaperSheet, dpi: float) -> NDArray[np.uint8]:
    return _PICTURES.get((sheet, dpi), lambda: _drawn(sheet, dpi))


def _drawn(sheet: PaperSheet, dpi: float) -> NDArray[np.uint8]:
    picture = sheet.draw(dpi)
    picture.flags.writeable = False
    return picture
