"""Collection of marks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.exporting.overlay.overlay_marks import Marks, Rings


class MarkList:
    """Collects marks while a file is read."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._boxes: list[Sequence[float]] = []
        self._rings: list[Rings] = []

    def add(self, name: str, box: Sequence[float] | None, rings: Rings = ()) -> None:
        """Adds a mark with its box (left, top, right, bottom) in pixels; by default, the bounding box of its
        rings.
        """
        if box is None:
            points: NDArray[np.float64] = np.concatenate(rings) if rings else np.full((1, 2), np.nan)
            box = [*points.min(axis=0).tolist(), *points.max(axis=0).tolist()]
        self._names.append(name)
        self._boxes.append(box)
        self._rings.append(rings)

    def marks(self) -> Marks:
        """Returns all marks."""
        boxes = np.array(self._boxes, np.float64).reshape(-1, 4)
        return Marks(tuple(self._names), boxes, tuple(self._rings))


def ring_of(numbers: Sequence[float]) -> NDArray[np.float64]:
    """Converts `x1, y1, x2, y2, ...` to an outline (N, 2)."""
    return np.array(numbers, np.float64).reshape(-1, 2)
