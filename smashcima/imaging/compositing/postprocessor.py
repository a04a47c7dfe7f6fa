"""The interface behind which pages age, are scanned and photographed."""

from __future__ import annotations

import copy

import numpy as np

from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.layer_set import LayerSet
from smashcima.scene.graph import SavableValue


class Postprocessor(SavableValue):
    """Changes pictures as ageing, scanning and photographing do.

    - Must override: nothing; without overriding, nothing is changed.
    - May override: `process_layers`, `process_image`. Both may change what they are given, or return another
      value (by `dataclasses.replace`, so that nothing else is lost). A postprocessor that moves pixels moves `regions` by the same
      map. `snapshot`, if it holds other postprocessors, or values that are changed in place.
    - Don't: draw from any generator but the one that is given; keep anything from one page to the next.
    """

    def process_layers(self, layers: LayerSet, rng: np.random.Generator) -> LayerSet:
        """Changes layers before they are merged."""
        return layers

    def process_image(self, image: ImageLayer, rng: np.random.Generator) -> ImageLayer:
        """Changes the merged picture."""
        return image

    def snapshot(self) -> Postprocessor:
        """A copy that later changes of this postprocessor's options do not reach: scenes hold one.

        By default a shallow copy, so that what is expensive is shared.
        """
        return copy.copy(self)


class NullPostprocessor(Postprocessor):
    """Changes nothing."""
