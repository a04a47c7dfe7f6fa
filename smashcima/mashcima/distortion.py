"""Random affine distortion of images."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from smashcima.geometry import Transform, Vector2

SKEW_DEG = 10.0
STRETCH = 1.2
ROTATION_DEG = 10.0
RISE = 0.3
"""Limit of the rotation: the ends of the horizontal axis move up or down by this fraction of half the height."""

PAD_SIDE = 0.5
PAD_TOP = 0.1
"""Limits of the padding as fractions of a third of the height, which is the height of the staff. Padding above and below
may be negative."""


@dataclass(frozen=True, slots=True)
class Distortion:
    """Skew, horizontal stretch and rotation about the centre of an image, with padding around it."""

    skew_deg: float
    """Lean to the right of vertical lines in degrees."""

    stretch: float
    """Factor of the width."""

    rotation_deg: float
    """Counterclockwise."""

    left_px: float
    right_px: float
    top_px: float
    bottom_px: float

    @staticmethod
    def sample(width_px: int, height_px: int, rng: np.random.Generator) -> Distortion:
        """Samples the distortion of an image of the given size, from the ranges of Mashcima 1.0."""
        skew, rotation = rng.uniform(-1.0, 1.0, 2).tolist()
        stretch = STRETCH ** rng.uniform(-1.0, 1.0)
        rise = RISE * height_px / (width_px * stretch)
        limit = min(ROTATION_DEG, math.degrees(math.asin(min(rise, 1.0))))
        third = height_px / 3
        left, right = (third * rng.uniform(0.0, PAD_SIDE, 2)).tolist()
        top, bottom = (third * rng.uniform(-PAD_TOP, PAD_TOP, 2)).tolist()
        return Distortion(SKEW_DEG * skew, stretch, limit * rotation, left, right, top, bottom)

    def size(self, width_px: int, height_px: int) -> tuple[int, int]:
        """Width and height of the distorted image in pixels."""
        width = width_px * self.stretch + self.left_px + self.right_px
        height = height_px + self.top_px + self.bottom_px
        return max(1, round(width)), max(1, round(height))

    def transform(self, width_px: int, height_px: int) -> Transform:
        """The transform from pixels of an image to those of the distorted one."""
        lean = math.tan(math.radians(self.skew_deg))
        return (
            Transform.translate(Vector2(-width_px / 2, -height_px / 2))
            .then(Transform(a=self.stretch, c=-lean))
            .then(Transform.rotateDegCC(self.rotation_deg))
            .then(
                Transform.translate(
                    Vector2(width_px * self.stretch / 2 + self.left_px, height_px / 2 + self.top_px)
                )
            )
        )
