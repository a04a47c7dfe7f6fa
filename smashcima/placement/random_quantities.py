"""Random values of the quantities of a style, for the items of a page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.placement.style import PlacementStyle

FloatArray = NDArray[np.float64]


class QuantityDraws:
    """Draws values of quantities, scaled by the amplitude of a style.

    Every call consumes numbers from the generator, regardless of the style, so that changing one quantity does not
    affect the values of the others.
    """

    def __init__(self, style: PlacementStyle, rng: np.random.Generator) -> None:
        self._style = style
        self._rng = rng

    def offsets(self, name: str, count: int) -> FloatArray:
        """Values of an offset."""
        return self._draw(name, count, 0.0)

    def middle(self, name: str) -> float:
        """The mean of an offset."""
        quantity = self._style.quantities[name]
        return 0.0 if quantity is None else self._style.amplitude * quantity.mean

    def strength(self, name: str) -> float:
        """The part of the writer's mean that is applied: 0 where the engraver's value is kept, else at most 1."""
        return 0.0 if self._style.quantities[name] is None else min(self._style.amplitude, 1.0)

    def ratios(self, name: str, count: int) -> FloatArray:
        """Values of a ratio."""
        return np.maximum(self._draw(name, count, 1.0), 0.05)

    def sizes(self, name: str, engraved: FloatArray) -> FloatArray:
        """Values of a size, given the engraved sizes."""
        return np.maximum(self._draw(name, len(engraved), engraved), 0.2 * engraved)

    def distances(self, name: str, engraved: FloatArray) -> FloatArray:
        """Values of a distance, which may be negative, given the engraved distances."""
        return self._draw(name, len(engraved), engraved)

    def _draw(self, name: str, count: int, engraved: FloatArray | float) -> FloatArray:
        if count == 0:  # most quantities on a page with little music
            return np.zeros(0)
        quantity = self._style.quantities[name]
        if quantity is None:
            self._rng.standard_normal((2, count))
            return np.zeros(count) + engraved
        values = quantity.draw(count, self._rng)
        result: FloatArray = engraved + self._style.amplitude * (values - engraved)
        return result
