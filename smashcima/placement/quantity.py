"""Distributions of a quantity of placement, within one writer and between writers."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError
from smashcima.quick_init import quick_init

FloatArray = NDArray[np.float64]

_NO_SKEW = 1e-4
_KERNEL_REACH = 0.02
"""Correlation below which the kernel of correlated draws is truncated."""


@quick_init
@dataclass(frozen=True, slots=True)
class Quantity:
    """Distribution of one quantity for one writer, over items in reading order.

    Values are `mean` + `spread` times a normal or skewed number of mean 0 and variance 1, limited to `low` and `high`.
    """

    mean: float = 0.0
    """Mean of this writer, in the unit of the quantity."""

    spread: float = 0.0
    """Standard deviation between items."""

    run: float = 0.0
    """Correlation of an item with the previous one: 0 for independent items, near 1 for slow drift."""

    share: float = 1.0
    """Fraction of the variance with that correlation; the rest is independent between items. Adjacent items have a
    correlation of `run` times `share`."""

    skew: float = 0.0
    """0 for a normal distribution; positive for a long tail towards large values, as in a log-normal distribution whose
    logarithm has this standard deviation."""

    low: float = -np.inf
    high: float = np.inf
    """Values are clipped to the range from `low` to `high`."""

    def __post_init__(self) -> None:
        if not self.spread >= 0:
            raise SettingsError(f"spread must not be negative, but is {self.spread!r}.")
        if not 0 <= self.run < 1:
            raise SettingsError(f"run must be at least 0 and less than 1, not {self.run!r}.")
        if not 0 <= self.share <= 1:
            raise SettingsError(f"share must be between 0 and 1, not {self.share!r}.")
        if not self.low <= self.high:
            raise SettingsError(f"low ({self.low!r}) must not exceed high ({self.high!r}).")

    def with_spread(self, spread: float) -> Quantity:
        """The quantity with another standard deviation between items."""
        # Equivalent to `dataclasses.replace`, in a quarter of its time.
        return Quantity(self.mean, spread, self.run, self.share, self.skew, self.low, self.high)

    def draw(self, count: int, rng: np.random.Generator) -> FloatArray:
        """Values of `count` items in reading order; consumes the same amount of numbers from `rng` for every quantity."""
        running, own = rng.standard_normal((2, count))
        z = _correlated(running, self.run)
        if self.share < 1:
            z = math.sqrt(self.share) * z + math.sqrt(1 - self.share) * own
        if abs(self.skew) > _NO_SKEW:
            centre, scale = _log_normal(abs(self.skew))
            z = math.copysign(1.0, self.skew) * (np.exp(abs(self.skew) * z) - centre) / scale
        values: FloatArray = self.mean + self.spread * z
        if self.low != -np.inf or self.high != np.inf:
            values = np.minimum(
                np.maximum(values, self.low), self.high
            )  # `np.clip` has four times the overhead
        return values


def _correlated(z: FloatArray, run: float) -> FloatArray:
    """Transforms independent standard normal numbers to a sequence with the given correlation of adjacent numbers."""
    if run == 0.0 or len(z) < 2:
        return z
    kernel, weights = _running_mean(run, len(z))
    result: FloatArray = np.convolve(z, kernel)[: len(z)] / weights
    return result


@lru_cache(maxsize=1024)
def _running_mean(run: float, count: int) -> tuple[FloatArray, FloatArray]:
    """Kernel for a correlation of adjacent numbers, and the norm of the part of it that each of `count` numbers uses.

    The first items have fewer predecessors; dividing by the norm of the truncated kernel keeps their variance.
    """
    reach = min(count, int(np.ceil(np.log(_KERNEL_REACH) / np.log(run))) + 1)
    kernel: FloatArray = run ** np.arange(reach, dtype=np.float64)
    power = np.cumsum(kernel**2)
    norms: FloatArray = np.sqrt(power[np.minimum(np.arange(count), reach - 1)])
    return kernel, norms


@lru_cache(maxsize=1024)
def _log_normal(s: float) -> tuple[float, float]:
    """Mean and standard deviation of a log-normal number whose logarithm has the standard deviation `s`."""
    return float(np.exp(s * s / 2)), float(np.sqrt(np.expm1(s * s)) * np.exp(s * s / 2))


@dataclass(frozen=True, slots=True)
class Prior:
    """Distribution of one quantity over writers."""

    mean: float
    """Mean of the writers' means."""

    between: float
    """Standard deviation of the writers' means."""

    spread: float
    """Median of the writers' spreads."""

    spread_between: float = 0.3
    """Standard deviation of the logarithm of the writers' spreads."""

    run: float = 0.0
    share: float = 1.0
    skew: float = 0.0
    low: float = -np.inf
    high: float = np.inf
    size: bool = False
    """Whether the quantity is a size of ink rather than a position; not applied to ink with its own size."""

    def quantity(self, mean_draw: float, spread_draw: float) -> Quantity:
        """The quantity of a writer with the given two standard normal scores."""
        mean = min(max(self.mean + self.between * mean_draw, self.low), self.high)
        spread = self.spread * float(np.exp(self.spread_between * spread_draw))
        return Quantity(
            round(mean, 5), round(spread, 5), self.run, self.share, self.skew, self.low, self.high
        )
