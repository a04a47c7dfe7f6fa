"""The random numbers of one filter for one page."""

from __future__ import annotations

import numpy as np

from smashcima.imaging.filters.parameters import Parameter, sample


class Draws:
    """Random numbers of one filter for one page, and their record."""

    def __init__(self, rng: np.random.Generator, strength: float) -> None:
        self.rng = rng
        """Generator of the filter, independent of other filters."""
        self.strength = strength
        """Strength of the filter: above 0, 1 = natural, up to `MAX_STRENGTH`."""
        self.parameters: dict[str, float | str] = {}

    def value(self, name: str, parameter: Parameter) -> float:
        """Returns a constant, or a number drawn from a distribution; records it under the name."""
        value = sample(parameter, self.rng)
        self.parameters[name] = value
        return value

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        """Draws one of several words with equal probability; records it under the name."""
        chosen = options[int(self.rng.integers(len(options)))]
        self.parameters[name] = chosen
        return chosen

    def sign(self) -> int:
        """Draws 1 or -1."""
        return 1 if self.rng.random() < 0.5 else -1
