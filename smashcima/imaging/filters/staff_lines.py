"""Filters for faint, thick or uneven staff lines."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import LayerSet, PixelMap, Regions
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import LayersFilter
from smashcima.imaging.filters.grain import grain, gray_tile
from smashcima.imaging.filters.ink_layers import bands_with_ink, staff_line_regions, thin
from smashcima.imaging.filters.ink_spread import spread_ink
from smashcima.imaging.filters.parameters import LogNormal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import enlarged, octaves, smooth_field
from smashcima.imaging.filters.vertical_swing import VerticalSwing
from smashcima.imaging.pixel_maps.splines import refined

_LEAST_KEPT = 0.12

_STEP_MM, _PARTS = 6.0, 4
"""Spacing of the points between which the swing of lines is a spline, and the number of straight parts of it between them."""

_MARGIN_PX = 2
"""Margin of bands of staff lines."""


@dataclass(kw_only=True, eq=False)
class StaffLineFade(LayersFilter):
    """Staff lines that are paler than the music, uneven, and broken in places."""

    amount: Parameter = Uniform(0.1, 0.45)
    """Mean fraction of ink that is lost."""

    breaks: Parameter = LogNormal(0.012, 0.6)
    """Fraction of the lines that is almost invisible."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Fades the lines; at least an eighth of the ink remains."""
        import cv2

        size = PictureSize.of_layers(layers)
        amount = draws.strength * draws.value("amount", self.amount)
        breaks = min(draws.strength * draws.value("breaks", self.breaks), 0.3)
        lumps = octaves(draws.rng, size, 30.0, size.lattice(3.0))
        kept = np.clip(1 - amount * np.clip(1 + 0.35 * lumps, 0, 2.5), _LEAST_KEPT, 1)
        factor = enlarged(kept, size.width, size.height)
        bands = bands_with_ink(layers.stafflines.coverage)
        tile = gray_tile(max(0.5, min(round(size.px(0.12) * 2) / 2, 24)))
        spots = grain(draws.rng, size.width, size.height, tile, bands)
        edge = min(12.0, 2 * 256 * breaks)
        level = 256 * breaks - edge / 2
        table = np.clip((np.arange(256) - level) * (255 / edge if edge else 255), 255 * _LEAST_KEPT, 255)
        tones = np.rint(table).astype(np.uint8)
        for top, bottom in bands:
            whole = cv2.LUT(spots[top:bottom], tones)
            remaining = cv2.multiply(factor[top:bottom], whole, scale=1 / 255)
            thin(layers.stafflines, np.asarray(remaining, np.uint8), top)
        return layers


@dataclass(kw_only=True, eq=False)
class StaffLineThicken(LayersFilter):
    """Thicker staff lines. Their regions are dilated."""

    growth_mm: Parameter = LogNormal(0.035, 0.4)
    """Dilation on either side, in mm."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Thickens all lines uniformly."""
        growth = PictureSize.of_layers(layers).px(draws.strength * draws.value("growth_mm", self.growth_mm))
        ink = layers.stafflines
        spread_ink(ink, growth)
        layers.regions = layers.regions.grown(growth, staff_line_regions(layers.regions))
        return layers


@dataclass(kw_only=True, eq=False)
class UnevenRuling(LayersFilter):
    """Staff lines that deviate slightly from their positions; nothing else moves.

    Their regions move with them. (The areas of staves and measures, and `locate`, keep the original
    positions.)
    """

    swing_mm: Parameter = LogNormal(0.09, 0.4)
    """Standard deviation of the vertical displacement, in mm."""

    length_mm: Parameter = LogNormal(45, 0.3)
    """Length of an undulation in mm."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Moves the lines; neighbouring lines move similarly."""
        size = PictureSize.of_layers(layers)
        swing = size.px(draws.strength * draws.value("swing_mm", self.swing_mm))
        length = draws.value("length_mm", self.length_mm)
        shape = max(4, round(size.height_mm / _STEP_MM)), max(4, round(size.width_mm / _STEP_MM))
        field = smooth_field(draws.rng, size, length / 2, shape)
        field = field + 0.35 * smooth_field(draws.rng, size, 10.0, shape, aspect=length / 20)
        displacements = swing * np.clip(field, -3, 3)
        fine = np.asarray(refined(displacements.astype(np.complex128), _PARTS, _PARTS).real, np.float32)
        pixel_map = VerticalSwing(fine, size.width, size.height)
        ink = layers.stafflines
        bands = bands_with_ink(ink.coverage, int(np.ceil(np.abs(fine).max())) + _MARGIN_PX)
        ink.coverage = pixel_map.moved(ink.coverage, bands)
        if not isinstance(ink.color, tuple):
            ink.color = pixel_map.moved(ink.color, bands)
        layers.regions = moved(layers.regions, pixel_map, staff_line_regions(layers.regions))
        return layers


def moved(regions: Regions, pixel_map: PixelMap, where: NDArray[np.bool_]) -> Regions:
    """Moves the regions in `where` by a map; all others stay unchanged."""
    chosen = np.flatnonzero(where)
    outlines = regions.outlines.replaced(chosen, regions.chosen(chosen).moved(pixel_map).outlines)
    return replace(regions, outlines=outlines, bboxes=outlines.bboxes())
