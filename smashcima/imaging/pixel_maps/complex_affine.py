"""Affine maps of the plane with points as complex numbers, x + i y."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Affine = tuple[complex, complex, complex]
"""Images of the unit step to the right, of the unit step down, and of the origin, each as x + i y."""


def affinely(affine: Affine, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.complex128]:
    """The images of points, as x + i y."""
    right, down, origin = affine
    result: NDArray[np.complex128] = np.empty(x.shape, np.complex128)
    result.real = right.real * x + down.real * y + origin.real
    result.imag = right.imag * x + down.imag * y + origin.imag
    return result


def linearly(affine: Affine, vectors: NDArray[np.complex64]) -> NDArray[np.complex128]:
    """The images of differences."""
    return affinely(
        (affine[0], affine[1], 0j), vectors.real.astype(np.float64), vectors.imag.astype(np.float64)
    )


def by_row(affine: Affine) -> NDArray[np.float64]:
    """(6,): the numbers of the matrix, row by row."""
    numbers = np.array(affine)
    return np.concatenate([numbers.real, numbers.imag])


def inverse(affine: Affine) -> Affine:
    """The inverse map."""
    matrix = np.linalg.inv(np.vstack([by_row(affine).reshape(2, 3), (0, 0, 1)]))
    first, second, third = (matrix[0] + 1j * matrix[1]).tolist()
    return first, second, third
