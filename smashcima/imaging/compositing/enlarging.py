"""Enlarging of pictures that were made from a smaller drawing of the page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.bitmap_memory import new_bitmap
from smashcima.imaging.compositing.geometry_check import Geometry
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.opacity import divide, is_opaque, multiplied
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.pixel_maps import ProjectiveMap


def enlarged_to(image: ImageLayer, dpi: float, drawn: Geometry, grid: PixelGrid) -> ImageLayer:
    """The picture at a higher resolution, with its regions.

    Args:
        image: the picture.
        dpi: the resolution.
        drawn: what the picture was made from.
        grid: the pixels of the whole page at `dpi`; a picture as large as `drawn` becomes exactly as large as this.
    """
    if (image.width, image.height) == (drawn.width, drawn.height):
        width, height = grid.width, grid.height
    else:
        width, height = (max(1, round(side * dpi / image.dpi)) for side in (image.width, image.height))
    larger = ProjectiveMap.scaling(width / image.width, height / image.height)
    return replace(
        image,
        bitmap=_resized(image.bitmap, width, height),
        dpi=dpi,
        regions=image.regions.moved(larger),
        from_scene=image.from_scene.then(larger),
    )


def _resized(bitmap: NDArray[np.uint8], width: int, height: int) -> NDArray[np.uint8]:
    import cv2

    opaque = is_opaque(bitmap)
    source = bitmap if opaque else multiplied(bitmap)
    result = new_bitmap((height, width, 4))
    cv2.resize(source, (width, height), dst=result, interpolation=cv2.INTER_LINEAR)
    if not opaque:
        divide(result)
    return result
