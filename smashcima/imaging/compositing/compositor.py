"""How the image of a page is made of its scene: drawn in layers, postprocessed, and merged."""

from __future__ import annotations

import copy
from abc import ABC, abstractmethod
from dataclasses import replace

import numpy as np

from smashcima.imaging.compositing.drawing import draw_layers, merge_layers
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.postprocessor import NullPostprocessor, Postprocessor
from smashcima.randomness import Stream
from smashcima.scene.graph import SavableValue
from smashcima.scene.visual import Page, ViewBox

_NOTHING = NullPostprocessor()


class Compositor(SavableValue, ABC):
    """Makes the picture of a page (or of any view box), with the regions of everything in it.

    - Must override: `draw`.
    - May override: `snapshot`, if it holds postprocessors, or values that are changed in place.
    - Don't override: `compose`.
    """

    def compose(
        self, x: Page | ViewBox, dpi: float = 300.0, rng: np.random.Generator | None = None
    ) -> ImageLayer:
        """The finished picture. The same scene and a generator in the same state give the same bytes.

        Without a generator, one with a fixed seed is used. Raises an `ExportError` where no picture can be made.
        """
        return self.draw(x, dpi, rng if rng is not None else Stream(0).child("compositor").generator())

    @abstractmethod
    def draw(self, x: Page | ViewBox, dpi: float, rng: np.random.Generator) -> ImageLayer:
        """The picture at a resolution in pixels per inch; all randomness comes from `rng`."""

    def snapshot(self) -> Compositor:
        """A copy that later changes of this compositor's options do not reach: scenes hold one.

        By default a shallow copy, so that what is expensive is shared.
        """
        return copy.copy(self)


class DefaultCompositor(Compositor):
    """Draws paper, staff lines and ink, lets the postprocessor change them, and lays ink over paper.

    In the end, regions are cut at the edges of the picture.
    """

    def __init__(self, postprocessor: Postprocessor = _NOTHING) -> None:
        self.postprocessor = postprocessor

    def draw(self, x: Page | ViewBox, dpi: float, rng: np.random.Generator) -> ImageLayer:
        layers = self.postprocessor.process_layers(draw_layers(x, dpi), rng)
        image = self.postprocessor.process_image(merge_layers(layers, use_up=True), rng)
        return replace(image, regions=image.regions.clipped(image.width, image.height))

    def snapshot(self) -> DefaultCompositor:
        """A copy with a snapshot of the postprocessor."""
        result = copy.copy(self)
        result.postprocessor = self.postprocessor.snapshot()
        return result
