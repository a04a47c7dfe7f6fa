"""Compiled kernel of the seeds of generators; the same results as `seed_words` with NumPy.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit, uint32
from numpy.typing import NDArray

_FIRST_IN, _FACTOR_IN = uint32(0x43B0D7E5), uint32(0x931E8875)
_FIRST_OUT, _FACTOR_OUT = uint32(0x8B51F9DD), uint32(0x58F38DED)
_LEFT, _RIGHT = uint32(0xCA01F9DD), uint32(0x4973F715)
_SHIFT = uint32(16)
_POOL = 4


@njit("void(uint32[:, ::1], uint32[:, ::1])", cache=True, nogil=True)
def write_seed_words(entropy: NDArray[np.uint32], words: NDArray[np.uint32]) -> None:
    """Writes the eight 32-bit words of the seed of each row of entropy."""
    count, length = entropy.shape
    pool = np.zeros(_POOL, np.uint32)
    for row in range(count):
        constant = _FIRST_IN
        for place in range(_POOL):
            value = entropy[row, place] if place < length else uint32(0)
            following = uint32(constant * _FACTOR_IN)
            value = uint32(uint32(value ^ constant) * following)
            pool[place] = uint32(value ^ uint32(value >> _SHIFT))
            constant = following
        for source in range(max(length, _POOL)):
            for place in range(_POOL):
                if place == source:
                    continue
                value = pool[source] if source < _POOL else entropy[row, source]
                following = uint32(constant * _FACTOR_IN)
                value = uint32(uint32(value ^ constant) * following)
                value = uint32(value ^ uint32(value >> _SHIFT))
                constant = following
                mixed = uint32(uint32(pool[place] * _LEFT) - uint32(value * _RIGHT))
                pool[place] = uint32(mixed ^ uint32(mixed >> _SHIFT))
        constant = _FIRST_OUT
        for place in range(2 * _POOL):
            following = uint32(constant * _FACTOR_OUT)
            value = uint32(uint32(pool[place % _POOL] ^ constant) * following)
            words[row, place] = uint32(value ^ uint32(value >> _SHIFT))
            constant = following
