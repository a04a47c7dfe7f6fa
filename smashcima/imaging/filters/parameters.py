"""Parameters of filters: constants, or distributions from which a value is drawn for every page."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from smashcima.errors import SettingsError


class Distribution(ABC):
    """The distribution of a number that is drawn for each page.

    - Must override: `sample`.
    """

    @abstractmethod
    def sample(self, rng: np.random.Generator) -> float:
        """One number."""


@dataclass(frozen=True, slots=True)
class Uniform(Distribution):
    """Uniform distribution from `low` to `high`."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _finite(self, self.low, self.high)
        if self.low > self.high:
            raise SettingsError(f"{self}: low exceeds high.")

    def sample(self, rng: np.random.Generator) -> float:
        """One number."""
        return float(rng.uniform(self.low, self.high))


@dataclass(frozen=True, slots=True)
class Normal(Distribution):
    """Normal distribution, clipped at three standard deviations to avoid extreme pages."""

    mean: float
    spread: float
    """Standard deviation."""

    def __post_init__(self) -> None:
        _finite(self, self.mean, self.spread)
        if self.spread < 0:
            raise SettingsError(f"{self} has a negative spread.")

    def sample(self, rng: np.random.Generator) -> float:
        """One number."""
        return self.mean + self.spread * float(np.clip(rng.standard_normal(), -3, 3))


@dataclass(frozen=True, slots=True)
class LogNormal(Distribution):
    """Log-normal distribution, clipped at three standard deviations of the logarithm."""

    median: float
    spread: float
    """Standard deviation of the natural logarithm: with 0.3, two thirds of the values are within 35 % of the
    median."""

    def __post_init__(self) -> None:
        _finite(self, self.median, self.spread)
        if self.median <= 0 or self.spread < 0:
            raise SettingsError(f"{self} needs a positive median and a spread that is not negative.")

    def sample(self, rng: np.random.Generator) -> float:
        """One number."""
        return self.median * math.exp(self.spread * float(np.clip(rng.standard_normal(), -3, 3)))


Parameter = float | Distribution
"""Constant or distribution."""


def sample(parameter: Parameter, rng: np.random.Generator) -> float:
    """Returns the constant, or draws a number from the distribution."""
    return parameter.sample(rng) if isinstance(parameter, Distribution) else float(parameter)


def _finite(distribution: Distribution, *numbers: float) -> None:
    if not all(math.isfinite(number) for number in numbers):
        raise SettingsError(f"{distribution} has numbers that are not finite.")
