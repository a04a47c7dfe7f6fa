"""Random choices in bulk."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

import numpy as np

T = TypeVar("T")

_BLOCK = 128


class Weighted(Generic[T]):
    """Values with weights; values of weight 0 are never drawn."""

    __slots__ = ("_sums", "values")

    def __init__(self, weights: Mapping[T, float]) -> None:
        kept = {value: weight for value, weight in weights.items() if weight > 0}
        self.values: tuple[T, ...] = tuple(kept)
        self._sums = list(accumulate(kept.values()))

    def at(self, uniform: float) -> T:
        """The value at a number from 0 up to 1."""
        return self.values[min(bisect(self._sums, uniform * self._sums[-1]), len(self.values) - 1)]


class Draws:
    """Draws single numbers from a generator in blocks, which is much faster than one by one."""

    __slots__ = ("_left", "_rng")

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._left: list[float] = []

    def uniform(self) -> float:
        """A number from 0 up to 1."""
        if not self._left:
            self._left = self._rng.random(_BLOCK).tolist()
        return self._left.pop()

    def chance(self, probability: float) -> bool:
        """True with a probability."""
        return self.uniform() < probability

    def integer(self, low: int, high: int) -> int:
        """An integer from `low` to `high`, both included."""
        return low + int(self.uniform() * (high - low + 1))

    def pick(self, values: Sequence[T]) -> T:
        """One of the values, all equally likely."""
        return values[int(self.uniform() * len(values))]

    def weighted(self, values: Weighted[T]) -> T:
        """One of the values, by its weight."""
        return values.at(self.uniform())

    def sample(self, values: Sequence[T], count: int) -> list[T]:
        """Different values in a random order: `count`, or all if there are fewer."""
        left = list(values)
        count = min(count, len(left))
        for place in range(count):
            other = self.integer(place, len(left) - 1)
            left[place], left[other] = left[other], left[place]
        return left[: max(count, 0)]

    def shuffled(self, values: Sequence[T]) -> list[T]:
        """The values in a random order."""
        left = list(values)
        for last in range(len(left) - 1, 0, -1):
            other = self.integer(0, last)
            left[last], left[other] = left[other], left[last]
        return left
