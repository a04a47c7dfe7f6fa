"""The seeds of many generators at once: what `numpy.random.SeedSequence` computes, for arrays of entropy."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.random.bit_generator import ISpawnableSeedSequence
from numpy.typing import NDArray

from smashcima.kernels import kernels_are_used

Words = NDArray[np.uint32]

# The hash of `SeedSequence`, which NumPy promises not to change: https://numpy.org/doc/stable/reference/random/bit_generators
_FIRST_IN, _FACTOR_IN = 0x43B0D7E5, 0x931E8875
_FIRST_OUT, _FACTOR_OUT = 0x8B51F9DD, 0x58F38DED
_LEFT, _RIGHT = np.uint32(0xCA01F9DD), np.uint32(0x4973F715)
_SHIFT = np.uint32(16)
_POOL = 4
_OTHERS = [[place for place in range(_POOL) if place != source] for source in range(_POOL)]
_SEED_WORDS = 8
"""Number of 32-bit words that a `PCG64` takes."""


def seed_words(entropy: Words) -> NDArray[np.uint64]:
    """The words with which a `PCG64` starts, shape (n, 4), for n arrays of entropy, shape (n, at least 1).

    Equal to `SeedSequence(entropy[i]).generate_state(4, np.uint64)`.
    """
    if kernels_are_used():
        return _words_by_kernel(entropy)
    count, length = entropy.shape
    combined, factors = _constants(_FIRST_IN, _FACTOR_IN, _POOL * max(length, _POOL))
    pool = np.zeros((count, _POOL), np.uint32)
    pool[:, :length] = entropy[:, :_POOL]
    pool = _hashed(pool, combined[:_POOL], factors[:_POOL])
    at = _POOL
    for source, others in enumerate(_OTHERS):
        own = slice(at, at + len(others))
        at = own.stop
        hashed = _hashed(pool[:, source, np.newaxis], combined[own], factors[own])
        pool[:, others] = _mixed(pool[:, others], hashed)
    if length > _POOL:
        # All further words are hashed at once; only mixing them into the pool is a chain.
        shape = (length - _POOL, _POOL)
        further = entropy[:, _POOL:, np.newaxis]
        hashed = _hashed(further, combined[at:].reshape(shape), factors[at:].reshape(shape)) * _RIGHT
        for source in range(length - _POOL):
            pool = pool * _LEFT - hashed[:, source]
            pool ^= pool >> _SHIFT
    words = _hashed(np.tile(pool, 2), *_constants(_FIRST_OUT, _FACTOR_OUT, _SEED_WORDS))
    return words.astype("<u4").view("<u8").astype(np.uint64)


def _words_by_kernel(entropy: Words) -> NDArray[np.uint64]:
    from smashcima.randomness.seed_kernels import write_seed_words

    words = np.empty((len(entropy), _SEED_WORDS), np.uint32)
    write_seed_words(np.array(entropy, np.uint32), words)
    return words.astype("<u4", copy=False).view("<u8").astype(np.uint64, copy=False)


class SeededWords(ISpawnableSeedSequence):
    """A seed sequence whose seed is known; it does all else as a `SeedSequence` of the same entropy."""

    def __init__(self, entropy: Words, words: NDArray[np.uint64]) -> None:
        self._entropy = entropy
        self._words = words

    def generate_state(self, n_words: int, dtype: Any = np.uint32) -> Any:
        """`n_words` words of a type."""
        if n_words == len(self._words) and dtype is np.uint64:
            return self._words
        return np.random.SeedSequence(self._entropy).generate_state(n_words, dtype)

    def spawn(self, n_children: int) -> list[np.random.SeedSequence]:
        """Seed sequences for generators that are independent of this one; always the same."""
        return np.random.SeedSequence(self._entropy).spawn(n_children)


@lru_cache(maxsize=64)
def _constants(first: int, factor: int, count: int) -> tuple[Words, Words]:
    """The constants of successive hashes: what values are combined with, and what they are multiplied by."""
    powers = [first]
    for _ in range(count):
        powers.append(powers[-1] * factor & 0xFFFFFFFF)
    numbers = np.array(powers, np.uint32)
    return numbers[:-1], numbers[1:]


def _hashed(values: Words, combined: Words, factors: Words) -> Words:
    """Hashes of values with constants, whose shapes are broadcast."""
    values = (values ^ combined) * factors
    values ^= values >> _SHIFT
    return values


def _mixed(one: Words, other: Words) -> Words:
    values: Words = one * _LEFT - other * _RIGHT
    values ^= values >> _SHIFT
    return values
