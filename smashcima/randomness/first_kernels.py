"""Compiled kernels of the first random numbers of streams: those of `Stream.generator`, without a generator for each.

Imported only if `kernels_are_used()`. All numbers are unsigned: numba makes floats of mixed ones.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numba.np.random._constants import fi_double, ki_double, wi_double, ziggurat_nor_inv_r, ziggurat_nor_r
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.uint32]
Indices = NDArray[np.int64]

_U = np.uint64
_LOW = _U(0xFFFFFFFF)
_HALF = _U(32)
_SHIFT = _U(16)
# The constants of `SeedSequence`; see `seed_words`.
_FIRST_IN, _FACTOR_IN = _U(0x43B0D7E5), _U(0x931E8875)
_FIRST_OUT, _FACTOR_OUT = _U(0x8B51F9DD), _U(0x58F38DED)
_LEFT, _RIGHT = _U(0xCA01F9DD), _U(0x4973F715)
# The factor of `PCG64`: https://www.pcg-random.org
_FACTOR_HIGH, _FACTOR_LOW = _U(2549297995355413924), _U(4865540595714422341)
_ONE, _ROTATION, _LAST_BIT = _U(1), _U(58), _U(63)
_LAYER, _SIGN_AT, _SIZE_AT, _SIZE = _U(255), _U(8), _U(9), _U(0x000FFFFFFFFFFFFF)
_TAIL_SIGN_AT, _FRACTION_AT = _U(8), _U(11)
_FRACTION = 1.0 / 9007199254740992.0


@njit("uint64(uint64, uint64)", cache=True, nogil=True)
def _mixed(one: int, other: int) -> int:
    value = (_LEFT * one - _RIGHT * other) & _LOW
    return value ^ (value >> _SHIFT)


@njit("void(uint64[::1])", cache=True, nogil=True)
def _step(state: NDArray[np.uint64]) -> None:
    high, low = state[0], state[1]
    a, b = low >> _HALF, low & _LOW
    c, d = _FACTOR_LOW >> _HALF, _FACTOR_LOW & _LOW
    middle = a * d + ((b * d) >> _HALF)
    across = b * c + (middle & _LOW)
    upper = a * c + (middle >> _HALF) + (across >> _HALF)
    upper += high * _FACTOR_LOW + low * _FACTOR_HIGH
    low = low * _FACTOR_LOW + state[3]
    state[0] = upper + state[2] + _U(low < state[3])
    state[1] = low


@njit("void(uint32[::1], uint64[::1])", cache=True, nogil=True)
def _seed(entropy: Words, state: NDArray[np.uint64]) -> None:
    """Writes the first state of a `PCG64` and what it adds in each step, both high word first."""
    pool = np.zeros(4, np.uint64)
    constant = _FIRST_IN
    for at in range(max(len(entropy), 4)):
        if at < 4:
            value = _U(entropy[at]) if at < len(entropy) else _U(0)
            following = (constant * _FACTOR_IN) & _LOW
            value = ((value ^ constant) * following) & _LOW
            pool[at] = value ^ (value >> _SHIFT)
            constant = following
        if at == 3:
            for source in range(4):
                for to in range(4):
                    if to != source:
                        following = (constant * _FACTOR_IN) & _LOW
                        value = ((pool[source] ^ constant) * following) & _LOW
                        pool[to] = _mixed(pool[to], value ^ (value >> _SHIFT))
                        constant = following
        if at > 3:
            for to in range(4):
                following = (constant * _FACTOR_IN) & _LOW
                value = ((_U(entropy[at]) ^ constant) * following) & _LOW
                pool[to] = _mixed(pool[to], value ^ (value >> _SHIFT))
                constant = following
    words = np.zeros(4, np.uint64)
    constant = _FIRST_OUT
    for at in range(8):
        following = (constant * _FACTOR_OUT) & _LOW
        value = ((pool[at % 4] ^ constant) * following) & _LOW
        value ^= value >> _SHIFT
        words[at // 2] |= value << _HALF if at % 2 else value
        constant = following
    state[2] = (words[2] << _ONE) | (words[3] >> _LAST_BIT)
    state[3] = (words[3] << _ONE) | _ONE
    # One step from zero, the seed, and another step.
    low = state[3] + words[1]
    state[0] = state[2] + words[0] + _U(low < words[1])
    state[1] = low
    _step(state)


@njit("uint64(uint64[::1])", cache=True, nogil=True)
def _next(state: NDArray[np.uint64]) -> int:
    _step(state)
    value, turn = state[0] ^ state[1], state[0] >> _ROTATION
    return (value >> turn) | (value << ((_U(64) - turn) & _LAST_BIT))


@njit("float64(uint64[::1])", cache=True, nogil=True)
def _uniform(state: NDArray[np.uint64]) -> float:
    return float(_next(state) >> _FRACTION_AT) * _FRACTION


@njit("float64(uint64[::1])", cache=True, nogil=True)
def _normal(state: NDArray[np.uint64]) -> float:
    """A standard normal number by the ziggurat of NumPy."""
    while True:
        word = _next(state)
        layer = int(word & _LAYER)
        size = (word >> _SIZE_AT) & _SIZE
        x = float(size) * wi_double[layer]
        if (word >> _SIGN_AT) & _ONE:
            x = -x
        if size < ki_double[layer]:
            return x
        if layer == 0:
            while True:
                beyond = -ziggurat_nor_inv_r * math.log1p(-_uniform(state))
                height = -math.log1p(-_uniform(state))
                if height + height > beyond * beyond:
                    far = ziggurat_nor_r + beyond
                    return -far if (size >> _TAIL_SIGN_AT) & _ONE else far
        share = (fi_double[layer - 1] - fi_double[layer]) * _uniform(state) + fi_double[layer]
        if share < math.exp(-0.5 * x * x):
            return x


@njit("void(uint32[::1], int64[::1], int64[::1], float64[::1])", cache=True, nogil=True)
def first_normals(entropies: Words, ends: Indices, counts: Indices, out: Floats) -> None:
    """Writes the first standard normal numbers of streams, whose entropies follow each other; `counts` of each."""
    state = np.empty(4, np.uint64)
    start = at = 0
    for number in range(len(ends)):
        _seed(entropies[start : ends[number]], state)
        start = ends[number]
        for _ in range(counts[number]):
            out[at] = _normal(state)
            at += 1


@njit("void(uint32[::1], int64[::1], float64[::1])", cache=True, nogil=True)
def first_uniforms(entropies: Words, ends: Indices, out: Floats) -> None:
    """Writes the first random number from 0 to 1 of each stream."""
    state = np.empty(4, np.uint64)
    start = 0
    for number in range(len(ends)):
        _seed(entropies[start : ends[number]], state)
        start = ends[number]
        out[number] = _uniform(state)
