"""A quantity of placement: how it is distributed in one hand, and how hands differ in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError

FloatArray = NDArray[np.float64]

_NO_SKEW = 1e-4
_KERNEL_REACH = 0.02
"""A run of correlated draws is cut off where the correlation falls below this."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How one quantity varies in the writing of one person: from item to item, in the order of reading.

    QuantityDraws are `mean` + `spread` times a number of mean 0 and variance 1 (unless cut off): normal, or skewed.
    """

    mean: float = 0.0
    """What this writer does on average; unit as the quantity says."""

    spread: float = 0.0
    """Standard deviation from one item to another."""

    run: float = 0.0
    """Correlation of an item with the one before it: 0 for independent items, near 1 for slow drift."""

    share: float = 1.0
    """How much of the variance runs on like that; the rest is independent from item to item. What is next to each
    other is correlated by `run` times this."""

    skew: float = 0.0
    """0 for a normal distribution; positive for a long tail towards large values, as a log-normal one has it
    whose logarithm has this standard deviation."""

    low: float = -np.inf
    high: float = np.inf
    """QuantityDraws beyond these are brought back to them."""

    def __post_init__(self) -> None:
        if not self.spread >= 0:
            raise SettingsError(f"A spread must not be negative, but {self.spread!r} was given.")
        if not 0 <= self.run < 1:
            raise SettingsError(f"A correlation (run) lies from 0 to below 1, but {self.run!r} was given.")
        if not 0 <= self.share <= 1:
            raise SettingsError(f"A share lies from 0 to 1, but {self.share!r} was given.")
        if not self.low <= self.high:
            raise SettingsError(f"The limits {self.low!r} and {self.high!r} leave no room.")

    def draw(self, count: int, rng: np.random.Generator) -> FloatArray:
        """Values of so many items in the order of reading. Takes equally many numbers from `rng` for every quantity."""
        running, own = rng.standard_normal((2, count))
        z = _correlated(running, self.run)
        if self.share < 1:
            z = np.sqrt(self.share) * z + np.sqrt(1 - self.share) * own
        s = abs(self.skew)
        if s > _NO_SKEW:
            grown = np.exp(s * z)
            centre, scale = np.exp(s * s / 2), np.sqrt(np.expm1(s * s)) * np.exp(s * s / 2)
            z = np.sign(self.skew) * (grown - centre) / scale
        values: FloatArray = self.mean + self.spread * z
        if self.low != -np.inf or self.high != np.inf:
            values = np.clip(values, self.low, self.high)
        return values


def _correlated(z: FloatArray, run: float) -> FloatArray:
    """Independent standard normal numbers made into a chain with the given correlation of neighbours."""
    if run == 0.0 or len(z) < 2:
        return z
    reach = min(len(z), int(np.ceil(np.log(_KERNEL_REACH) / np.log(run))) + 1)
    kernel = run ** np.arange(reach)
    # The first items have fewer before them: dividing by the power of what they have keeps their variance.
    power = np.cumsum(kernel**2)
    weights = np.sqrt(power[np.minimum(np.arange(len(z)), reach - 1)])
    result: FloatArray = np.convolve(z, kernel)[: len(z)] / weights
    return result


@dataclass(frozen=True, slots=True)
class Prior:
    """How writers differ in one quantity."""

    mean: float
    """Middle of the writers' means."""

    between: float
    """Standard deviation of the writers' means."""

    spread: float
    """Middle of the writers' spreads."""

    spread_between: float = 0.3
    """Standard deviation of the logarithm of their spreads."""

    run: float = 0.0
    share: float = 1.0
    skew: float = 0.0
    low: float = -np.inf
    high: float = np.inf
    size: bool = False
    """Whether it is about the size of ink rather than its place: left to a pen that has sizes of its own."""

    def quantity(self, mean_draw: float, spread_draw: float) -> Quantity:
        """The quantity of a writer, for two standard normal numbers."""
        mean = min(max(self.mean + self.between * mean_draw, self.low), self.high)
        spread = self.spread * float(np.exp(self.spread_between * spread_draw))
        return Quantity(
            round(mean, 5), round(spread, 5), self.run, self.share, self.skew, self.low, self.high
        )
