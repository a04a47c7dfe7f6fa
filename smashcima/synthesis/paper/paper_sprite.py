"""Paper in a scene: a sheet that is drawn on demand."""

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
    """A sprite whose bitmap is the picture of a sheet.

    A page at 300 DPI takes 38 MB, so a scene stores sheets instead of pictures: `bitmap` is drawn when it is read,
    and the most recent ones are cached. It is read-only. Use `draw_afresh` to get pixels at another resolution,
    or writable pixels.
    """

    sheet: PaperSheet = field(kw_only=True)
    """The sheet to draw."""

    @staticmethod
    def of_sheet(sheet: PaperSheet, space: AffineSpace, corner: Point, dpi: float) -> PaperSprite:
        """Makes a sprite of a sheet with its top left corner at `corner` of `space` and the default resolution `dpi`."""
        return PaperSprite(
            space=space,
            bitmap=_NOT_DRAWN,
            bitmap_origin=Point(0.0, 0.0),
            dpi=dpi,
            transform=Transform(e=corner.x, f=corner.y),
            sheet=sheet,
        )

    def __post_init__(self) -> None:
        """Skips the checks of the bitmap, which is not drawn yet."""

    @property  # type: ignore[misc]  # a field there, drawn on demand here
    def bitmap(self) -> NDArray[np.uint8]:  # type: ignore[override]
        """BGRA picture at `dpi`, shape (height_px, width_px, 4), read-only."""
        return _picture_of(self.sheet, self.dpi)

    def draw_afresh(self, dpi: float) -> NDArray[np.uint8]:
        """Draws a new picture at a resolution, which the caller may modify."""
        return self.sheet.draw(dpi)

    def pixels_at(self, dpi: float) -> Transform:
        """Transform from pixel coordinates of the picture at `dpi` to `space`."""
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
