"""Image with queued warps and lights, which are applied together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

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
"""Function from the outline of the sheet (N, 2) in pixels, and the size of the image, to its background."""


class ImageInProgress:
    """Image with queued warps, lights and a background.

    All queued warps need one resampling, and all queued lights one multiplication.
    """

    def __init__(self, image: ImageLayer) -> None:
        self._spare: NDArray[np.uint8] | None = None
        """Memory of the picture in colours, for the finished one."""
        self._start(image)

    def _start(self, image: ImageLayer) -> None:
        self._image = image
        self._sizes = [PictureSize.of_image(image)]
        self._maps: list[PixelMap] = []
        self._lights: list[tuple[int, Light]] = []
        self._make_backing: MakeBacking | None = None

    @property
    def size(self) -> PictureSize:
        """Size of the image after all queued warps."""
        return self._sizes[-1]

    @property
    def is_gray(self) -> bool:
        """Whether the image has one channel."""
        return self._image.bitmap.ndim == 2

    def to_gray(self) -> None:
        """Drops the colours. An opaque image has one channel from now on, until a filter needs more."""
        import cv2

        bitmap = self._image.bitmap
        if self.is_gray:
            return
        gray = np.asarray(cv2.cvtColor(bitmap, cv2.COLOR_BGRA2GRAY), np.uint8)
        if not is_opaque(bitmap):
            gray = np.asarray(cv2.merge([gray, gray, gray, cv2.extractChannel(bitmap, 3)]), np.uint8)
        else:
            self._spare = bitmap
        self._image = replace(self._image, bitmap=gray)

    def add_warp(self, warp: Warp) -> None:
        """Queues a warp of the image after the preceding warps."""
        if warp.light is not None:
            self.add_light(warp.light)
        self._maps.append(warp.pixel_map)
        self._sizes.append(PictureSize(warp.width, warp.height, self.size.dpi))

    def add_light(self, light: Light) -> None:
        """Queues light on the image after the preceding warps."""
        self._lights.append((len(self._maps), light))

    def set_backing(self, make: MakeBacking) -> None:
        """Sets the background of the sheet; `make` is called if warps move an opaque image."""
        self._make_backing = make

    def change(self, function: Callable[[ImageLayer], ImageLayer], takes_gray: bool = False) -> None:
        """Applies all queued changes, and then a function to the image: in BGRA, unless it takes one channel of gray, too."""
        self._start(function(self._developed() if takes_gray else self.develop()))

    def develop(self) -> ImageLayer:
        """Applies all queued changes and returns the image, in BGRA."""
        import cv2

        image = self._developed()
        if image.bitmap.ndim == 2:
            spare, self._spare = self._spare, None
            if spare is not None and spare.shape[:2] != image.bitmap.shape:
                spare = None
            colors = np.asarray(cv2.cvtColor(image.bitmap, cv2.COLOR_GRAY2BGRA, dst=spare), np.uint8)
            image = replace(image, bitmap=colors)
            self._start(image)
        return image

    def _developed(self) -> ImageLayer:
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
        if self._make_backing is None or not (self.is_gray or is_opaque(image.bitmap)):
            return image.warped(chain, width, height)
        outline = chain.forward(edge_of(self._sizes[0]))
        backing = self._make_backing(outline, self.size)
        image = image.warped(chain, width, height, (*backing.color, 255), opaque=True)
        lay_behind(image.bitmap, outline, backing)
        return image
