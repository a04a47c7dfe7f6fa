"""The base of pixel maps, and their composition."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""(N, 2): x right and y down, in pixels; pixel (column i, row j) covers [i, i + 1) × [j, j + 1)."""


class PixelMap(ABC):
    """An invertible map from pixels of a source image to pixels of a target image.

    Maps are immutable and can be shared. `a.then(b)` applies `a` first.

    - Must override: `forward`, `backward`.
    - May override: `keeps_lines_straight`, `matrix`, `merged_with`.
    - Don't override: `then`, `inverse`, `steps`.
    """

    @abstractmethod
    def forward(self, points: Points) -> Points:
        """Maps points (N, 2) of the source image to the target image; returns a new array."""

    @abstractmethod
    def backward(self, points: Points) -> Points:
        """Maps points (N, 2) of the target image to the source image; returns a new array."""

    @property
    def keeps_lines_straight(self) -> bool:
        """Whether straight lines stay straight, so that mapping the corners of an outline is sufficient."""
        return False

    @property
    def matrix(self) -> NDArray[np.float64] | None:
        """The matrix (3, 3) for column vectors (x, y, 1); `None` if the map is not projective."""
        return None

    def merged_with(self, following: PixelMap) -> PixelMap | None:
        """This map, followed by another, as a single map of the same cost; `None` if there is none."""
        return None

    @property
    def steps(self) -> tuple[PixelMap, ...]:
        """The single maps of which this one consists, in the order of application."""
        return (self,)

    def then(self, other: PixelMap) -> PixelMap:
        """The composition of this map, followed by `other`. Merges adjacent maps if possible."""
        steps = list(self.steps)
        for step in other.steps:
            merged = steps[-1].merged_with(step) if steps else None
            if merged is None:
                steps.append(step)
            else:
                steps[-1] = merged
        return steps[0] if len(steps) == 1 else ChainMap(tuple(steps))

    def inverse(self) -> PixelMap:
        """The inverse map."""
        return _InverseMap(self)


class ChainMap(PixelMap):
    """A composition of maps, made by `then`."""

    __slots__ = ("_steps",)

    def __init__(self, steps: tuple[PixelMap, ...]) -> None:
        self._steps = steps

    def __repr__(self) -> str:
        return f"ChainMap({', '.join(map(repr, self._steps))})"

    @property
    def steps(self) -> tuple[PixelMap, ...]:
        """The single maps, in the order of application."""
        return self._steps

    @property
    def keeps_lines_straight(self) -> bool:
        """Whether all maps keep straight lines straight."""
        return all(step.keeps_lines_straight for step in self._steps)

    def forward(self, points: Points) -> Points:
        """Maps points (N, 2) through all maps."""
        for step in self._steps:
            points = step.forward(points)
        return points

    def backward(self, points: Points) -> Points:
        """Maps points (N, 2) back through all maps."""
        for step in reversed(self._steps):
            points = step.backward(points)
        return points

    def inverse(self) -> PixelMap:
        """The inverse maps in reverse order."""
        return ChainMap(tuple(step.inverse() for step in reversed(self._steps)))


class _InverseMap(PixelMap):
    """The inverse of a map."""

    __slots__ = ("_map",)

    def __init__(self, pixel_map: PixelMap) -> None:
        self._map = pixel_map

    def __repr__(self) -> str:
        return f"{self._map!r}.inverse()"

    @property
    def keeps_lines_straight(self) -> bool:
        """The same as for the map."""
        return self._map.keeps_lines_straight

    def forward(self, points: Points) -> Points:
        """Applies `backward` of the map."""
        return self._map.backward(points)

    def backward(self, points: Points) -> Points:
        """Applies `forward` of the map."""
        return self._map.forward(points)

    def inverse(self) -> PixelMap:
        """The map itself."""
        return self._map
