"""Bitmap ink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError
from smashcima.geometry import MM_PER_INCH, Contours, Point, Rectangle, Transform, mm_to_px
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual.affine_space import AffineSpace
from smashcima.scene.visual.alpha_outline import outline_mask
from smashcima.scene.visual.ink import FreshPicture
from smashcima.scene.visual.ink_path import ColorBGRA


class Sprite(SceneObject):
    """A bitmap with transparency, placed in an affine space."""

    space: AffineSpace
    bitmap: NDArray[np.uint8]
    """(height_px, width_px, 4), BGRA with straight (not premultiplied) alpha; row 0 is the top."""

    bitmap_origin: Point = Point(0.5, 0.5)
    """Point of the bitmap that is at the origin, as fractions of its width and height."""

    dpi: float = 300.0
    """Pixels per inch before `transform`."""

    transform: Transform = Transform.identity()
    """Maps millimetres around the bitmap's origin to coordinates of `space`."""

    def __post_init__(self) -> None:
        bitmap = self.bitmap
        if bitmap.dtype != np.uint8 or bitmap.ndim != 3 or bitmap.shape[2] != 4:
            raise GeometryError(
                f"The bitmap of a sprite must be uint8 of shape (height, width, 4), BGRA, "
                f"not {bitmap.dtype} of shape {bitmap.shape}."
            )
        if self.dpi <= 0:
            raise GeometryError(
                f"The resolution of a sprite must be positive, not {self.dpi} pixels per inch."
            )

    @staticmethod
    def rectangle(
        space: AffineSpace, rectangle: Rectangle, fill_color: ColorBGRA, dpi: float = 300.0
    ) -> Sprite:
        """Makes a sprite of one colour that fills a rectangle of `space`.

        Its bitmap is read-only and needs almost no memory: all pixels share the same element.
        """
        width = max(1, round(mm_to_px(rectangle.width, dpi)))
        height = max(1, round(mm_to_px(rectangle.height, dpi)))
        pixel = np.array(fill_color, dtype=np.uint8)
        stretch = Transform.scale(
            mm_to_px(rectangle.width, dpi) / width, mm_to_px(rectangle.height, dpi) / height
        )
        return Sprite(
            space=space,
            bitmap=np.broadcast_to(pixel, (height, width, 4)),
            bitmap_origin=Point(0.0, 0.0),
            dpi=dpi,
            transform=stretch.then(Transform(e=rectangle.x, f=rectangle.y)),
        )

    @property
    def pixels_to_space(self) -> Transform:
        """Maps pixel positions to `space`; (0, 0) is the top left corner of the bitmap, and pixels have size 1."""
        height, width = self.bitmap.shape[:2]
        size = MM_PER_INCH / self.dpi
        corner = Transform(
            a=size, d=size, e=-self.bitmap_origin.x * width * size, f=-self.bitmap_origin.y * height * size
        )
        return corner.then(self.transform)

    @property
    def outline(self) -> Contours:
        """The border of the bitmap, in its pixels."""
        height, width = self.bitmap.shape[:2]
        return Contours.from_rectangle(Rectangle(0, 0, width, height))

    @property
    def outline_to_space(self) -> Transform:
        """Maps pixel positions to `space`."""
        return self.pixels_to_space

    @property
    def picture(self) -> NDArray[np.uint8] | None:
        """The bitmap; `None` if all pixels share one element, as in `rectangle`, since the outline is exact."""
        return None if is_uniform(self.bitmap) else self.bitmap

    @property
    def load(self) -> None:
        """`None`: a picture shows all variations itself."""

    @property
    def fill_color(self) -> ColorBGRA:
        """The colour of the first pixel."""
        blue, green, red, opacity = self.bitmap[0, 0].tolist()
        return (blue, green, red, opacity)

    def fresh_picture(self, dpi: float) -> FreshPicture | None:
        """Hook: the sprite drawn at a resolution in pixels per inch; `None` by default."""
        return None

    def ink_contours(self, threshold: int = 0) -> Contours:
        """The outline of all pixels more opaque than the threshold, along pixel edges, in `space`."""
        return self.pixels_to_space.apply_to(outline_mask(self.bitmap[:, :, 3] > threshold))


def is_uniform(bitmap: NDArray[np.uint8]) -> bool:
    """Whether all pixels share one element in memory, as in `Sprite.rectangle`."""
    return bitmap.size > 0 and bitmap.strides[0] == 0 and bitmap.strides[1] == 0
