"""Compiled kernel of the pieces of barlines; the same results as `clip_to_band` for each piece.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@njit("int64(float64[:, ::1], int64, float64, float64, float64[:, ::1])", cache=True, nogil=True)
def _half(ring: Floats, count: int, height: float, sign: float, out: Floats) -> int:
    """Writes the part of a ring of `count` points below a height (`sign` 1), or above it (-1); returns its points."""
    found = 0
    for at in range(count):
        after = at + 1 if at + 1 < count else 0
        x, y = ring[at, 0], ring[at, 1]
        here, there = (y - height) * sign, (ring[after, 1] - height) * sign
        if here >= 0:
            out[found, 0], out[found, 1] = x, y
            found += 1
        if (here >= 0) != (there >= 0):
            share = here / (here - there)
            out[found, 0], out[found, 1] = x + share * (ring[after, 0] - x), height
            found += 1
    return found


@njit(
    "void(float64[:, ::1], float64[::1], float64[::1], float64[:, :, ::1], float64[:, ::1], int64[::1])",
    cache=True,
    nogil=True,
)
def clip_to_bands(
    ring: Floats, tops: Floats, bottoms: Floats, parts: Floats, scratch: Floats, counts: NDArray[np.int64]
) -> None:
    """Writes the part of a ring in each band, and its number of points; parts have room for twice those of the ring and more."""
    for band in range(len(tops)):
        scratch[: len(ring)] = ring
        count = len(ring)
        if tops[band] != -np.inf:
            count = _half(ring, count, tops[band], 1.0, scratch)
        if bottoms[band] == np.inf:
            parts[band, :count] = scratch[:count]
        else:
            count = _half(scratch, count, bottoms[band], -1.0, parts[band])
        counts[band] = count
