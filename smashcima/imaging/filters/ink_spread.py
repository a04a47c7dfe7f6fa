"""Filters for ink that spreads or drips."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from smashcima.imaging import InkLayer, LayerSet
from smashcima.imaging.filters.distractors import BLOT, DistractorMask, draw_distractors
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import LayersFilter
from smashcima.imaging.filters.grain import grain, gray_tile
from smashcima.imaging.filters.ink_layers import bands_with_ink, recolor, written, written_regions
from smashcima.imaging.filters.parameters import LogNormal, Parameter
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import Plane


@dataclass(kw_only=True, eq=False)
class InkBleed(LayersFilter):
    """Ink that has spread into the fibres of the paper: wider strokes with softer and rougher edges."""

    spread_mm: Parameter = LogNormal(0.03, 0.4)
    """Distance of the spread beyond the edge, in mm."""

    roughness: Parameter = LogNormal(0.35, 0.3)
    """Roughness of the edge: 0 = smooth, 1 = as large as the spread."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Spreads the ink and dilates its regions."""
        size = PictureSize.of_layers(layers)
        spread = size.px(draws.strength * draws.value("spread_mm", self.spread_mm))
        roughness = min(draws.value("roughness", self.roughness), 1.5)
        tile = rough_tile(gray_tile(max(0.5, round(size.px(0.06) * 2) / 2)), spread, roughness)
        texture = grain(draws.rng, size.width, size.height, tile)
        for ink in written(layers):
            spread_ink(ink, spread, texture)
        # Rough edges extend further in places.
        reach = spread * (1 + 0.5 * min(roughness, 1.0))
        layers.regions = layers.regions.grown(reach, written_regions(layers))
        return layers


def spread_ink(ink: InkLayer, spread_px: float, texture: Plane | None = None) -> None:
    """Dilates the coverage of a layer by `spread_px`, in place; covered pixels stay covered, and new ink takes the nearest colour.

    Blurs the coverage; the level of the blur at this distance from a straight edge becomes the new edge. `texture` consists of
    blocks of a `rough_tile`.
    """
    if isinstance(ink.color, tuple):
        _spread(ink.coverage, spread_px, texture)
        return
    wider = ink.coverage.copy()
    _spread(wider, spread_px, texture)
    recolor(ink, wider)


