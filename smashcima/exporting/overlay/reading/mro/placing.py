"""Place of an MRO page in an image."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError

Points = NDArray[np.float64]
"""(N, 2): x, y."""


@dataclass(frozen=True, slots=True)
class MroView:
    """Place of an MRO page in an image.

    Raises a `SettingsError` for a scale that is not positive.
    """

    page: int | None = None
    """Number of the page, from 1; by default the only one, or the one with the name of the image."""

    scale: float | None = None
    """Pixels per unit of 1/16 staff space; by default as the file says."""

    offset_px: tuple[float, float] = (0.0, 0.0)
    """Shift to the right and downwards in pixels."""

    skew_deg: float = 0.0
    """Clockwise turn about the middle of the image."""

    def __post_init__(self) -> None:
        if self.scale is not None and not 0 < self.scale < math.inf:
            raise SettingsError(
                f"The scale must be a positive number of pixels per unit, not {self.scale:g}."
            )

    @property
    def is_moved(self) -> bool:
        """Whether it shifts or turns the page."""
        return self.offset_px != (0.0, 0.0) or self.skew_deg != 0


def placed(points: Points, view: MroView, scale: float, size: tuple[int, int]) -> Points:
    """Converts points on the page in units to pixels of an image of the given width and height."""
    middle = np.array(size) / 2
    angle = math.radians(view.skew_deg)
    turn = np.array([(math.cos(angle), -math.sin(angle)), (math.sin(angle), math.cos(angle))])
    moved: Points = (points * scale - middle) @ turn.T + middle + view.offset_px
    return moved
