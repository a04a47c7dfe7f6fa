"""Distributions of a quantity of placement, within one writer and between writers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError
from smashcima.quick_init import quick_init

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.intp]

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
        return values_together([self], (count,), rng.standard_normal(2 * count))


def values_together(
    quantities: Sequence[Quantity], counts: tuple[int, ...], numbers: FloatArray
) -> FloatArray:
    """Values of some items of several quantities, one after the other, from two standard normal numbers for each item.

    Equal to those of `Quantity.draw`, called for one quantity after the other with a generator that draws `numbers`.
    """
    running, own, quantity_of, parts = _arranged(counts)
    z = numbers[running]
    for quantity, part, count in zip(quantities, parts, counts, strict=True):
        if quantity.run != 0.0 and count >= 2:
            z[part] = _correlated(z[part], quantity.run)
    table = np.array([(q.mean, q.spread, q.share, q.low, q.high) for q in quantities]).T
    mean, spread, share, low, high = table
    if (share < 1).any():
        z = np.sqrt(share)[quantity_of] * z + np.sqrt(1 - share)[quantity_of] * numbers[own]
    for quantity, part in zip(quantities, parts, strict=True):
        skew = abs(quantity.skew)
        if skew > _NO_SKEW:
            centre, scale = _log_normal(skew)
            z[part] = math.copysign(1.0, quantity.skew) * (np.exp(skew * z[part]) - centre) / scale
    values: FloatArray = mean[quantity_of] + spread[quantity_of] * z
    # `np.clip` has four times the overhead.
    limited: FloatArray = np.minimum(np.maximum(values, low[quantity_of]), high[quantity_of])
    return limited


@lru_cache(maxsize=64)
def _arranged(counts: tuple[int, ...]) -> tuple[IntArray, IntArray, IntArray, list[slice]]:
    """For items of several quantities: the indices of their two numbers, the indices of their quantities, and the parts of
    the items that belong to the quantities.
    """
    number = np.array(counts, dtype=np.intp)
    ends = np.cumsum(number)
    running = np.arange(int(number.sum())) + np.repeat(ends - number, number)
    parts = [slice(end - count, end) for end, count in zip(ends.tolist(), counts, strict=True)]
    return running, running + np.repeat(number, number), np.repeat(np.arange(len(counts)), number), parts


def _correlated(z: FloatArray, run: float) -> FloatArray:
    """Transforms independent standard normal numbers, at least 2, to a sequence with this correlation of adjacent numbers."""
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
