"""Random streams that are addressed, not shared.

A sample is addressed by `(seed, index)`; below it every consumer of randomness has a stream of its own,
named by a path such as `"page", 2, "noteheads"`. So the draws of one consumer never depend on how many
another one made, nor on the process, the number of workers or `PYTHONHASHSEED`.
"""

from __future__ import annotations

import hashlib

import numpy as np

from smashcima.errors import SettingsError

Seed = int
"""A sample seed: any integer from 0 to 2**64 - 1."""


def stream(seed: Seed, index: int, *path: str | int) -> np.random.Generator:
    """The random generator at an address; equal addresses give generators with equal futures.

    `seed` and `index` are non-negative integers below 2**64. Parts of the path are distinguished by type:
    `1` and `"1"` name different streams.
    """
    return np.random.Generator(np.random.PCG64(seed_sequence(seed, index, *path)))


def seed_sequence(seed: Seed, index: int, *path: str | int) -> np.random.SeedSequence:
    """The numpy seed sequence behind `stream`, for those who feed another kind of generator."""
    for name, value in (("seed", seed), ("index", index)):
        if not isinstance(value, int) or not 0 <= value < 2**64:
            raise SettingsError(f"The {name} must be an integer from 0 to 2**64 - 1, not {value!r}.")
    return np.random.SeedSequence(entropy=[seed, index], spawn_key=tuple(_key(part) for part in path))


def _key(part: str | int) -> int:
    """A 128-bit number for a part of a path, stable everywhere (unlike `hash`)."""
    tagged = f"i{part}" if isinstance(part, int) else f"s{part}"
    return int.from_bytes(hashlib.blake2b(tagged.encode(), digest_size=16).digest(), "little")
