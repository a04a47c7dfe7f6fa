"""Compiled kernel of noise over images; the same results as in `sensor` with OpenCV.

Imported only if `kernels_are_used()`.
"""

from __future__ import annotations

import numpy as np
from numba import njit, types
from numpy.typing import NDArray


@njit("void(uint8[::1], int8[::1])", cache=True, nogil=True)
def _add(values: NDArray[np.uint8], changes: NDArray[np.int8]) -> None:
    for i in range(len(values)):
        changed = np.int16(np.int16(values[i]) + np.int16(changes[i]))
        values[i] = np.uint8(min(max(changed, np.int16(0)), np.int16(255)))


@njit("void(uint8[:, ::1], int64, int64, int64, int64, int8[:, ::1], int64, int64)", cache=True, nogil=True)
def add_changes(
    rows: NDArray[np.uint8],
    top: int,
    bottom: int,
    first: int,
    last: int,
    changes: NDArray[np.int8],
    down: int,
    across: int,
) -> None:
    """Adds changes to a block of bytes, in place: rows `top` to `bottom`, bytes `first` to `last` of each.

    The changes of its first byte are in row `down` at `across`. Results are clipped to what a byte holds.
    """
    for y in range(top, bottom):
        part = changes[down + y - top]
        _add(rows[y, first:last], part[across : across + last - first])


@njit(
    types.void(types.Array(types.uint8, 1, "C", readonly=True), types.float32, types.int8[::1]),
    cache=True,
    nogil=True,
)
def scale(levels: NDArray[np.uint8], factor: float, changes: NDArray[np.int8]) -> None:
    """Fills `changes` with the differences of levels to 128, multiplied by a factor and rounded, which bytes must hold."""
    for i in range(len(levels)):
        above = np.float32(np.int32(levels[i]) - np.int32(128))
        changes[i] = np.int8(np.int32(np.rint(above * np.float32(factor))))
