"""Result of a geometric filter."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.imaging.filters.light import Light
from smashcima.imaging.pixel_maps import PixelMap
from smashcima.short_repr import ShortRepr


@dataclass(frozen=True, slots=True, eq=False)
class Warp(ShortRepr):
    """Map of pixels, with its effect on the light."""

    pixel_map: PixelMap
    width: int
    """Width of the new image in pixels."""

    height: int
    light: Light | None = None
    """Light over the image *before* the map: it lies on the paper and moves with it."""
