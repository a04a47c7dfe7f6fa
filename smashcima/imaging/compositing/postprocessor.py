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
    - May override: `drawing_dpi`; `process_layers`, `process_image`. Both can change their argument in place, or return a new value
      (by `dataclasses.replace`, which keeps all other fields). A postprocessor that moves pixels must move `regions` by
      the same map. `snapshot`, if it has other postprocessors or mutable values.
    - Don't: use any random generator except the given one; keep state between pages.
    """

    def drawing_dpi(self, dpi: float, rng: np.random.Generator) -> float:
        """Resolution at which pages are drawn for this postprocessor, at most the given one; must not draw from `rng`.

        A picture that shows less detail is made from a smaller drawing, in less time. The compositor enlarges the result to the
        size that the page has at `dpi`, unless `keeps_size` is false.
        """
        return dpi

    @property
    def keeps_size(self) -> bool:
        """Whether pictures drawn at another resolution are enlarged to the usual size."""
        return True

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
