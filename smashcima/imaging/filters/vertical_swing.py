"""A map that moves pixels up and down only, by a smooth amount."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.filters.smooth_noise import Field, Plane
from smashcima.imaging.pixel_maps import PixelMap

Points = NDArray[np.float64]

_EXACT_PX = 0.002
"""Error of `forward` that is small enough."""

_MOST_STEPS = 20


class VerticalSwing(PixelMap):
    """Moves pixels up and down by the values of a lattice, interpolated in between.

    Much cheaper than a `DisplacementMap`, since it has no table of its inverse. The slope of the values must be well below 1.
    """

    __slots__ = ("_field", "_size")

    def __init__(self, field: Field, width: int, height: int) -> None:
        """`field` (rows, columns) is how many pixels below a target pixel its source lies, at evenly spaced points from edge to edge."""
        self._field = field
        self._size = (width, height)

    def backward(self, points: Points) -> Points:
        """Looks up the source positions of target points (N, 2)."""
        points = np.asarray(points, np.float64)
        return np.stack([points[:, 0], points[:, 1] + self._at(points[:, 0], points[:, 1])], axis=1)

    def forward(self, points: Points) -> Points:
        """Finds the target points (N, 2) of source points, by repeated substitution."""
        points = np.asarray(points, np.float64)
        x, source = points[:, 0], points[:, 1]
        y = source
        for _ in range(_MOST_STEPS):
            before, y = y, source - self._at(x, y)
            if not len(y) or float(np.abs(y - before).max()) < _EXACT_PX:
                break
        return np.stack([x, y], axis=1)

    def _at(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
        """The values at places (n,); outside, those of the border."""
        rows, columns = self._field.shape
        across = np.clip(x * ((columns - 1) / self._size[0]), 0, columns - 1.001)
        down = np.clip(y * ((rows - 1) / self._size[1]), 0, rows - 1.001)
        column, row = across.astype(np.intp), down.astype(np.intp)
        across, down = across - column, down - row
        first = row * columns + column
        flat = self._field.ravel()
        upper = flat[first] + across * (flat[first + 1] - flat[first])
        first += columns
        lower = flat[first] + across * (flat[first + 1] - flat[first])
        return np.asarray(upper + down * (lower - upper))

    def moved(self, plane: Plane, bands: list[tuple[int, int]]) -> Plane:
        """A plane (rows, columns[, channels]) after the map, within bands of rows; it is empty outside of them."""
        import cv2

        width, height = self._size
        rows, columns = self._field.shape
        column, across = _cells(np.arange(0.5, width), (columns - 1) / width, columns)
        wide = self._field[:, column] + across * (self._field[:, column + 1] - self._field[:, column])
        below = np.diff(wide, axis=0)
        result = np.zeros_like(plane)
        tallest = max((bottom - top for top, bottom in bands), default=0)
        x = np.tile(np.arange(width, dtype=np.float32), (tallest, 1))
        for top, bottom in bands:
            row, down = _cells(np.arange(top + 0.5, bottom), (rows - 1) / height, rows)
            y = below[row]
            y *= down[:, np.newaxis]
            y += wide[row]
            y += np.arange(top, bottom, dtype=np.float32)[:, np.newaxis]
            cv2.remap(plane, x[: bottom - top], y, cv2.INTER_LINEAR, dst=result[top:bottom])
        return result


def _cells(
    places: NDArray[np.float64], per_px: float, count: int
) -> tuple[NDArray[np.intp], NDArray[np.float32]]:
    """The index of the value before each place, among `count` values, and the position after it."""
    at = np.clip(places * per_px, 0, count - 1.001)
    index = at.astype(np.intp)
    return index, (at - index).astype(np.float32)
