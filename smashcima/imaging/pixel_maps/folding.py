"""Whether a field of displacements folds the picture over itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError
from smashcima.imaging.pixel_maps.complex_affine import Affine
from smashcima.imaging.pixel_maps.vector_table import VectorTable

_FLAT = 1e-3
"""A cell that is reduced to this part of its mean size counts as folded: nothing could be seen in it."""


def folded_cells(table: VectorTable, affine: Affine) -> NDArray[np.bool_]:
    """(rows - 1, columns - 1): where the field, added to the affine map, turns the plane over or flattens it."""
    right, down, _ = affine
    size = (right.real * down.imag - right.imag * down.real) * table.step_x * table.step_y
    across = np.diff(table.entries, axis=1) + np.complex64(right * table.step_x)
    along = np.diff(table.entries, axis=0) + np.complex64(down * table.step_y)

    def flat(first: NDArray[np.complex64], second: NDArray[np.complex64]) -> NDArray[np.bool_]:
        area = first.real * second.imag - first.imag * second.real
        result: NDArray[np.bool_] = area / size <= _FLAT
        return result

    # A cell that is linear along its sides is unfolded if it turns the same way at all its corners.
    folded = flat(across[:-1], along[:, :-1]) | flat(across[:-1], along[:, 1:])
    folded |= flat(across[1:], along[:, :-1]) | flat(across[1:], along[:, 1:])
    # Outside, the displacement stays what it is at the border.
    step_right, step_down = np.full(1, right * table.step_x), np.full(1, down * table.step_y)
    for edge in (0, -1):
        folded[:, edge] |= flat(step_right.astype(np.complex64), along[:, edge])
        folded[edge] |= flat(across[edge], step_down.astype(np.complex64))
    return folded


def check_unfolded(table: VectorTable, affine: Affine) -> None:
    """Raises a `GeometryError` that says where, if two points come from the same one."""
    folded = folded_cells(table, affine)
    if not folded.any():
        return
    row, column = (int(index[0]) for index in np.nonzero(folded))
    x, y = table.left + column * table.step_x, table.top + row * table.step_y
    raise GeometryError(
        f"The displacement folds the picture over itself near ({x:.0f}, {y:.0f}) px, and on {folded.mean():.1%} of "
        "it in all: make it weaker, or spread it over more pixels."
    )
