"""The sources of all pixels under a map, in tiles."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.pixel_maps import PixelMap
from smashcima.kernels import kernels_are_used

_POSITION_ERROR_PX = 0.025
"""Largest error, along each axis, of positions interpolated between the points of a lattice."""

_COARSEST_PX, _FINEST_PX = 16, 2
"""Largest and smallest spacing of that lattice."""

_TILE_ROWS, _TILE_COLUMNS = 96, 160
"""Size of the parts in which an image is resampled by positions, the first a multiple of `_COARSEST_PX`. They read from a small part of the image,
which stays in the cache with their positions; this saves a quarter of the time for whole rows while other processes need the cache, too,
and limits the memory for positions."""

_KERNEL_TILE_ROWS, _KERNEL_TILE_COLUMNS = 96, 320
"""The same with kernels, which make the positions of a tile alone, so that they are still in the cache when they are used. Measured on warps
of scans: wider tiles take up to a fifth longer where the sheet is turned, since their rows read from more rows of the image."""

Tile = tuple[slice, slice, NDArray[np.float32]]
"""Rows and columns of a part of an image, and the positions of its pixels, (height_px, width_px, 2)."""


def positions_in_tiles(pixel_map: PixelMap, width: int, height: int) -> Iterator[Tile]:
    """The sources of all pixels of an image of `width` × `height` px, for OpenCV: the centre of the first pixel is (0, 0).

    The positions of a tile are valid until the next one is asked for.
    """
    step_x, step_y, lattice = _lattice(pixel_map, width, height)
    if step_x > 1 and kernels_are_used():
        return _by_kernel(lattice, step_x, step_y, width, height)
    return _by_opencv(lattice, step_x, step_y, width, height)


def _by_opencv(
    lattice: NDArray[np.float32], step_x: int, step_y: int, width: int, height: int
) -> Iterator[Tile]:
    import cv2

    for top in range(0, height, _TILE_ROWS):
        rows = min(_TILE_ROWS, height - top)
        if step_x == 1:
            positions = lattice[top : top + rows]
        else:
            # `resize` treats the points of the lattice as cell centres, so there is one more on each side.
            part = lattice[top // step_y : -(-(top + rows) // step_y) + 2]
            size = (part.shape[1] * step_x, part.shape[0] * step_y)
            fine = np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_LINEAR), dtype=np.float32)
            positions = fine[step_y : step_y + rows, step_x : step_x + width]
        for left in range(0, width, _TILE_COLUMNS):
            columns = slice(left, min(left + _TILE_COLUMNS, width))
            yield slice(top, top + rows), columns, positions[:, columns]


def _by_kernel(
    lattice: NDArray[np.float32], step_x: int, step_y: int, width: int, height: int
) -> Iterator[Tile]:
    """The same positions."""
    from smashcima.imaging.compositing.position_kernels import fill_positions

    memory = np.empty(2 * min(_KERNEL_TILE_ROWS, height) * min(_KERNEL_TILE_COLUMNS, width), np.float32)
    for top in range(0, height, _KERNEL_TILE_ROWS):
        rows = min(_KERNEL_TILE_ROWS, height - top)
        for left in range(0, width, _KERNEL_TILE_COLUMNS):
            columns = min(_KERNEL_TILE_COLUMNS, width - left)
            positions = memory[: 2 * rows * columns].reshape(rows, 2 * columns)
            fill_positions(lattice, step_x, step_y, top, left, positions)
            yield slice(top, top + rows), slice(left, left + columns), positions.reshape(rows, columns, 2)


def _lattice(pixel_map: PixelMap, width: int, height: int) -> tuple[int, int, NDArray[np.float32]]:
    """A lattice over an image: its spacing along x and y, and the sources of its points, for OpenCV.

    With a spacing of 1 px, the points are the centres of all pixels: (height, width, 2). Otherwise they are the
    centres of cells of that size, with one more on each side: (rows + 2, columns + 2, 2).
    """
    steps = (_COARSEST_PX, _COARSEST_PX)
    while min(width // steps[0], height // steps[1]) >= 4:
        lattice = _come_from(pixel_map, -(-width // steps[0]), -(-height // steps[1]), steps)
        finer = (_fitting(lattice, 1, steps[0]), _fitting(lattice, 0, steps[1]))
        if finer == steps:
            extended = _extended(_extended(lattice - 0.5).swapaxes(0, 1)).swapaxes(0, 1)
            return *steps, np.ascontiguousarray(extended, dtype=np.float32)
        steps = finer
    return 1, 1, (_come_from(pixel_map, width, height, (1, 1)) - 0.5).astype(np.float32)


def _fitting(lattice: NDArray[np.float64], axis: int, step: int) -> int:
    """The spacing along an axis at which linear interpolation is accurate enough."""
    # The error of a chord is an eighth of the second difference, which decreases with the square of the spacing.
    off = float(np.abs(np.diff(lattice, 2, axis=axis)).max()) / 8
    while off > _POSITION_ERROR_PX and step > _FINEST_PX:
        step, off = step // 2, off / 4
    return step


def _come_from(pixel_map: PixelMap, columns: int, rows: int, steps: tuple[int, int]) -> NDArray[np.float64]:
    """(rows, columns, 2): the sources of cell centres."""
    points = np.empty((rows, columns, 2))
    points[:, :, 0] = (np.arange(columns) + 0.5) * steps[0]
    points[:, :, 1] = ((np.arange(rows) + 0.5) * steps[1])[:, np.newaxis]
    return pixel_map.backward(points.reshape(-1, 2)).reshape(rows, columns, 2)


def _extended(lattice: NDArray[np.float64]) -> NDArray[np.float64]:
    """Adds a row above and below, extrapolated by the parabola through the three nearest rows."""
    above = 3 * lattice[:1] - 3 * lattice[1:2] + lattice[2:3]
    below = 3 * lattice[-1:] - 3 * lattice[-2:-1] + lattice[-3:-2]
    return np.concatenate([above, lattice, below])
