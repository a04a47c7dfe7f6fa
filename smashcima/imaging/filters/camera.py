"""Position of the sheet in the image: skewed on a scanner, or photographed by a hand-held camera."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import DisplacementMap, ProjectiveMap
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import GeometricFilter
from smashcima.imaging.filters.parameters import LogNormal, Normal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.warp import Warp

_STEEPEST_DEG = 40.0


@dataclass(kw_only=True, eq=False)
class Skew(GeometricFilter):
    """A slightly skewed sheet on a scanner; the size of the image does not change."""

    angle_deg: Parameter = Normal(0, 0.45)
    """Rotation in degrees, counter-clockwise."""

    shift_mm: Parameter = Normal(0, 0.8)
    """Offset in mm, drawn for both directions."""

    stretch: Parameter = Normal(0, 0.0015)
    """Relative stretch along the direction of the scanner head, caused by an inexact motor."""

    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        """Rotates about the centre and shifts."""
        strength = draws.strength
        angle = np.clip(strength * draws.value("angle_deg", self.angle_deg), -20, 20)
        right = size.px(strength * draws.value("shift_x_mm", self.shift_mm))
        down = size.px(strength * draws.value("shift_y_mm", self.shift_mm))
        stretch = 1 + float(np.clip(strength * draws.value("stretch", self.stretch), -0.2, 0.2))
        middle = (size.width / 2, size.height / 2)
        turned = ProjectiveMap.rotation(float(angle), middle)
        moved = ProjectiveMap(
            np.array([[1, 0, right], [0, stretch, down + middle[1] * (1 - stretch)], [0, 0, 1]], np.float64)
        )
        return Warp(turned.then(moved), size.width, size.height)


@dataclass(kw_only=True, eq=False)
class Perspective(GeometricFilter):
    """A sheet photographed by a hand-held camera: at an angle, rotated, and not exactly filling the image.

    The camera is a pinhole camera that points at the centre of the sheet. The size of the image does not
    change.
    """

    tilt_x_deg: Parameter = Normal(0, 3.5)
    """Tilt of the camera towards the lower edge of the sheet in degrees, which shortens the upper edge."""

    tilt_y_deg: Parameter = Normal(0, 2.5)
    """Tilt of the camera to one side, in degrees."""

    roll_deg: Parameter = Normal(0, 1.2)
    """Rotation in the image plane, in degrees."""

    distance: Parameter = LogNormal(1.5, 0.15)
    """Distance from the sheet in sheet heights; smaller distances give a stronger perspective."""

    margin: Parameter = Uniform(-0.01, 0.06)
    """Margin around the sheet as a fraction of the width; negative values crop the sheet."""

    off_center: Parameter = Normal(0, 0.012)
    """Offset of the centre of the sheet as a fraction of its width, drawn for both directions."""

    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        """Returns a homography."""
        strength = draws.strength
        tilts = [
            np.radians(np.clip(strength * draws.value(name, parameter), -_STEEPEST_DEG, _STEEPEST_DEG))
            for name, parameter in (("tilt_x_deg", self.tilt_x_deg), ("tilt_y_deg", self.tilt_y_deg))
        ]
        roll = np.radians(strength * draws.value("roll_deg", self.roll_deg))
        distance = max(draws.value("distance", self.distance), 0.9) * max(size.height, size.width)
        margin = min(strength, 1.5) * draws.value("margin", self.margin)
        shift = [
            strength * draws.value(name, self.off_center) * size.width
            for name in ("off_center_x", "off_center_y")
        ]
        sheet = np.array([(0, 0), (size.width, 0), (size.width, size.height), (0, size.height)], float)
        middle = sheet.mean(axis=0)
        seen = _seen(sheet - middle, tilts[0], tilts[1], roll, distance)
        low, high = seen.min(axis=0), seen.max(axis=0)
        scale = float(np.min((1 - 2 * margin) * sheet[2] / (high - low)))
        placed = (seen - (low + high) / 2) * scale + middle + shift
        return Warp(ProjectiveMap.between_quads(sheet, placed), size.width, size.height)


def _seen(
    points: NDArray[np.float64], tilt_x: float, tilt_y: float, roll: float, distance: float
) -> NDArray[np.float64]:
    """Projects points (N, 2) of a plane around the origin with a rotated pinhole camera, without changing the scale."""
    cos_x, sin_x, cos_y, sin_y = np.cos(tilt_x), np.sin(tilt_x), np.cos(tilt_y), np.sin(tilt_y)
    x, y = points[:, 0] * cos_y, points[:, 1]
    depth = points[:, 0] * sin_y
    y, depth = y * cos_x - depth * sin_x, y * sin_x + depth * cos_x
    factor = distance / (distance - depth)
    x, y = x * factor, y * factor
    return np.stack([x * np.cos(roll) + y * np.sin(roll), -x * np.sin(roll) + y * np.cos(roll)], axis=1)


@dataclass(kw_only=True, eq=False)
class LensDistortion(GeometricFilter):
    """Radial distortion of cheap lenses: straight lines near the border bend; the corners do not move."""

    barrel: Parameter = Normal(0.002, 0.0035)
    """Outward displacement of the middle of the sides, as a fraction of the distance to the corners; negative
    values are inward."""

    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        """Returns a radial map about the centre."""
        barrel = float(np.clip(draws.strength * draws.value("barrel", self.barrel), -0.08, 0.08))
        middle = np.array([size.width, size.height]) / 2
        corner = float(np.hypot(*middle))

        def backward(points: NDArray[np.float64]) -> NDArray[np.float64]:
            away = points - middle
            squared = (away**2).sum(axis=1, keepdims=True) / corner**2
            return np.asarray(middle + away * (1 - barrel * (1 - squared)))

        step = max(size.width, size.height) / 24
        pixel_map = DisplacementMap.from_function(backward, size.width, size.height, max(step, 1.0))
        return Warp(pixel_map, size.width, size.height)
