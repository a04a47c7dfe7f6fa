"""Compiled kernels of outlines; the same results as `outline` with NumPy.

Imported only if `kernels_are_used()`. Products of two complex numbers stay with NumPy, which rounds them once or twice
depending on the machine.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Complexes = NDArray[np.complex128]
Indices = NDArray[np.intp]


@njit("complex128(float64, float64, float64)", cache=True, nogil=True, error_model="numpy")
def _divided(real: float, imag: float, by: float) -> complex:
    """A complex number divided by a real one that is not negative, in the steps of NumPy."""
    if by == 0:
        return complex(real / by, imag / by)
    ratio = 0.0 / by
    scale = 1.0 / (by + 0.0 * ratio)
    return complex((real + imag * ratio) * scale, (imag - real * ratio) * scale)


@njit(
    "Tuple((complex128[:, ::1], float64[:, ::1]))(complex128[:, ::1], int64[::1], int64[::1], float64)",
    cache=True,
    nogil=True,
    error_model="numpy",
)
def directions(centres: Complexes, before: Indices, after: Indices, fold: float) -> tuple[Complexes, Floats]:
    """The directions at the samples of centre lines (count, n), NaN where a neighbour is missing or coincides, and the
    room beside them.
    """
    count, samples = centres.shape
    tangents, room = np.empty((count, samples), np.complex128), np.empty((count, samples))
    for line in range(count):
        for at in range(samples):
            here, last, following = centres[line, at], centres[line, before[at]], centres[line, after[at]]
            back_x, back_y = here.real - last.real, here.imag - last.imag
            ahead_x, ahead_y = following.real - here.real, following.imag - here.imag
            back_length = math.sqrt(back_x * back_x + back_y * back_y)
            ahead_length = math.sqrt(ahead_x * ahead_x + ahead_y * ahead_y)
            product = back_length * ahead_length
            cross = back_x * ahead_y - back_y * ahead_x
            dot = back_x * ahead_x + back_y * ahead_y
            room[line, at] = min(back_length, ahead_length) * (product + dot) * fold / cross
            one = _divided(back_x, back_y, back_length)
            other = _divided(ahead_x, ahead_y, ahead_length)
            sum_x, sum_y = one.real + other.real, one.imag + other.imag
            tangents[line, at] = _divided(sum_x, sum_y, math.sqrt(sum_x * sum_x + sum_y * sum_y))
    return tangents, room


@njit(
    "void(complex128[:, ::1], float64[:, ::1], float64[:, ::1], complex128[:, ::1], complex128[:, ::1])",
    cache=True,
    nogil=True,
)
def sides(centres: Complexes, halves: Floats, room: Floats, across: Complexes, out: Complexes) -> None:
    """Writes the left sides of centre lines, then the right ones, to the first columns of `out`."""
    count, samples = centres.shape
    for line in range(count):
        for at in range(samples):
            left = right = halves[line, at]
            if room[line, at] > 0:
                right = min(right, room[line, at])
            elif room[line, at] < 0:
                left = min(left, -room[line, at])
            centre, to_side = centres[line, at], across[line, at]
            out[line, at] = complex(centre.real - left * to_side.real, centre.imag - left * to_side.imag)
            out[line, samples + at] = complex(
                centre.real + right * to_side.real, centre.imag + right * to_side.imag
            )


@njit(
    "complex128[::1](complex128[::1], float64, complex128[::1], float64, complex128[::1], float64, complex128[::1], float64)",
    cache=True,
    nogil=True,
)
def stroke_along(
    along: Complexes,
    length: float,
    bends: Complexes,
    bend: float,
    sides: Complexes,
    width: float,
    shifts: Complexes,
    inset: float,
) -> Complexes:
    """The ring of a stroke along the x axis, from its parts; each product has one factor without imaginary part."""
    ring = np.empty(len(along), np.complex128)
    for at in range(len(along)):
        real, imag = (
            along[at].real * length - along[at].imag * 0.0,
            along[at].real * 0.0 + along[at].imag * length,
        )
        real += bends[at].real * bend - bends[at].imag * 0.0
        imag += bends[at].real * 0.0 + bends[at].imag * bend
        real += sides[at].real * width - sides[at].imag * 0.0
        imag += sides[at].real * 0.0 + sides[at].imag * width
        ring[at] = complex(real + (shifts[at].real + inset), imag + (shifts[at].imag + 0.0))
    return ring
