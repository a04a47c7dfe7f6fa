"""Fields against an affine map: how they go on outside of their picture, and whether they fold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import GeometryError
from smashcima.imaging.pixel_maps.tables import Table, Vectors

_FLAT = 1e-3
"""A cell that is reduced to this part of its mean size counts as folded: nothing could be seen in it."""

Affine = tuple[complex, complex, complex]
"""Images of a step right, of a step down, and of the origin, each as x + i y."""


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


def inverse(affine: Affine) -> Affine:
    """The map back."""
    right, down, origin = affine
    matrix = np.linalg.inv(
        np.array([[right.real, down.real, origin.real], [right.imag, down.imag, origin.imag], [0, 0, 1]])
    )
    first, second, third = (matrix[0] + 1j * matrix[1]).tolist()
    return first, second, third


def with_margin(field: Vectors, width: float, height: float, margin: float) -> Table:
    """A field over a picture, as a table that reaches so many pixels beyond: its slopes fade out there."""
    rows, columns = field.shape
    if margin == 0:
        return Table.over(field, 0.0, 0.0, width, height)
    step_x, step_y = width / (columns - 1), height / (rows - 1)
    more_x, more_y = max(1, round(margin / step_x)), max(1, round(margin / step_y))
    field = _faded_out(_faded_out(field.T, more_x).T, more_y)
    return Table.over(
        field,
        -more_x * step_x,
        -more_y * step_y,
        width + more_x * step_x,
        height + more_y * step_y,
    )


def _faded_out(field: Vectors, more: int) -> Vectors:
    """With so many rows more above and below, the slope of the first and last row falling to zero."""
    steps = np.arange(1, more + 1)
    reach = (steps - steps**2 / (2 * more)).astype(np.float32)[:, np.newaxis]
    above = field[0] + (field[0] - field[1]) * reach[::-1]
    below = field[-1] + (field[-1] - field[-2]) * reach
    return np.concatenate([above, field, below])


def folded_cells(table: Table, affine: Affine) -> NDArray[np.bool_]:
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


def check_unfolded(table: Table, affine: Affine) -> None:
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
