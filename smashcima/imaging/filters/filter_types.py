"""Base classes of filters, by what they change: layers, geometry, light, background or image."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.geometry_check import Geometry, checked_image, checked_layers
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.layer_set import LayerSet
from smashcima.imaging.filters.backing import Backing
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter import Filter, PlannedFilter
from smashcima.imaging.filters.image_in_progress import ImageInProgress
from smashcima.imaging.filters.light import Light
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.warp import Warp


@dataclass(kw_only=True, eq=False)
class LayersFilter(Filter):
    """Changes ink, staff lines or paper before they are merged.

    - Must override: `change_layers`.
    - A filter that spreads ink must grow its regions (`Regions.grown`), and a filter that adds objects other than music
      must add labelled regions for them (see `distractors`). Faded ink keeps its regions.
    """

    @abstractmethod
    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Returns the changed layers: the given ones, or others."""

    def apply_to_layers(self, layers: LayerSet, planned: PlannedFilter) -> LayerSet:
        """Changes the layers immediately.

        Raises:
            ExportError: the layers no longer have one size, or another one without a map from the page to it.
        """
        before = Geometry.of_layers(layers)
        return checked_layers(self.change_layers(layers, planned.start()), before, self._title)

    def apply_to_image(self, image: ImageInProgress, planned: PlannedFilter) -> None:
        """Does nothing, since the layers are merged."""


@dataclass(kw_only=True, eq=False)
class GeometricFilter(Filter):
    """Moves pixels, and the ground truth with them.

    - Must override: `make_warp`.
    - Consecutive geometric and light filters are combined into one resampling and one multiplication.
    """

    @abstractmethod
    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        """Returns the map for an image of the given size."""

    def apply_to_image(self, image: ImageInProgress, planned: PlannedFilter) -> None:
        """Queues a warp."""
        image.add_warp(self.make_warp(image.size, planned.start()))


@dataclass(kw_only=True, eq=False)
class LightFilter(Filter):
    """Adds light and shadow.

    - Must override: `make_light`.
    """

    @abstractmethod
    def make_light(self, size: PictureSize, draws: Draws) -> Light:
        """Returns light factors for an image of the given size."""

    def apply_to_image(self, image: ImageInProgress, planned: PlannedFilter) -> None:
        """Queues light."""
        image.add_light(self.make_light(image.size, planned.start()))


@dataclass(kw_only=True, eq=False)
class BackingFilter(Filter):
    """Fills the area of the image outside of a warped sheet.

    - Must override: `make_backing`.
    - Place it directly after the geometric filters. It has no effect on images that are not opaque before warping,
      since these have no sheet.
    """

    @abstractmethod
    def make_backing(self, outline: NDArray[np.float64], size: PictureSize, draws: Draws) -> Backing:
        """Returns the background for an image of the given size; `outline` (N, 2) is the edge of the sheet in
        pixels.
        """

    def apply_to_image(self, image: ImageInProgress, planned: PlannedFilter) -> None:
        """Sets the background of the sheet."""
        draws = planned.start()
        image.set_backing(lambda outline, size: self.make_backing(outline, size, draws))


@dataclass(kw_only=True, eq=False)
class ImageFilter(Filter):
    """Changes the pixels of the merged image without moving them.

    - Must override: `change_image`.
    - May override: `TAKES_GRAY`, if `change_image` also takes images whose bitmap has one channel, (height_px, width_px). Such
      images, which are opaque, come after `Grayscale`.
    """

    TAKES_GRAY = False

    @abstractmethod
    def change_image(self, image: ImageLayer, draws: Draws) -> ImageLayer:
        """Returns the changed image: the given one with its bitmap changed in place, or another one with the
        same regions.
        """

    def apply_to_image(self, image: ImageInProgress, planned: PlannedFilter) -> None:
        """Changes the image after all preceding warps and lights.

        Raises:
            ExportError: the image has another size without a map from the page to it, or is no image.
        """
        draws = planned.start()

        def change(picture: ImageLayer) -> ImageLayer:
            before, is_gray = Geometry.of_image(picture), picture.bitmap.ndim == 2
            return checked_image(self.change_image(picture, draws), before, self._title, is_gray)

        image.change(change, self.TAKES_GRAY)
