"""Detection of displacement fields that fold the image over itself."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError
from smashcima.imaging.pixel_maps.complex_affine import Affine
from smashcima.imaging.pixel_maps.vector_table import VectorTable

_FLAT = 1e-3
"""A cell smaller than this fraction of the mean size counts as folded, since it is invisible."""

_SURELY = 0.01
"""If no cell can be smaller than this fraction, the cells are not looked at one by one."""


def folded_cells(table: VectorTable, affine: Affine) -> NDArray[np.bool_]:
    """(rows - 1, columns - 1): cells in which the field, added to the affine map, flips or flattens the plane."""
    right, down, _ = affine
    size = (right.real * down.imag - right.imag * down.real) * table.step_x * table.step_y
    across, along = np.diff(table.entries, axis=1), np.diff(table.entries, axis=0)
    # Most fields are so weak that the largest differences, at one place, would not fold a cell.
    sides = abs(right) * table.step_x, abs(down) * table.step_y
    most = _largest(across), _largest(along)
    if abs(size) - sides[0] * most[1] - sides[1] * most[0] - most[0] * most[1] > _SURELY * abs(size):
        return np.zeros((len(along), across.shape[1]), bool)
    across += np.complex64(right * table.step_x)
    along += np.complex64(down * table.step_y)

    def flat(first: NDArray[np.complex64], second: NDArray[np.complex64]) -> NDArray[np.bool_]:
        area = first.real * second.imag - first.imag * second.real
        result: NDArray[np.bool_] = area / size <= _FLAT
        return result

    # A bilinear cell is not folded if it has the same orientation at all its corners.
    folded = flat(across[:-1], along[:, :-1]) | flat(across[:-1], along[:, 1:])
    folded |= flat(across[1:], along[:, :-1]) | flat(across[1:], along[:, 1:])
    # Outside, the displacement is that at the border.
    step_right, step_down = np.full(1, right * table.step_x), np.full(1, down * table.step_y)
    for edge in (0, -1):
        folded[:, edge] |= flat(step_right.astype(np.complex64), along[:, edge])
        folded[edge] |= flat(across[edge], step_down.astype(np.complex64))
    return folded


def _largest(vectors: NDArray[np.complex64]) -> float:
    """A length that no vector exceeds."""
    parts = vectors.view(np.float32)
    return math.sqrt(2) * max(float(parts.max(initial=0)), -float(parts.min(initial=0)))


def check_unfolded(table: VectorTable, affine: Affine) -> None:
    """Raises `GeometryError` with the position of a fold if the map is not invertible."""
    folded = folded_cells(table, affine)
    if not folded.any():
        return
    row, column = (int(index[0]) for index in np.nonzero(folded))
    x, y = table.left + column * table.step_x, table.top + row * table.step_y
    raise GeometryError(
        f"The displacement folds the image over itself near ({x:.0f}, {y:.0f}) px, and in {folded.mean():.1%} of "
        "its area: make it weaker, or spread it over more pixels."
    )
