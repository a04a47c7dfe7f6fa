"""Cubic interpolation of a lattice, in arithmetic that is the same on every machine.

OpenCV's `warpAffine` would do this as well, but OpenCV 5 rounds positions differently than OpenCV 4, and so would make
another paper.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_SHARPNESS = -0.75
"""Slope of the kernel at its first zero, that of OpenCV."""


def interpolated(
    lattice: NDArray[np.float32], rows: NDArray[np.float64], columns: NDArray[np.float64]
) -> NDArray[np.float32]:
    """The values of a lattice at all pairs of the given rows and columns, shape (len(rows), len(columns)).

    Rows and columns are counted from those of the lattice. Beyond its border, the values of the border are repeated.
    """
    result: NDArray[np.float32] = _along_rows(_along_rows(lattice, rows).T, columns).T
    return result


def _along_rows(values: NDArray[np.float32], at: NDArray[np.float64]) -> NDArray[np.float32]:
    """Rows between the rows of an array."""
    first = np.floor(at)
    result = np.zeros((len(at), values.shape[1]), np.float32)
    for step, weight in zip(range(-1, 3), _weights(at - first), strict=True):
        row = np.clip(first.astype(np.intp) + step, 0, len(values) - 1)
        result += values[row] * weight.astype(np.float32)[:, np.newaxis]
    return result


def _weights(part: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Weights of the four neighbours of a position, of which `part` is the fraction behind the second one."""
    a = _SHARPNESS
    before, behind, after = part + 1, 1 - part, 2 - part
    outer, near, far = (
        ((a * before - 5 * a) * before + 8 * a) * before - 4 * a,
        ((a + 2) * part - (a + 3)) * part * part + 1,
        ((a + 2) * behind - (a + 3)) * behind * behind + 1,
    )
    return outer, near, far, ((a * after - 5 * a) * after + 8 * a) * after - 4 * a
