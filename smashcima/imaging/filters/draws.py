"""The random numbers of one filter for one page."""

from __future__ import annotations

import numpy as np

from smashcima.imaging.filters.parameters import Parameter, sample


class Draws:
    """The random numbers of one filter for one page, and the record of them."""

    def __init__(self, rng: np.random.Generator, strength: float) -> None:
        self.rng = rng
        """The stream of the filter: no other filter's draws change it."""
        self.strength = strength
        """How strong the filter is to be: above 0, 1 = natural, `MAX_STRENGTH` at most."""
        self.parameters: dict[str, float | str] = {}

    def value(self, name: str, parameter: Parameter) -> float:
        """The constant, or a number from the distribution; recorded under the name."""
        value = sample(parameter, self.rng)
        self.parameters[name] = value
        return value

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        """One of several words, all equally likely; recorded under the name."""
        chosen = options[int(self.rng.integers(len(options)))]
        self.parameters[name] = chosen
        return chosen

    def sign(self) -> int:
        """1 or -1."""
        return 1 if self.rng.random() < 0.5 else -1
