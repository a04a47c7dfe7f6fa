"""Picking of samples without repetition in close succession."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_BLOCK = 256


class ShuffledPicks:
    """Picks all samples in random order, then all again in another order, never one twice in a row."""

    def __init__(self, items: Sequence[int], most: int | None = None) -> None:
        """Picks from up to `most` of `items` (at least one), which are chosen at random at the first pick."""
        self.items = tuple(items)
        self._most = most
        self._chosen = self.items
        self._order: list[int] = []
        self._last = -1

    def __len__(self) -> int:
        return len(self.items)

    def start_over(self) -> None:
        """Resets the state, so that following picks depend only on the random generator."""
        self._order, self._last = [], -1
        self._chosen = self.items

    def next(self, rng: np.random.Generator) -> int:
        """The next item."""
        if not self._order:
            if self._most is not None and len(self._chosen) > self._most:
                self._chosen = tuple(rng.permutation(self._chosen)[: self._most].tolist())
            self._order = rng.permutation(self._chosen).tolist()
            if len(self._order) > 1 and self._order[-1] == self._last:
                self._order[0], self._order[-1] = self._order[-1], self._order[0]
        self._last = self._order.pop()
        return self._last


def evenly(items: Sequence[int], most: int) -> Sequence[int]:
    """Up to `most` of the items, evenly spaced from first to last."""
    if len(items) <= most:
        return items
    return [items[index * len(items) // most] for index in range(most)]


class NearestPicks:
    """Picks among the samples with the sizes nearest to a requested size."""

    def __init__(self, items: Sequence[int], sizes: NDArray[np.float64], nearest: int = 6) -> None:
        """Sets up the picks.

        Args:
            items: the items to pick from, at least one.
            sizes: their sizes.
            nearest: number of nearest items that one is picked from.
        """
        order = np.argsort(sizes, kind="stable")
        self._items: list[int] = np.asarray(items)[order].tolist()
        self._sizes: NDArray[np.float64] = np.asarray(sizes, dtype=np.float64)[order]
        self._nearest = min(nearest, len(self._items))
        self._draws: list[float] = []
        self._last = -1

    def __len__(self) -> int:
        return len(self._items)

    def start_over(self) -> None:
        """Discards the record of picks and precomputed random numbers."""
        self._draws, self._last = [], -1

    def next(self, size: float, rng: np.random.Generator) -> int:
        """An item of about this size."""
        if not self._draws:
            self._draws = rng.random(_BLOCK).tolist()
        at = int(self._sizes.searchsorted(size))
        first = min(max(at - self._nearest // 2, 0), len(self._items) - self._nearest)
        first = self._slid(first, size)
        chosen = first + int(self._draws.pop() * self._nearest)
        if self._items[chosen] == self._last and self._nearest > 1:
            chosen = first + (chosen - first + 1) % self._nearest
        self._last = self._items[chosen]
        return self._last

    def _slid(self, first: int, size: float) -> int:
        """Moves the window of items so that it holds those nearest to `size`."""
        sizes, width = self._sizes, self._nearest
        while first > 0 and size - sizes[first - 1] < sizes[first + width - 1] - size:
            first -= 1
        while first + width < len(sizes) and sizes[first + width] - size < size - sizes[first]:
            first += 1
        return first