def _spread(coverage: Plane, spread_px: float, texture: Plane | None) -> None:
    import cv2

    sigma, level, slope = _blurred_edge(spread_px)
    # A side of 3 without a sigma means the weights 1, 2, 1.
    side, blur = (2 * math.ceil(2.2 * sigma) + 1, sigma) if sigma > _LEAST_SIGMA else (3, 0.0)
    table = np.clip((np.arange(256) - level) / slope + 0.5, 0, 1) * 255
    table[0] = 0
    tones = np.rint(table).astype(np.uint8)
    target = result = coverage[:0]
    for rows, around, columns in _near_ink(coverage, side // 2):
        soft = cv2.GaussianBlur(coverage[around, columns], (side, side), blur, borderType=cv2.BORDER_CONSTANT)
        # Rows are changed only now that those below them are blurred, too.
        target[:] = result
        inner = slice(rows.start - around.start, rows.stop - around.start)
        soft, target = soft[inner], coverage[rows, columns]
        if texture is not None:
            cv2.multiply(soft, texture[rows, columns], dst=soft, scale=1 / 128)
        result = np.asarray(cv2.max(cv2.LUT(soft, tones), target), np.uint8)
    target[:] = result


def rough_tile(tile: Plane, spread_px: float, roughness: float) -> Plane:
    """Factors (128 = 1) by which the grains of a tile of gray noise move the edge of ink that spreads."""
    import cv2

    _, level, slope = _blurred_edge(spread_px)
    # Factors around 1, so that nothing appears far from ink; uniform noise has a standard deviation of 0.29 of its range.
    share = min(roughness * spread_px * slope / level / 0.29, 1.6)
    factors = np.rint(128 + share * (np.arange(256) - 127.5) / 2).clip(0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(tile, factors), np.uint8)


_LEAST_SIGMA = math.sqrt(0.5)
"""The standard deviation of the weights 1, 2, 1, with which OpenCV blurs three times as fast as with any others."""


def _blurred_edge(spread_px: float) -> tuple[float, float, float]:
    """The sigma of the blur, and the level and the slope (levels per pixel) of a blurred edge at the distance of the spread."""
    sigma = max(spread_px * 1.1, _LEAST_SIGMA)
    level = 255 * 0.5 * math.erfc(spread_px / (sigma * math.sqrt(2)))
    slope = 255 * math.exp(-((spread_px / sigma) ** 2) / 2) / (sigma * math.sqrt(2 * math.pi))
    return sigma, level, slope


_BAND_ROWS = 64
"""Height of bands of ink, which fit into the processor cache."""


def _near_ink(coverage: Plane, reach_px: int) -> Iterator[tuple[slice, slice, slice]]:
    """Rows of bands of a plane that are up to `reach_px` from ink, the rows around them that determine them, and their columns.

    No other pixels are that near. Later bands need no rows of an earlier one other than the last.
    """
    height, width = coverage.shape
    # Staff lines are on few rows.
    for first, last in bands_with_ink(coverage, reach_px):
        for top in range(first, last, max(_BAND_ROWS, reach_px)):
            rows = slice(top, min(top + max(_BAND_ROWS, reach_px), last))
            around = slice(max(rows.start - reach_px, 0), min(rows.stop + reach_px, height))
            found = np.flatnonzero(coverage[around].max(axis=0))
            if len(found):
                columns = slice(max(int(found[0]) - reach_px, 0), min(int(found[-1]) + reach_px + 1, width))
                yield rows, around, columns


@dataclass(kw_only=True, eq=False)
class Blots(LayersFilter):
    """Drops and splashes of ink, annotated as distractors."""

    count: Parameter = LogNormal(3, 0.7)
    """Number at strength 1."""

    size_mm: Parameter = LogNormal(0.7, 0.5)
    """Diameter in mm."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Draws the blots in the colour of the ink, above it."""
        rng, size = draws.rng, PictureSize.of_layers(layers)
        count = min(round(draws.strength * draws.value("count", self.count)), 80)
        diameter_mm = draws.value("size_mm", self.size_mm)
        marks = []
        for _ in range(count):
            diameter = size.px(min(diameter_mm * float(rng.lognormal(0, 0.5)), 6.0))
            place = rng.uniform(0.02, 0.98, 2) * (size.width, size.height)
            mask = _drop(rng, max(diameter, 1.5))
            left, top = (np.rint(place - np.array(mask.shape[::-1]) / 2)).astype(int).tolist()
            marks.append(DistractorMask(BLOT, left, top, mask))
        draw_distractors(layers, marks, self.name, _ink_color(layers))
        return layers


def _ink_color(layers: LayerSet) -> tuple[int, int, int]:
    ink: InkLayer = next(written(layers))
    return ink.color if isinstance(ink.color, tuple) else (40, 40, 40)


def _drop(rng: np.random.Generator, diameter_px: float) -> Plane:
    """The mask of a drop: round, with some bulges, and with a paler centre if it is large."""
    side = math.ceil(diameter_px * 1.8) + 3
    steps = np.arange(side) - (side - 1) / 2
    x, y = np.meshgrid(steps, steps)
    angle = np.arctan2(y, x)
    edge = np.full_like(x, diameter_px / 2)
    for wave in range(2, 7):
        edge *= 1 + 0.12 / wave * rng.normal() * np.cos(wave * angle + rng.uniform(0, 6.3))
    inside = np.clip(edge - np.hypot(x, y) + 0.5, 0, 1)
    paler = 0.12 * np.clip(1 - np.hypot(x, y) / np.maximum(edge, 1), 0, 1)
    return np.asarray(np.rint(255 * inside * (0.97 - paler)), np.uint8)
