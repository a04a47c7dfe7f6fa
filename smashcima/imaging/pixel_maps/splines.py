"""Cubic splines through evenly spaced values, as matrices that evaluate a whole field in one product."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Numbers = NDArray[np.float64] | NDArray[np.float32]

_PRODUCTS_AT_ONCE = 2**18
"""Number of products above which OpenBLAS uses several threads."""


@lru_cache(maxsize=128)
def spline_matrix(count: int, parts: int, derivative: int = 0) -> Matrix:
    """Matrix ((count - 1) * parts + 1, count) that maps values at 0, 1, ..., count - 1 to those of the spline.

    The spline is evaluated at 0, 1 / parts, 2 / parts, ..., count - 1. It is cubic with continuous third derivatives at
    the first and last inner value ("not-a-knot"), so that it reproduces cubic polynomials exactly. Two or three values
    give a straight line or a parabola. `derivative` is 0, 1 or 2, per unit of the index.
    """
    at = np.arange((count - 1) * parts + 1) / parts
    if count <= 3:
        powers = np.arange(count)
        through = np.linalg.inv(np.arange(count, dtype=np.float64)[:, np.newaxis] ** powers)
        result = _monomials(at, count, derivative) @ through
    else:
        # Cubic B-splines with one more on each side: `count` conditions at the values, and one at each end.
        conditions = np.zeros((count + 2, count + 2))
        for value in range(count):
            conditions[value, value : value + 3] = (1 / 6, 4 / 6, 1 / 6)
        fourth_difference = (1.0, -4.0, 6.0, -4.0, 1.0)
        conditions[count, :5] = fourth_difference
        conditions[count + 1, -5:] = fourth_difference
        coefficients = np.linalg.inv(conditions)[:, :count]
        result = _b_splines(at, count, derivative) @ coefficients
    result.setflags(write=False)
    return result


def refined(field: NDArray[np.complex128], parts_down: int, parts_across: int) -> NDArray[np.complex64]:
    """Interpolates a field (rows, columns) by splines, with `parts_down` × `parts_across` parts per cell."""
    down, across = spline_matrix(field.shape[0], parts_down), spline_matrix(field.shape[1], parts_across)
    along = np.ascontiguousarray(across.T, np.float32)
    result = np.empty((len(down), len(across)), np.complex64)
    # Products of real matrices cost a quarter of complex ones.
    for part, source in ((result.real, field.real), (result.imag, field.imag)):
        _multiply(_multiplied(down, np.ascontiguousarray(source)).astype(np.float32), along, part)
    return result


def _multiplied(first: Matrix, second: Matrix) -> Matrix:
    result = np.empty((first.shape[0], second.shape[1]), first.dtype)
    _multiply(first, second, result)
    return result


def _multiply(first: Numbers, second: Numbers, result: Numbers) -> None:
    """Multiplies matrices in blocks that use one thread each, since several threads mostly wait for each other."""
    rows = max(1, _PRODUCTS_AT_ONCE // second.size)
    for top in range(0, len(first), rows):
        result[top : top + rows] = first[top : top + rows] @ second


def _monomials(at: NDArray[np.float64], count: int, derivative: int) -> Matrix:
    """(len(at), count): powers of the positions, or their derivatives."""
    columns = []
    for power in range(count):
        factor = 1.0
        for step in range(derivative):
            factor *= power - step
        columns.append(factor * at ** max(power - derivative, 0))
    return np.stack(columns, axis=1)


def _b_splines(at: NDArray[np.float64], count: int, derivative: int) -> Matrix:
    """(len(at), count + 2): the cubic B-splines around -1, 0, ..., count, or their derivatives."""
    index = np.minimum(np.floor(at).astype(np.intp), count - 2)
    t = at - index
    if derivative == 0:
        parts = [(1 - t) ** 3, 3 * t**3 - 6 * t**2 + 4, -3 * t**3 + 3 * t**2 + 3 * t + 1, t**3]
        parts = [part / 6 for part in parts]
    elif derivative == 1:
        parts = [-((1 - t) ** 2), 3 * t**2 - 4 * t, -3 * t**2 + 2 * t + 1, t**2]
        parts = [part / 2 for part in parts]
    else:
        parts = [1 - t, 3 * t - 2, 1 - 3 * t, t]
    result = np.zeros((len(at), count + 2))
    rows = np.arange(len(at))
    for offset, part in enumerate(parts):
        result[rows, index + offset] = part
    return result
