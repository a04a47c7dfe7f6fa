"""A part of a picture, and cutting and scaling pictures together with their truth."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from smashcima.imaging import ImageLayer, ProjectiveMap, Regions
from smashcima.imaging.compositing.opacity import divided, multiplied
from smashcima.imaging.compositing.resampling import check_size
from smashcima.imaging.pixel_maps import PixelMap
from smashcima.scene.graph import SceneObject

Box = tuple[int, int, int, int]
"""Left, top, right, bottom of pixels, the last two exclusive."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """A part of a picture."""

    id: str
    """That of the object it shows, the same in every format and every run."""

    image: ImageLayer
    """The part as a picture of its own. Its regions are all that is seen in it, cut at its edges; `visible` tells
    how much of each is left."""

    box: Box
    """Where it was in the picture, in whole pixels of that. What was set upright lies in this box, askew."""

    scene_object: SceneObject
    """The page, system, staff, measure or drawn thing that it shows."""

    from_page: PixelMap
    """Leads from the pixels of the picture to those of the crop."""

    def __repr__(self) -> str:
        return f"Crop({self.id!r}, {self.image.width} x {self.image.height} px)"

    def _repr_png_(self) -> bytes:
        """In a notebook a crop shows itself."""
        return self.image._repr_png_()


def cut(image: ImageLayer, box: Box) -> ImageLayer:
    """The pixels in a box that lies in the picture, as they are, with what is seen there."""
    left, top, right, bottom = box
    move = ProjectiveMap.translation(-left, -top)
    return replace(
        image,
        bitmap=image.bitmap[top:bottom, left:right].copy(),
        regions=_seen(image.regions, box).moved(move).clipped(right - left, bottom - top),
        from_scene=image.from_scene.then(move),
    )


def scaled(image: ImageLayer, width: int, height: int) -> ImageLayer:
    """The picture in another size. Smaller ones are averaged over areas, so that thin lines stay whole.

    An `ExportError` for a size that no picture can have.
    """
    if (width, height) == (image.width, image.height):
        return image
    import cv2

    check_size(width, height)
    resize = ProjectiveMap.scaling(width / image.width, height / image.height)
    how = cv2.INTER_AREA if width * height < image.width * image.height else cv2.INTER_LINEAR
    pixels = cv2.resize(multiplied(image.bitmap), (width, height), interpolation=how)
    return replace(
        image,
        bitmap=divided(np.asarray(pixels, dtype=np.uint8)),
        dpi=image.dpi * height / image.height,
        regions=image.regions.moved(resize),
        from_scene=image.from_scene.then(resize),
    )


def _seen(regions: Regions, box: Box) -> Regions:
    """The regions that may be seen in a box; moving and cutting all others would take most of the time."""
    left, top, right, bottom = box
    boxes = regions.bboxes
    with np.errstate(invalid="ignore"):
        meets = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
    gone = int(np.isfinite(boxes[:, 0]).sum() - meets.sum())
    return replace(regions.chosen(np.flatnonzero(meets)), dropped=regions.dropped + gone)
