"""The interface of postprocessors, which age, scan and photograph pages."""

from __future__ import annotations

import copy

import numpy as np

from smashcima._moved import FormerAttributes
from smashcima.imaging.compositing.image_layer import ImageLayer
from smashcima.imaging.compositing.layer_set import LayerSet
from smashcima.scene.graph import SavableValue


class Postprocessor(FormerAttributes, SavableValue):
    """Changes images, as by ageing, scanning and photographing.

    - Must override: nothing; by default, nothing is changed.
    - May override: `process_layers`, `process_image`. Both can change their argument in place, or return a new value
      (by `dataclasses.replace`, which keeps all other fields). A postprocessor that moves pixels must move `regions` by
      the same map. `snapshot`, if it has other postprocessors or mutable values.
    - Don't: use any random generator except the given one; keep state between pages.
    """

    def process_layers(self, layers: LayerSet, rng: np.random.Generator) -> LayerSet:
        """Changes layers before they are merged, and returns them."""
        return layers

    def process_image(self, image: ImageLayer, rng: np.random.Generator) -> ImageLayer:
        """Changes the merged image, and returns it."""
        return image

    def snapshot(self) -> Postprocessor:
        """A copy for a scene, which later changes of the options of this postprocessor do not affect.

        A shallow copy by default, which shares expensive values.
        """
        return copy.copy(self)


class NullPostprocessor(Postprocessor):
    """Changes nothing."""
