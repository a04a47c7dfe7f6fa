"""Combination of lights before, between and after warps to one light over the final image."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.filters.light import Light
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.pixel_maps import PixelMap

_LIGHT_STEP_MM = 0.9
"""Finest spacing at which light is sampled, sufficient for creases."""

_BACK_STEP_MM = 4.0
"""Spacing at which source positions of that light are computed; they are interpolated in between."""


def combined_light(
    sizes: Sequence[PictureSize], maps: Sequence[PixelMap], lights: Sequence[tuple[int, Light]]
) -> Light:
    """Combines lights to one light over the image after all maps.

    Args:
        sizes: sizes of the image before the first map, and after each map.
        maps: the maps in the order of application.
        lights: at least one light, each with the number of maps before it.
    """
    if not maps and len(lights) == 1:
        return lights[0][1]
    size = sizes[-1]
    rows, columns = _shape(size, lights)
    lattice = _Lattice.over(size, rows, columns)
    total: NDArray[np.float32] = np.ones((rows * columns, 1), np.float32)
    for level in range(len(maps), -1, -1):
        here = [light for number, light in lights if number == level]
        if here:
            points = lattice.points()
            for light in here:
                total = total * light.at(points, size.width, size.height).reshape(len(points), -1)
        if not any(number < level for number, _ in lights):
            break
        lattice = lattice.back(maps[level - 1])
        size = sizes[level - 1]
    return Light(total.reshape((rows, columns, 3) if total.shape[1] == 3 else (rows, columns)))


def _shape(size: PictureSize, lights: Sequence[tuple[int, Light]]) -> tuple[int, int]:
    """Rows and columns as fine as those of the finest light, limited by `_LIGHT_STEP_MM`."""
    finest = size.lattice(_LIGHT_STEP_MM)
    given = np.array([light.factors.shape[:2] for _, light in lights]).max(axis=0).tolist()
    return min(finest[0], max(2, given[0])), min(finest[1], max(2, given[1]))


@dataclass(frozen=True, slots=True)
class _Lattice:
    """The positions of the points of a lattice, computed at some of them, with one more on each side."""

    known: NDArray[np.float64]
    """(rows, columns, 2): the computed positions."""

    rows: int
    columns: int
    parts: tuple[int, int]
    """Number of points of the lattice, down and across, per computed position."""

    @staticmethod
    def over(size: PictureSize, rows: int, columns: int) -> _Lattice:
        """The centres of `rows` × `columns` cells of an image."""
        step_x, step_y = size.width / columns, size.height / rows
        reach = size.px(_BACK_STEP_MM)
        parts = max(1, int(reach / step_y)), max(1, int(reach / step_x))
        ys = (np.arange(-1, -(-rows // parts[0]) + 1) + 0.5) * (parts[0] * step_y)
        xs = (np.arange(-1, -(-columns // parts[1]) + 1) + 0.5) * (parts[1] * step_x)
        return _Lattice(np.stack(np.meshgrid(xs, ys), axis=2), rows, columns, parts)

    def back(self, pixel_map: PixelMap) -> _Lattice:
        """The source positions under a map."""
        places = pixel_map.backward(self.known.reshape(-1, 2)).reshape(self.known.shape)
        return replace(self, known=places)

    def points(self) -> NDArray[np.float64]:
        """(rows * columns, 2): the positions of all points."""
        import cv2

        down, across = self.parts
        size = (self.known.shape[1] * across, self.known.shape[0] * down)
        fine = np.asarray(cv2.resize(self.known, size, interpolation=cv2.INTER_LINEAR), np.float64)
        return fine[down : down + self.rows, across : across + self.columns].reshape(-1, 2)
