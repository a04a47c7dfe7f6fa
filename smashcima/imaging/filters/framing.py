"""What a picture shows of a page: all or a part of it, upright or on its side."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smashcima.imaging import ProjectiveMap
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import GeometricFilter
from smashcima.imaging.filters.parameters import Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.warp import Warp

_LEAST_PX = 8


@dataclass(kw_only=True, eq=False)
class Crop(GeometricFilter):
    """A part of the page: the picture becomes smaller, and what is outside is not labelled."""

    width: Parameter = Uniform(0.5, 0.95)
    """Width of the part as a fraction of the width of the picture."""

    height: Parameter = Uniform(0.3, 0.7)
    """Height of the part as a fraction of the height of the picture."""

    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        """Moves a random part to the origin; at strength 0.5, half as much is cut off, and above 1 no more."""
        parts = []
        for name, parameter, side in (
            ("width", self.width, size.width),
            ("height", self.height, size.height),
        ):
            share = 1 - min(draws.strength, 1.0) * (1 - draws.value(name, parameter))
            kept = int(np.clip(round(share * side), min(_LEAST_PX, side), side))
            parts.append((kept, int(draws.rng.integers(side - kept + 1))))
        (width, left), (height, top) = parts
        return Warp(ProjectiveMap.translation(-left, -top), width, height)


@dataclass(kw_only=True, eq=False)
class QuarterTurn(GeometricFilter):
    """A picture on its side, or upside down, since the camera did not know which way is up."""

    turns: tuple[str, ...] = ("left", "right", "left", "right", "over")
    """Turns, one of which is drawn: `left` (anticlockwise), `right`, or `over` by half a turn."""

    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        """Turns the picture whatever the strength."""
        turn = draws.choice("turn", self.turns)
        width, height = size.width, size.height
        if turn == "over":
            return Warp(ProjectiveMap([[-1, 0, width], [0, -1, height], [0, 0, 1]]), width, height)
        if turn == "right":
            return Warp(ProjectiveMap([[0, -1, height], [1, 0, 0], [0, 0, 1]]), height, width)
        return Warp(ProjectiveMap([[0, 1, 0], [-1, 0, width], [0, 0, 1]]), height, width)
