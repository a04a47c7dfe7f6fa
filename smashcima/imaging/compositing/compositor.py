"""Compositors, which make the image of a page: they draw layers, postprocess and merge them."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from dataclasses import replace

import numpy as np

from smashcima._moved import FormerAttributes
from smashcima.imaging.compositing.drawing import draw_layers, merge_layers
from smashcima.imaging.compositing.enlarging import enlarged_to
from smashcima.imaging.compositing.geometry_check import Geometry, checked_image, checked_layers
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.pixel_grid import PixelGrid
from smashcima.imaging.compositing.postprocessor import NullPostprocessor, Postprocessor
from smashcima.randomness import Stream
from smashcima.scene.graph import SavableValue, garbage_collection_paused
from smashcima.scene.visual import Page, ViewBox
from smashcima.scene.visual.view import view_box_of

_NOTHING = NullPostprocessor()


class Compositor(FormerAttributes, SavableValue, ABC):
    """Makes the image of a page or view box, with the regions of all objects in it.

    - Must override: `draw`.
    - May override: `snapshot`, if it has postprocessors or mutable values.
    - Don't override: `compose`.
    """

    def compose(
        self, x: Page | ViewBox, dpi: float = 300.0, rng: np.random.Generator | None = None
    ) -> ImageLayer:
        """Makes the image. The same scene and a generator in the same state give the same bytes.

        Args:
            x: the page or view box.
            dpi: resolution in pixels per inch.
            rng: random generator; by default one with a fixed seed.

        Raises:
            ExportError: `x` cannot be rendered at this resolution.
        """
        with garbage_collection_paused():
            return self.draw(x, dpi, rng if rng is not None else Stream(0).child("compositor").generator())

    def run(self, view_box: Page | ViewBox, dpi: float = 300.0) -> ImageLayer:
        """Same as `compose`, under its name in smashcima 1."""
        return self.compose(view_box, dpi)

    @abstractmethod
    def draw(self, x: Page | ViewBox, dpi: float, rng: np.random.Generator) -> ImageLayer:
        """Hook: makes the image at a resolution in pixels per inch; takes all random numbers from `rng`."""

    def snapshot(self) -> Compositor:
        """A copy for a scene, which later changes of the options of this compositor do not affect.

        A shallow copy by default, which shares expensive values.
        """
        return copy.copy(self)


class DefaultCompositor(Compositor):
    """Draws paper, staff lines and ink, postprocesses and blends them, and clips the regions to the image."""

    def __init__(self, postprocessor: Postprocessor = _NOTHING) -> None:
        self.postprocessor = postprocessor

    def draw(self, x: Page | ViewBox, dpi: float, rng: np.random.Generator) -> ImageLayer:
        name = f"The postprocessor {type(self.postprocessor).__name__}"
        layers = draw_layers(x, self.postprocessor.drawing_dpi(dpi, rng))
        before = Geometry.of_layers(layers)
        layers = checked_layers(self.postprocessor.process_layers(layers, rng), before, name)
        before = Geometry.of_layers(layers)
        merged = [merge_layers(layers, use_up=True)]
        del layers
        # Not kept here, so that the picture goes when a filter has made another one from it, such as by a warp.
        image = checked_image(self.postprocessor.process_image(merged.pop(), rng), before, name)
        if image.dpi < dpi and self.postprocessor.keeps_size:
            image = enlarged_to(image, dpi, before, PixelGrid.over(view_box_of(x).rectangle, dpi))
        return replace(image, regions=image.regions.clipped(image.width, image.height))

    def snapshot(self) -> DefaultCompositor:
        """A copy with a snapshot of the postprocessor."""
        result = copy.copy(self)
        result.postprocessor = self.postprocessor.snapshot()
        return result
