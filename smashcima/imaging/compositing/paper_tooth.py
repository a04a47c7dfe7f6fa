"""The grain of paper: how low its surface lies, where a dry pen or a pencil leaves it bare."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima.randomness import Stream

PITCH = 0.04
"""Distance of two values, in mm: at 600 DPI, the size of a pixel."""

_SIDE = 512
"""Values after which the grain repeats itself: 20 mm."""

_FINE, _COARSE = 3, 7
"""Sizes of its lumps, in values."""


@cache
def grain_depths() -> NDArray[np.float32]:
    """(side, side): depths at distances of `PITCH`, uniform from 0 to 1; a periodic texture."""
    rng = Stream(0).child("paper", "tooth").generator()
    noise = rng.integers(0, 256, (2, _SIDE, _SIDE)).astype(np.float64)
    fine, coarse = _smooth(noise[0], _FINE), _smooth(noise[1], _COARSE)
    # Sums of whole numbers; with these factors, the lumps of both sizes have the same spread.
    mixed = _COARSE * fine + _FINE * coarse
    ranks = np.empty(mixed.size, np.float32)
    ranks[np.argsort(mixed, axis=None, kind="stable")] = np.arange(mixed.size, dtype=np.float32)
    ranks /= np.float32(mixed.size)
    return ranks.reshape(_SIDE, _SIDE)


def _smooth(values: NDArray[np.float64], side: int) -> NDArray[np.float64]:
    """Periodic sums over squares."""
    for axis in (0, 1):
        values = np.sum(
            [np.roll(values, shift, axis) for shift in range(-(side // 2), side // 2 + 1)], axis=0
        )
    return values


def tooth_at(x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.float32]:
    """Depths (n,) at places in mm: 0 where the paper lies highest, 1 where it is lowest; uniformly distributed.

    The grain belongs to the page, so it does not depend on the resolution.
    """
    column = np.floor(x / PITCH).astype(np.intp) % _SIDE
    row = np.floor(y / PITCH).astype(np.intp) % _SIDE
    depths: NDArray[np.float32] = grain_depths().ravel()[row * _SIDE + column]
    return depths
