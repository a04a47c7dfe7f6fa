"""Checks that what filters and postprocessors return still fits the ground truth.

A bitmap that has another size, while the map from the page to its pixels and the regions are those of the size before,
would have wrong boxes without any sign of it.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from smashcima.errors import ExportError, described
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.layer_set import LayerSet
from smashcima.imaging.pixel_maps import PixelMap
from smashcima.imaging.regions.regions import Regions

_HINT = "Change the size with `image.warped(pixel_map, width, height)`, which moves the regions too, or extend GeometricFilter."


class Geometry(NamedTuple):
    """Size of an image or of layers, with the map and regions that belong to it."""

    width: int
    height: int
    from_scene: PixelMap
    regions: Regions

    @staticmethod
    def of_image(image: ImageLayer) -> Geometry:
        """Remembers the geometry of an image, which a filter may change in place."""
        return Geometry(image.width, image.height, image.from_scene, image.regions)

    @staticmethod
    def of_layers(layers: LayerSet) -> Geometry:
        """Remembers the geometry of layers, which a filter may change in place."""
        return Geometry(layers.width, layers.height, layers.from_scene, layers.regions)


def checked_image(image: ImageLayer, before: Geometry, name: str, is_gray: bool = False) -> ImageLayer:
    """Returns an image that `name`, such as a filter, has returned for one with the geometry `before`.

    Raises:
        ExportError: it is no image, has no BGRA bitmap, or has another size without a map and regions for it.
    """
    if not isinstance(image, ImageLayer):
        raise ExportError(f"{name} must return an ImageLayer, not {described(image)}.")
    bitmap = image.bitmap
    channels = () if is_gray else (4,)
    if not isinstance(bitmap, np.ndarray) or bitmap.dtype != np.uint8 or bitmap.shape[2:] != channels:
        raise ExportError(
            f"{name} must return a bitmap of uint8 with shape (height, width, 4), BGRA, not {described(bitmap)}."
        )
    _check(Geometry.of_image(image), before, name)
    return image


def checked_layers(layers: LayerSet, before: Geometry, name: str) -> LayerSet:
    """Returns layers that `name` has returned for layers with the geometry `before`.

    Raises:
        ExportError: they are no layers, differ in size, or have another size without a map and regions for it.
    """
    if not isinstance(layers, LayerSet):
        raise ExportError(f"{name} must return a LayerSet, not {described(layers)}.")
    for layer_name, ink in layers:
        if ink.coverage.shape != (layers.height, layers.width):
            rows, columns = ink.coverage.shape
            raise ExportError(
                f"{name} returned a paper of {layers.width} x {layers.height} px and a layer {layer_name!r} of {columns} x "
                f"{rows} px; all layers must have one size."
            )
    _check(Geometry.of_layers(layers), before, name)
    return layers


def _check(after: Geometry, before: Geometry, name: str) -> None:
    if (after.width, after.height) == (before.width, before.height):
        return
    if after.from_scene is before.from_scene or (after.regions is before.regions and len(before.regions) > 0):
        raise ExportError(
            f"{name} changed the size of the image from {before.width} x {before.height} px to {after.width} x "
            f"{after.height} px without moving its regions, so that all boxes and masks would be wrong. {_HINT}"
        )
