"""What a geometric filter does to a picture."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.imaging.filters.light import Light
from smashcima.imaging.pixel_maps import PixelMap


@dataclass(frozen=True, slots=True, eq=False)
class Warp:
    """Where pixels go, and what that does to the light on them."""

    pixel_map: PixelMap
    width: int
    """Pixels of the picture after."""

    height: int
    light: Light | None = None
    """Over the picture *before*: it lies on the paper, and moves with it."""
