"""Random streams that are addressed, not shared.

The address of a sample is `(seed, index)`; below it every consumer of random numbers has its own stream, named by a
path such as `"page", 2, "noteheads"`. So the draws of one consumer do not depend on the number of draws of another, nor
on the process, the number of workers or `PYTHONHASHSEED`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from smashcima.errors import SettingsError
from smashcima.kernels import kernels_are_used
from smashcima.quick_init import quick_init
from smashcima.randomness.seed_words import SeededWords, seed_words

Seed = int
"""A seed: any integer from 0 to 2**64 - 1."""


@quick_init
@dataclass(frozen=True, slots=True)
class Stream:
    """The address of a sequence of random numbers: a value that can be compared and pickled.

    `Stream(seed).child("noteheads").generator()` gives the same numbers in every process. Streams with different
    addresses are independent of each other.
    """

    seed: Seed
    """Root of the address."""

    index: int = 0
    """Index of the sample, for streams that belong to the samples of a model; see `of_sample`."""

    path: tuple[str | int, ...] = ()
    """Path of names below the sample. Parts are distinguished by type: `1` and `"1"` are different streams."""

    def __post_init__(self) -> None:
        for name, value in (("seed", self.seed), ("index", self.index)):
            if not isinstance(value, int) or not 0 <= value < 2**64:
                raise SettingsError(f"The {name} must be an integer from 0 to 2**64 - 1, not {value!r}.")

    @staticmethod
    def of_sample(seed: Seed, index: int) -> Stream:
        """The stream of one sample of a model, which contains those of its services and pages."""
        return Stream(seed, index)

    def child(self, *parts: str | int) -> Stream:
        """The stream at the given path below this one."""
        return Stream(self.seed, self.index, (*self.path, *parts))

    def generator(self) -> np.random.Generator:
        """A new generator at the start of the stream."""
        return np.random.Generator(np.random.PCG64(self._seed_sequence()))

    def integer(self) -> int:
        """An integer from 0 to 2**64 - 1 derived from the address; a seed for other kinds of generators."""
        return int(self._seed_sequence().generate_state(1, np.uint64)[0])

    def _seed_sequence(self) -> np.random.SeedSequence:
        return np.random.SeedSequence(np.frombuffer(self.entropy(), "<u4"))

    def entropy(self) -> bytes:
        """The 32-bit words, lowest byte first, that seed the generator."""
        # Equal to `SeedSequence([seed, index], spawn_key=keys)` in a fifth of its time: NumPy pads the entropy to its
        # pool of four words before it appends the keys.
        words = _root(self.seed, self.index)
        if self.path:
            words = words.ljust(_POOL_BYTES, b"\0") + b"".join([_key(part) for part in self.path])
        return words


def stream(seed: Seed, index: int, *path: str | int) -> np.random.Generator:
    """Makes the random generator of an address: short for `Stream.of_sample(seed, index).child(*path).generator()`."""
    return Stream(seed, index, path).generator()


def generators(streams: Sequence[Stream]) -> list[np.random.Generator]:
    """New generators at the start of several streams, as of `Stream.generator`; many take a fifth of the time."""
    if len(streams) < _FEW and not kernels_are_used():
        return [stream.generator() for stream in streams]
    entropies = [stream.entropy() for stream in streams]
    found: list[np.random.Generator | None] = [None] * len(streams)
    for size in dict.fromkeys(map(len, entropies)):
        places = [place for place, entropy in enumerate(entropies) if len(entropy) == size]
        entropy = np.frombuffer(b"".join([entropies[place] for place in places]), "<u4").reshape(
            len(places), -1
        )
        for place, own, words in zip(places, entropy, seed_words(entropy), strict=True):
            # The type stubs of NumPy know no other seed sequences than its own.
            bits = np.random.PCG64(SeededWords(own, words))  # type: ignore[arg-type]
            found[place] = np.random.Generator(bits)
    return [generator for generator in found if generator is not None]


_POOL_BYTES = 16

_FEW = 14
"""Number of streams from which on NumPy hashes them faster together than one by one."""


@lru_cache(maxsize=64)
def _root(seed: Seed, index: int) -> bytes:
    return _words(seed) + _words(index)


@lru_cache(maxsize=4096, typed=True)
def _key(part: str | int) -> bytes:
    """The words of a 128-bit integer for a part of a path, equal in all processes (unlike `hash`)."""
    tagged = f"i{part}" if isinstance(part, int) else f"s{part}"
    return _words(int.from_bytes(hashlib.blake2b(tagged.encode(), digest_size=16).digest(), "little"))


def _words(number: int) -> bytes:
    """The 32-bit words of a number, lowest first, as NumPy divides it: at least one, without leading zeros."""
    return number.to_bytes(4 * max(1, -(-number.bit_length() // 32)), "little")
