"""The point of a pen as an ellipse, and the strokes that it leaves: the envelope of the moving ellipse."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from smashcima.errors import SettingsError
from smashcima.synthesis.pen.stroke_draft import Complexes, Floats

MEAN_LOSS = 0.36
"""Mean loss of width over all directions per unit of contrast, for the thickness that a writer is described by."""


class NibShape(NamedTuple):
    """The ellipse of a nib seen along directions of travel; arrays of one shape."""

    half: Floats
    """Half the width of the stroke, relative to half the length of the edge."""

    shear: Floats
    """Shift of the sides along the stroke, relative to half its width; opposite on both sides. It slants the ends."""

    roundness: Floats
    """Length of the rounded end beyond the last point, relative to half the width: 1 for a round pen."""


@dataclass(frozen=True, slots=True)
class Nib:
    """A broad, pointed or round nib. Its point is an ellipse, whose long axis is the *edge*; lengths are in mm."""

    width: float
    """Length of the edge: the thickness of strokes across it."""

    thickness: float
    """Thickness of strokes along the edge."""

    angle_deg: float = 0.0
    """Angle between the edge and the baseline, counterclockwise."""

    flexibility: float = 0.0
    """Additional width of strokes straight down, where pressure spreads the nib, relative to the width."""

    def __post_init__(self) -> None:
        if not 0 < self.thickness <= self.width:
            raise SettingsError(
                f"The thickness of a nib must be positive and at most its width, not {self.thickness!r} and {self.width!r}."
            )

    def stroke_width(self, direction_deg: float) -> float:
        """Thickness in mm of a stroke in a direction: 0 to the right, 90 upwards, -90 downwards."""
        angle = math.radians(direction_deg)
        direction = np.array([complex(math.cos(angle), -math.sin(angle))])
        return float(self.width * self.shape(direction).half[0] * self.pressed(direction)[0])

    def shape(self, direction: Complexes) -> NibShape:
        """The ellipse along unit vectors of travel x + iy, y down."""
        turned = direction * complex(
            math.cos(math.radians(self.angle_deg)), math.sin(math.radians(self.angle_deg))
        )
        return ellipse_along(turned, self.thickness / self.width)

    def pressed(self, direction: Complexes) -> Floats:
        """Factor of the width by pressure along unit vectors of travel; 1 except downwards."""
        down = np.maximum(direction.imag, 0.0)
        return np.asarray(1 + self.flexibility * down * down)


def ellipse_along(direction: Complexes, thin: float) -> NibShape:
    """An ellipse with the half axes 1 (along x) and `thin`, along unit vectors of travel.

    Where an ellipse moves along t, its envelope touches it at h (n + k t) and at the opposite point, with n across t.
    The ellipse is the circle of radius h, compressed along t by r and then sheared by k.
    """
    across, along = direction.imag, direction.real
    square = across * across + thin * thin * (along * along)
    shear = -(1 - thin * thin) * across * along / square
    return NibShape(np.sqrt(square), shear, thin / square)
