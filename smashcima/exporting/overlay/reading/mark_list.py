"""Marks one after the other."""

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
        """Adds one, with its box (left, top, right, bottom) in pixels; that around its rings by default."""
        if box is None:
            points: NDArray[np.float64] = np.concatenate(rings) if rings else np.full((1, 2), np.nan)
            box = [*points.min(axis=0).tolist(), *points.max(axis=0).tolist()]
        self._names.append(name)
        self._boxes.append(box)
        self._rings.append(rings)

    def marks(self) -> Marks:
        """All of them."""
        boxes = np.array(self._boxes, np.float64).reshape(-1, 4)
        return Marks(tuple(self._names), boxes, tuple(self._rings))


def ring_of(numbers: Sequence[float]) -> NDArray[np.float64]:
    """An outline (N, 2) from `x1, y1, x2, y2, ...`."""
    return np.array(numbers, np.float64).reshape(-1, 2)
