"""Compiled kernel of the borders of letters; the same results as `dynamic_letters` with NumPy.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@njit("void(uint8[:, ::1], float64, float64[::1], int64[::1])", cache=True, nogil=True)
def _count_ink(mask: NDArray[np.uint8], slant: float, ink: Floats, span: NDArray[np.int64]) -> None:
    """Writes the share of ink along each slanted line, and the first line with ink and the one after the last."""
    height, width = mask.shape
    ink[:] = 0.0
    first, after = len(ink), 0
    for row in range(height):
        for column in range(width):
            if mask[row, column]:
                place = int(np.rint(column + slant * row))
                ink[place] += 1.0
                first, after = min(first, place), max(after, place + 1)
    for place in range(first, after):
        ink[place] /= height
    span[0], span[1] = first, after


@njit(
    "int64(uint8[:, ::1], float64[::1], float64[::1], float64[::1], float64, float64[::1], float64[::1])",
    cache=True,
    nogil=True,
)
def best_borders(
    mask: NDArray[np.uint8],
    slants: Floats,
    shares: Floats,
    freedoms: Floats,
    cost_of_straying: float,
    ink: Floats,
    cuts: Floats,
) -> int:
    """Writes the best borders; returns the number of their slant. `ink` has room for all slanted lines."""
    best, least = -1, 0.0
    span = np.empty(2, np.int64)
    own = np.empty(len(shares))
    for number in range(len(slants)):
        _count_ink(mask, slants[number], ink, span)
        first, after = span
        width = after - first
        cost = 0.0
        for border in range(len(shares)):
            expected, reach = first + shares[border] * width, freedoms[border] * width
            lowest = math.inf
            for tried in range(math.ceil(expected - reach), int(expected + reach) + 1):
                away = (tried - expected) / reach
                here = ink[min(max(tried, 0), after - 1)] + cost_of_straying * (away * away)
                if here < lowest:
                    lowest, own[border] = here, float(tried)
            cost += lowest
        if best < 0 or cost < least - 1e-9:
            best, least = number, cost
            cuts[:] = own
    return best
