"""An image between filters: what moves its pixels or throws light on it is collected, and applied all at once."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.opacity import is_opaque
from smashcima.imaging.filters.backing import Backing, edge_of, lay_behind
from smashcima.imaging.filters.light import Light, multiply
from smashcima.imaging.filters.light_lattice import combined_light
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.warp import Warp
from smashcima.imaging.pixel_maps import PixelMap

MakeBacking = Callable[[NDArray[np.float64], PictureSize], Backing]
"""From the outline of the sheet (N, 2) in pixels of a picture, and the size of that picture."""


class ImageInProgress:
    """An image with warps, lights and a backing that wait to be applied.

    However many warps wait, the image is resampled once; however many lights, it is multiplied once.
    """

    def __init__(self, image: ImageLayer) -> None:
        self._start(image)

    def _start(self, image: ImageLayer) -> None:
        self._image = image
        self._sizes = [PictureSize.of_image(image)]
        self._maps: list[PixelMap] = []
        self._lights: list[tuple[int, Light]] = []
        self._make_backing: MakeBacking | None = None

    @property
    def size(self) -> PictureSize:
        """The size of the image after all warps that wait."""
        return self._sizes[-1]

    def add_warp(self, warp: Warp) -> None:
        """Moves the pixels of the image as it is after the warps before."""
        if warp.light is not None:
            self.add_light(warp.light)
        self._maps.append(warp.pixel_map)
        self._sizes.append(PictureSize(warp.width, warp.height, self.size.dpi))

    def add_light(self, light: Light) -> None:
        """Throws light on the image as it is after the warps before."""
        self._lights.append((len(self._maps), light))

    def set_backing(self, make: MakeBacking) -> None:
        """Lays something behind the sheet; `make` is called if warps move an opaque image."""
        self._make_backing = make

    def change(self, function: Callable[[ImageLayer], ImageLayer]) -> None:
        """Applies everything that waits, and then a function to the image."""
        self._start(function(self.develop()))

    def develop(self) -> ImageLayer:
        """Applies everything that waits; returns the image."""
        image = self._image
        if self._maps:
            image = self._warped(image)
        if self._lights:
            multiply(image.bitmap, combined_light(self._sizes, self._maps, self._lights).factors)
        self._start(image)
        return image

    def _warped(self, image: ImageLayer) -> ImageLayer:
        chain = self._maps[0]
        for pixel_map in self._maps[1:]:
            chain = chain.then(pixel_map)
        width, height = self.size.width, self.size.height
        if self._make_backing is None or not is_opaque(image.bitmap):
            return image.warped(chain, width, height)
        outline = chain.forward(edge_of(self._sizes[0]))
        backing = self._make_backing(outline, self.size)
        image = image.warped(chain, width, height, (*backing.color, 255))
        lay_behind(image.bitmap, outline, backing)
        return image
