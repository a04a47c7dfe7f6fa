"""Filters for folded, curled or bound paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import DisplacementMap
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import GeometricFilter
from smashcima.imaging.filters.light import Light
from smashcima.imaging.filters.parameters import LogNormal, Normal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import smooth_field
from smashcima.imaging.filters.warp import Warp

Array = NDArray[np.float64]

_STEEPEST_ARCH = 0.35
"""Largest ratio of the height of an arch to its reach; a steeper arch would hide a part of the page."""

_STEP_MM = 8.0
"""Spacing of the points between which displacements are interpolated."""


@dataclass(kw_only=True, eq=False)
class Fold(GeometricFilter):
    """A folded and flattened sheet: it rises at the creases, which are worn and shaded."""

    creases: tuple[str, ...] = ("across", "down", "letter", "cross")
    """Patterns of creases, one of which is drawn: one crease across or down the sheet, two across as for a
    letter, or one each way."""

    rise_deg: Parameter = LogNormal(4.0, 0.4)
    """Slope of the paper towards a crease, in degrees."""

    reach_mm: Parameter = LogNormal(28, 0.3)
    """Distance from the crease at which the paper is flat again, in mm."""

    wear: Parameter = Uniform(0.06, 0.2)
    """Relative brightness of the crease."""

    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        """Returns a map that enlarges raised parts, with shading by slope."""
        pattern = draws.choice("pattern", self.creases)
        sides_mm = np.array([size.width_mm, size.height_mm])
        lines: list[
            tuple[int, float]
        ] = []  # 0: down the sheet, at x; 1: across it, at y; as parts of the side
        if pattern in ("across", "cross"):
            lines.append((1, 0.5))
        if pattern in ("down", "cross"):
            lines.append((0, 0.5))
        if pattern == "letter":
            lines += [(1, 1 / 3), (1, 2 / 3)]
        rise = np.radians(min(draws.strength * draws.value("rise_deg", self.rise_deg), 30))
        reach = min(draws.value("reach_mm", self.reach_mm), 0.3 * float(sides_mm.min()))
        wear = min(draws.strength * draws.value("wear", self.wear), 0.6)
        rows, columns = size.lattice(0.9)
        x, y = size.lattice_mm(rows, columns)
        light = np.ones((rows, columns), np.float32)
        heights: list[Callable[[Array], Array]] = []
        for axis, part in lines:
            place = sides_mm[axis] * (part + 0.02 * float(np.clip(draws.rng.standard_normal(), -2, 2)))
            lean = np.radians(draws.rng.normal(0, 0.25))
            direction = draws.sign()
            normal = (
                np.array([np.cos(lean), np.sin(lean)])
                if axis == 0
                else np.array([-np.sin(lean), np.cos(lean)])
            )
            middle = np.where(np.arange(2) == axis, place, sides_mm / 2)
            away = (x - middle[0]) * normal[0] + (y - middle[1]) * normal[1]
            heights.append(_ridge(middle, normal, reach, direction * rise))
            light *= _crease_light(away, reach, float(direction * rise), wear, draws)
        pixel_map = _bent(size, heights)
        return Warp(pixel_map, size.width, size.height, Light(light))


def _ridge(middle: Array, normal: Array, reach: float, rise: float) -> Callable[[Array], Array]:
    """The height (mm) of paper at points (N, 2) in mm: largest at a line, and rounded there."""

    def height(points: Array) -> Array:
        away = np.sqrt(((points - middle) @ normal) ** 2 + 36.0)
        return np.asarray(np.tan(rise) * reach * np.exp(-away / reach))

    return height


def _crease_light(
    away: NDArray[np.float32], reach: float, rise: float, wear: float, draws: Draws
) -> NDArray[np.float32]:
    """Factors for points at signed distances (mm) from a crease."""
    slope = -np.sign(away) * np.exp(-np.abs(away) / reach) * np.tanh(np.abs(away) / 3)
    # Light comes from above at one side: one flank faces it, the other one does not.
    flank = 1 + 0.9 * np.sin(rise) * slope * np.float32(draws.sign())
    width = draws.rng.uniform(0.35, 0.8)
    line = np.exp(-((away / width) ** 2)) * 0.8 - np.exp(-(((away - 1.5 * width) / width) ** 2)) * 0.6
    return np.asarray(flank * (1 + wear * line * draws.sign()), np.float32)


def _bent(size: PictureSize, heights: list[Callable[[Array], Array]]) -> DisplacementMap:
    """The map of a sheet with these heights, viewed from directly above at 1.4 times its height."""
    mm = size.width_mm / size.width
    middle = np.array([size.width_mm, size.height_mm]) / 2
    eye = 1.4 * max(size.height_mm, size.width_mm)

    def backward(points: Array) -> Array:
        seen = points * mm
        rise = sum((height(seen) for height in heights), np.zeros(len(points)))
        # Points nearer to the viewer appear further from the centre, so their sources are further inside.
        source = middle + (seen - middle) * ((eye - rise) / eye)[:, np.newaxis]
        return np.asarray(source / mm)

    return DisplacementMap.from_function(backward, size.width, size.height, _step_px(size))


@dataclass(kw_only=True, eq=False)
class Curl(GeometricFilter):
    """A sheet with a raised edge, which is foreshortened and shaded."""

    slope_deg: Parameter = LogNormal(13, 0.35)
    """Slope at the edge, in degrees."""

    reach_mm: Parameter = LogNormal(60, 0.35)
    """Distance from the edge at which the sheet begins to rise, in mm."""

    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        """Returns a map that shortens the sheet towards one edge, slightly more at one end of it."""
        slope = np.radians(min(draws.strength * draws.value("slope_deg", self.slope_deg), 55))
        reach = draws.value("reach_mm", self.reach_mm)
        side = int(draws.rng.integers(4))
        uneven = draws.rng.uniform(-0.5, 0.5)
        axis, far = side % 2, side // 2
        sides_mm = np.array([size.width_mm, size.height_mm])
        reach = float(min(reach, 0.6 * sides_mm[axis]))
        mm = size.width_mm / size.width

        def rising(points: Array) -> tuple[Array, Array]:
            """Distance (mm) beyond the line where the sheet begins to rise, and the slope at its edge."""
            along = points[:, 1 - axis] / sides_mm[1 - axis] - 0.5
            from_edge = sides_mm[axis] - points[:, axis] if far else points[:, axis]
            return np.maximum(reach - from_edge, 0), slope * (1 + 2 * uneven * along * 0.8)

        def backward(points: Array) -> Array:
            source = points * mm
            beyond, steep = rising(source)
            # The slope grows with the square of the distance, so that the spline has no kink to smooth. The sheet is
            # foreshortened from above: 1 mm of the image shows 1 / cos(slope) mm of the sheet.
            part = beyond / reach
            longer = reach * (np.tan(steep / 2) * np.tan(steep / 2)) * part**5 * 0.4
            lift = steep * reach * part**3 / 3
            eye = 1.4 * sides_mm.max()
            source[:, axis] += longer if far else -longer
            # Lifted paper is nearer to the viewer, and therefore larger.
            source += (sides_mm / 2 - source) * (lift / eye)[:, np.newaxis]
            return np.asarray(source / mm)

        rows, columns = size.lattice()
        x, y = size.lattice_mm(rows, columns)
        grid = np.stack(
            [np.broadcast_to(x, (rows, columns)).ravel(), np.broadcast_to(y, (rows, columns)).ravel()], 1
        )
        beyond, steep = rising(grid.astype(np.float64))
        shade = 1 + draws.sign() * 0.55 * np.sin(steep * (beyond / reach) ** 2)
        light = np.minimum(shade, 1.06).reshape(rows, columns).astype(np.float32)
        pixel_map = DisplacementMap.from_function(backward, size.width, size.height, _step_px(size))
        return Warp(pixel_map, size.width, size.height, Light(light))


@dataclass(kw_only=True, eq=False)
class PaperWaves(GeometricFilter):
    """Paper that is not quite flat, even in a scanner: lines bend a little and are not quite parallel."""

    swing_mm: Parameter = LogNormal(0.12, 0.5)
    """Standard deviation of the displacement in mm."""

    length_mm: Parameter = LogNormal(75, 0.3)
    """Length of a wave in mm."""

    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        """Returns a smooth displacement, mostly up and down."""
        swing = size.px(draws.strength * draws.value("swing_mm", self.swing_mm))
        # A wave needs some points, or its slope would fold the paper.
        length = max(draws.value("length_mm", self.length_mm), 20.0)
        # The spline between few points is smooth, and so quick to invert.
        step = length / 4
        rows, columns = (max(4, round(side / step) + 1) for side in (size.height_mm, size.width_mm))
        displacements = np.zeros((rows, columns, 2))
        for axis, share in ((0, 0.5), (1, 1.0)):
            field = smooth_field(draws.rng, size, length / 2, (rows, columns))
            displacements[:, :, axis] = share * swing * np.clip(field, -2.5, 2.5)
        pixel_map = DisplacementMap.from_displacements(displacements, size.width, size.height)
        return Warp(pixel_map, size.width, size.height)


@dataclass(kw_only=True, eq=False)
class BookPage(GeometricFilter):
    """A page of an open book: it rises from the spine in an arch, so lines bend and the spine is dark."""

    lift_mm: Parameter = LogNormal(7, 0.35)
    """Height of the arch in mm."""

    reach_mm: Parameter = LogNormal(55, 0.25)
    """Distance from the spine at which the page is flat again, in mm."""

    shade: Parameter = Uniform(0.3, 0.55)
    """Fraction of light lost at the spine."""

    bow_mm: Parameter = Normal(0, 0.8)
    """Additional curvature of lines over the whole width, in mm."""

    def make_warp(self, size: PictureSize, draws: Draws) -> Warp:
        """Returns a map and shading for a spine on the left or on the right."""
        lift = min(draws.strength * draws.value("lift_mm", self.lift_mm), 40.0)
        reach = min(draws.value("reach_mm", self.reach_mm), size.width_mm / 2)
        lift = min(lift, _STEEPEST_ARCH * reach)
        shade = min(draws.strength * draws.value("shade", self.shade), 0.9)
        bow = draws.strength * draws.value("bow_mm", self.bow_mm)
        spine_right = draws.sign() > 0
        mm = size.width_mm / size.width
        sides_mm = np.array([size.width_mm, size.height_mm])
        eye = 1.4 * max(sides_mm)

        def backward(points: Array) -> Array:
            seen = points * mm
            from_spine = (sides_mm[0] - seen[:, 0]) if spine_right else seen[:, 0]
            t = from_spine / reach
            # An arch that is steep at the spine and flattens out; its top is nearest to the viewer.
            height = lift * np.e * t * np.exp(-t)
            source = sides_mm / 2 + (seen - sides_mm / 2) * ((eye - height) / eye)[:, np.newaxis]
            steepness = lift * np.e / reach
            longer = 0.5 * steepness**2 * reach * 0.25 * np.exp(-2 * t)
            source[:, 0] += longer if spine_right else -longer
            source[:, 1] += bow * (1 - (2 * seen[:, 0] / sides_mm[0] - 1) ** 2)
            return np.asarray(source / mm)

        rows, columns = size.lattice()
        x, _ = size.lattice_mm(rows, columns)
        t = ((size.width_mm - x) if spine_right else x) / reach
        line = 1 - shade * np.exp(-5.5 * t) - 0.25 * shade * (1 - t) * np.exp(-1.6 * t)
        light = np.broadcast_to(np.clip(line, 0.02, 1.05), (rows, columns)).astype(np.float32)
        pixel_map = DisplacementMap.from_function(backward, size.width, size.height, _step_px(size))
        return Warp(pixel_map, size.width, size.height, Light(np.ascontiguousarray(light)))


def _step_px(size: PictureSize) -> float:
    """Pixels between points of a displacement; at least a few on the smallest images."""
    return max(size.px(_STEP_MM), 1.0)
