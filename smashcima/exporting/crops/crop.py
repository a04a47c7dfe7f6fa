"""Crops, and cropping and scaling of images with their regions."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from smashcima.imaging import ImageLayer, ProjectiveMap, Regions
from smashcima.imaging.compositing.opacity import divided, multiplied
from smashcima.imaging.compositing.resampling import check_size
from smashcima.imaging.pixel_maps import PixelMap
from smashcima.imaging.regions.cutting import regions_in_boxes
from smashcima.scene.graph import SceneObject

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels; right and bottom are exclusive."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """Part of an image."""

    id: str
    """Id of the cropped object, the same in every format and every run."""

    image: ImageLayer
    """The part as an image. Its regions are those visible in it, clipped at its edges; `visible` is the share
    that remains."""

    box: Box
    """Position in the original image, in whole pixels. If the crop was straightened, its rotated area lies in
    this box."""

    scene_object: SceneObject
    """The cropped page, system, staff, measure or visual object."""

    from_page: PixelMap
    """Map from pixels of the original image to those of the crop."""

    def __repr__(self) -> str:
        return f"Crop({self.id!r}, {self.image.width} x {self.image.height} px)"

    def _repr_png_(self) -> bytes:
        """Displays the crop in notebooks."""
        return self.image._repr_png_()


def cut(image: ImageLayer, box: Box) -> ImageLayer:
    """Returns the pixels in a box inside the image, with the regions visible there."""
    regions = regions_in_boxes(image.regions, np.array([box]))[0]
    return cut_with(image, box, regions, corner_of(box))


def corner_of(box: Box) -> ProjectiveMap:
    """The map from the pixels of an image to those of a part of it."""
    return ProjectiveMap.translation(-box[0], -box[1])


def cut_with(image: ImageLayer, box: Box, regions: Regions, move: ProjectiveMap) -> ImageLayer:
    """Returns the pixels in a box inside the image with these regions of it; `move` is `corner_of` the box."""
    left, top, right, bottom = box
    return ImageLayer(
        image.bitmap[top:bottom, left:right].copy(),
        image.dpi,
        regions,
        image.from_scene.then(move),
        image.space,
        image.plans,
    )


def scaled(image: ImageLayer, width: int, height: int) -> ImageLayer:
    """Scales an image and its regions. Downscaling averages over areas, so that thin lines are preserved.

    Raises an `ExportError` for an invalid size.
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
