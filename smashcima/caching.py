"""Bounded caches that several threads can share, and tables whose values are made when they are asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from typing import Any, Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_MISSING: Any = object()


class BoundedCache(Generic[K, V]):
    """A cache of values that are made on demand; when it is full, the oldest value is removed.

    Threads can share it. No lock is held while a value is made, so two threads may make the same value at once; both
    then get the value that was stored first. Copies and pickles are empty.
    """

    def __init__(self, most: int) -> None:
        """Makes an empty cache; `most` is the maximal number of values, at least 1."""
        if most < 1:
            raise ValueError(f"A cache must hold at least one value, not {most}.")
        self.most = most
        self._values: dict[K, V] = {}
        self._storing = threading.Lock()

    def get(self, key: K, make: Callable[[], V]) -> V:
        """Returns the value of a key; calls `make` if it is not in the cache."""
        kept: V = self._values.get(key, _MISSING)
        if kept is not _MISSING:
            return kept
        return self.keep(key, make())

    def find(self, key: K) -> V | None:
        """The value of a key; `None` if it is not in the cache."""
        return self._values.get(key)

    def keep(self, key: K, made: V) -> V:
        """Stores a value that was made; returns the value of the key, which another thread may have stored before."""
        with self._storing:
            if key not in self._values and len(self._values) >= self.most:
                # A list, since `drop` can remove values between two steps of an iterator, which then fails.
                self._values.pop(next(iter(list(self._values)), key), None)
            return self._values.setdefault(key, made)

    def drop(self, key: K) -> None:
        """Removes a value, if it is there. Takes no lock, since the collection of garbage can call it at any time."""
        self._values.pop(key, None)

    def __len__(self) -> int:
        return len(self._values)

    def __reduce__(self) -> tuple[Any, ...]:
        return (BoundedCache, (self.most,))


class OnDemand(Mapping[K, V]):
    """A mapping with known keys whose values are made when they are first looked up, such as the rows of a long table.

    Threads can share it; two of them may make the same value at once.
    """

    def __init__(self, keys: Collection[K], make: Callable[[K], V]) -> None:
        """`keys` has no duplicates and finds a key quickly, as a dictionary or a set does."""
        self._keys = keys
        self._make = make
        self._made: dict[K, V] = {}

    def __getitem__(self, key: K) -> V:
        made: V = self._made.get(key, _MISSING)
        if made is _MISSING:
            if key not in self._keys:
                raise KeyError(key)
            made = self._made.setdefault(key, self._make(key))
        return made

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[K]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
