"""Marks to draw over an image: names, boxes and outlines from any format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry.polygon import signed_area
from smashcima.imaging import Region, Regions
from smashcima.scene.visual import Label

Rings = tuple[NDArray[np.float64], ...]
"""Closed outlines in pixels, each (N, 2)."""


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Labelled areas in pixels of an image."""

    names: tuple[str, ...]
    """Class of each area."""

    boxes: NDArray[np.float64]
    """(n, 4): left, top, right, bottom; NaN if there is no box."""

    rings: tuple[Rings, ...]
    """Outlines of each area; empty if only the box is known."""

    def __len__(self) -> int:
        return len(self.names)

    def chosen(self, indices: Sequence[int]) -> Marks:
        """Returns the marks with the given indices, in that order."""
        return Marks(
            tuple(self.names[index] for index in indices),
            self.boxes[np.array(indices, np.intp)],
            tuple(self.rings[index] for index in indices),
        )

    def areas(self) -> NDArray[np.float64]:
        """Returns (n,) the area of each mark in square pixels; NaN if there is no box."""
        inside = [sum(signed_area(ring) for ring in self.outlines(index)) for index in range(len(self))]
        return np.abs(np.array(inside, np.float64))

    def outlines(self, index: int) -> Rings:
        """Returns the outlines of an area, or its box as an outline."""
        if self.rings[index]:
            return self.rings[index]
        left, top, right, bottom = self.boxes[index].tolist()
        return (np.array([(left, top), (right, top), (right, bottom), (left, bottom)]),)


def marks_of(regions: Regions, wanted: Callable[[Region], bool] = lambda region: True) -> Marks:
    """Returns the selected regions of an image as marks, with labels without their vocabulary."""
    chosen = [region for region in regions if wanted(region)]
    return Marks(
        tuple(Label.of(region.label).name for region in chosen),
        np.array([region.bbox for region in chosen], np.float64).reshape(-1, 4),
        tuple(region.rings for region in chosen),
    )
