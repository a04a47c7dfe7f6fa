"""What every map of pixels can do, and maps one after the other."""

from __future__ import annotations

from abc import ABC, abstractmethod

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
"""(N, 2): x right and y down, in pixels; pixel (column i, row j) covers [i, i + 1) × [j, j + 1)."""


class PixelMap(ABC):
    """An invertible map from the pixels of the picture before to those of the picture after.

    Maps are values: they don't change, and can be shared. `a.then(b)` applies `a` first.

    - Must override: `forward`, `backward`.
    - May override: `keeps_lines_straight`, `matrix`, `merged_with`.
    - Don't override: `then`, `inverse`, `steps`.
    """

    @abstractmethod
    def forward(self, points: Points) -> Points:
        """Where points (N, 2) of the picture before lie in the picture after; a new array."""

    @abstractmethod
    def backward(self, points: Points) -> Points:
        """Where points (N, 2) of the picture after come from in the picture before; a new array."""

    @property
    def keeps_lines_straight(self) -> bool:
        """Whether straight lines stay straight, so that the corners of an outline say it all."""
        return False

    @property
    def matrix(self) -> NDArray[np.float64] | None:
        """The matrix (3, 3) that maps column vectors (x, y, 1), if the map is projective; else `None`."""
        return None

    def merged_with(self, following: PixelMap) -> PixelMap | None:
        """This map and the one after it as a single one of the same cost, or `None` if there is none."""
        return None

    @property
    def steps(self) -> tuple[PixelMap, ...]:
        """The single maps that this one is made of, the first to be applied first."""
        return (self,)

    def then(self, other: PixelMap) -> PixelMap:
        """This map first, the other one after it. Neighbours that can be are merged into one."""
        steps = list(self.steps)
        for step in other.steps:
            merged = steps[-1].merged_with(step) if steps else None
            if merged is None:
                steps.append(step)
            else:
                steps[-1] = merged
        return steps[0] if len(steps) == 1 else ChainMap(tuple(steps))

    def inverse(self) -> PixelMap:
        """The map back."""
        return _InverseMap(self)


class ChainMap(PixelMap):
    """Maps one after the other; made by `then`."""

    __slots__ = ("_steps",)

    def __init__(self, steps: tuple[PixelMap, ...]) -> None:
        self._steps = steps

    def __repr__(self) -> str:
        return f"ChainMap({', '.join(map(repr, self._steps))})"

    @property
    def steps(self) -> tuple[PixelMap, ...]:
        """The single maps, the first to be applied first."""
        return self._steps

    @property
    def keeps_lines_straight(self) -> bool:
        """Whether all of them do."""
        return all(step.keeps_lines_straight for step in self._steps)

    def forward(self, points: Points) -> Points:
        """Through all maps."""
        for step in self._steps:
            points = step.forward(points)
        return points

    def backward(self, points: Points) -> Points:
        """Back through all maps."""
        for step in reversed(self._steps):
            points = step.backward(points)
        return points

    def inverse(self) -> PixelMap:
        """The maps back, the last one first."""
        return ChainMap(tuple(step.inverse() for step in reversed(self._steps)))


class _InverseMap(PixelMap):
    """A map the other way round."""

    __slots__ = ("_map",)

    def __init__(self, pixel_map: PixelMap) -> None:
        self._map = pixel_map

    def __repr__(self) -> str:
        return f"{self._map!r}.inverse()"

    @property
    def keeps_lines_straight(self) -> bool:
        """As the map does."""
        return self._map.keeps_lines_straight

    def forward(self, points: Points) -> Points:
        """The way back of the map."""
        return self._map.backward(points)

    def backward(self, points: Points) -> Points:
        """The way there of the map."""
        return self._map.forward(points)

    def inverse(self) -> PixelMap:
        """The map itself."""
        return self._map
