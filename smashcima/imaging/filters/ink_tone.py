"""Filters for faded, broken, mottled or coloured ink."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import InkLayer, LayerSet
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import LayersFilter
from smashcima.imaging.filters.grain import grain, gray_tile
from smashcima.imaging.filters.ink_layers import thin, written
from smashcima.imaging.filters.parameters import LogNormal, Normal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import enlarged, octaves, smooth_field

_STEEP = 255 / 65
"""Slope of a ramp from 0 to 1 between the levels 190 and 255."""

_LEAST_KEPT = 0.2
"""Minimum remaining ink, so that all labelled objects stay visible."""


@dataclass(kw_only=True, eq=False)
class InkFade(LayersFilter):
    """Faded ink, with varying degree."""

    amount: Parameter = LogNormal(0.13, 0.5)
    """Mean fraction of ink that is lost."""

    lump_mm: Parameter = LogNormal(35, 0.3)
    """Size of the variations in mm."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Fades all written layers alike; at least a fifth of the ink remains."""
        size = PictureSize.of_layers(layers)
        amount = draws.strength * draws.value("amount", self.amount)
        shape = size.lattice(3.0)
        lumps = octaves(draws.rng, size, draws.value("lump_mm", self.lump_mm), shape)
        kept = np.clip(1 - amount * np.clip(1 + 0.6 * lumps, 0, 3), _LEAST_KEPT, 1)
        factor = enlarged(kept, size.width, size.height)
        for ink in written(layers):
            thin(ink, factor)
        return layers


@dataclass(kw_only=True, eq=False)
class DryPen(LayersFilter):
    """A pen that runs dry in some places: only raised parts of the paper take full ink."""

    share: Parameter = LogNormal(0.1, 0.5)
    """Fraction of the page that is affected."""

    gaps: Parameter = Uniform(0.15, 0.4)
    """Fraction of a stroke with little ink."""

    left: Parameter = Uniform(0.3, 0.6)
    """Remaining ink in the gaps, 0 to 1."""

    grain_mm: Parameter = LogNormal(0.055, 0.2)
    """Size of the paper grain in mm."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Thins the ink in some places with soft borders."""
        size = PictureSize.of_layers(layers)
        share = min(draws.strength * draws.value("share", self.share), 0.9)
        gaps = min(draws.strength * draws.value("gaps", self.gaps), 0.8)
        left = max(draws.value("left", self.left) / max(draws.strength, 1.0), 0.15)
        softness = _half_steps(size.px(draws.value("grain_mm", self.grain_mm)))
        noise = smooth_field(draws.rng, size, 14.0, size.lattice(2.0))
        # The approximate level above which this share of a normal distribution lies.
        level = 2.2 * (0.5 - share)
        where = enlarged(1 / (1 + np.exp(-5 * (noise - level))), size.width, size.height)
        grains = grain(draws.rng, size.width, size.height, gray_tile(softness))
        _lose(layers, where, grains, gaps, left)
        return layers


@dataclass(kw_only=True, eq=False)
class BrokenStrokes(LayersFilter):
    """Ink that has flaked off: small gaps, mostly in thin strokes."""

    share: Parameter = LogNormal(0.025, 0.5)
    """Fraction of ink lost where the damage is worst."""

    size_mm: Parameter = LogNormal(0.16, 0.25)
    """Size of a gap in mm."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Removes ink with varying density."""
        size = PictureSize.of_layers(layers)
        share = min(draws.strength * draws.value("share", self.share), 0.4)
        softness = _half_steps(size.px(draws.value("size_mm", self.size_mm)) / 2)
        noise = smooth_field(draws.rng, size, 30.0, size.lattice(4.0))
        where = enlarged(np.clip(0.6 + 0.5 * noise, 0.1, 1), size.width, size.height)
        spots = grain(draws.rng, size.width, size.height, gray_tile(softness))
        _lose(layers, where, spots, share, 0.05)
        return layers


def _lose(
    layers: LayerSet, where: NDArray[np.uint8], texture: NDArray[np.uint8], share: float, left: float
) -> None:
    """Removes ink where a uniform texture is lowest; `where` scales the share, `left` is the remaining ink."""
    import cv2

    # The texture is uniform from 0 to 255, so this share lies below the level. A few levels around it give a soft edge.
    edge = min(12.0, 2 * 256 * share)
    slope = 255 * (1 - left) / edge
    for top in range(0, len(where), _BAND_ROWS):
        rows = slice(top, top + _BAND_ROWS)
        limit = cv2.addWeighted(where[rows], share, where[rows], 0.0, -edge / 2)
        # A level represents values up to the next one, half a level above it on average.
        more = cv2.subtract(texture[rows], limit)
        kept = np.asarray(cv2.convertScaleAbs(more, alpha=slope, beta=255 * left + slope / 2), np.uint8)
        for ink in written(layers):
            thin(ink, kept, top)


@dataclass(kw_only=True, eq=False)
class Letterpress(LayersFilter):
    """Letterpress ink: squeezed to the edges of large areas, mottled inside, and uneven over the page."""

    mottle: Parameter = LogNormal(0.22, 0.35)
    """Maximum fraction of ink missing inside large areas."""

    unevenness: Parameter = LogNormal(0.06, 0.4)
    """Variation over the page."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Thins the ink; lines and small symbols keep all of theirs."""
        import cv2

        size = PictureSize.of_layers(layers)
        mottle = min(draws.strength * draws.value("mottle", self.mottle), 0.8)
        unevenness = draws.strength * draws.value("unevenness", self.unevenness)
        lumps = octaves(draws.rng, size, 40.0, size.lattice(4.0))
        page = enlarged(
            np.clip(1 - unevenness * np.clip(0.7 + lumps, 0, 2.5), _LEAST_KEPT, 1), size.width, size.height
        )
        texture = grain(draws.rng, size.width, size.height, gray_tile(_half_steps(size.px(0.09))))
        side = 2 * max(1, round(size.px(0.17))) + 1
        for ink in written(layers):
            inside = cv2.blur(ink.coverage, (side, side), borderType=cv2.BORDER_CONSTANT)
            inside = cv2.addWeighted(inside, _STEEP, inside, 0, -190 * _STEEP)
            lacking = cv2.multiply(inside, texture, scale=mottle / 255)
            thin(ink, np.asarray(cv2.multiply(cv2.bitwise_not(lacking), page, scale=1 / 255), np.uint8))
        return layers


_PALEST = 220
"""Brightest level of a colour of ink."""

_BAND_ROWS = 64
"""Height of bands that fit into the processor cache."""

INKS: dict[str, tuple[int, int, int]] = {
    "black": (30, 28, 28),
    "iron gall": (28, 44, 66),
    "sepia": (42, 66, 96),
    "rust": (40, 74, 122),
    "blue-black": (66, 44, 34),
    "blue": (128, 62, 40),
    "gray": (84, 82, 82),
}
"""BGR colours of dried inks."""


@dataclass(kw_only=True, eq=False)
class InkColor(LayersFilter):
    """Coloured or faded-black ink. If a page has ink of several colours, their mean becomes that colour, and they stay different."""

    inks: tuple[str, ...] = ("black", "iron gall", "sepia", "rust", "blue-black", "blue")
    """Names in `INKS`, one of which is drawn for each page."""

    variation: Parameter = Normal(0, 0.12)
    """Additional brightness relative to the colour in `INKS`."""

    staff_lines: bool = False
    """Whether staff lines have the same colour; otherwise they keep theirs, like preprinted staves."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Recolours the ink: completely at strength 1, partly below it."""
        target = np.array(INKS[draws.choice("ink", self.inks)], np.float64)
        target = np.clip(target * (1 + draws.value("variation", self.variation)), 0, 200)
        # Strengths above 1 make it only slightly paler, so that it does not turn orange.
        share = min(draws.strength, 1 + 0.15 * draws.strength)
        music = list(written(layers))
        for inks in [music, *([[layers.stafflines]] if self.staff_lines else [])]:
            shift = share * (target - _mean_color(inks))
            for ink in inks:
                _shift_color(ink, shift)
        return layers


def _mean_color(inks: list[InkLayer]) -> NDArray[np.float64]:
    """The mean colour (BGR) of all ink of some layers; black without ink."""
    import cv2

    colors = {ink.color for ink in inks if isinstance(ink.color, tuple)}
    if len(colors) == 1 and all(isinstance(ink.color, tuple) for ink in inks):
        return np.array(next(iter(colors)), np.float64)
    total, weight = np.zeros(3), 0.0
    for ink in inks:
        covered = cv2.sumElems(ink.coverage)[0] / 255
        weight += covered
        total += (
            covered * np.array(ink.color) if isinstance(ink.color, tuple) else cv2.sumElems(ink.color)[:3]
        )
    return np.asarray(total / max(weight, 1e-9))


def _shift_color(ink: InkLayer, shift: NDArray[np.float64]) -> None:
    """Adds a vector (BGR) to the colours of a layer."""
    import cv2

    if isinstance(ink.color, tuple):
        blue, green, red = np.rint(np.clip(np.array(ink.color) + shift, 0, _PALEST)).astype(int).tolist()
        ink.color = (blue, green, red)
        return
    for top in range(0, len(ink.coverage), _BAND_ROWS):
        coverage, color = ink.coverage[top : top + _BAND_ROWS], ink.color[top : top + _BAND_ROWS]
        if not cv2.countNonZero(coverage):
            continue
        parts = [cv2.convertScaleAbs(coverage, alpha=abs(value) / 255) for value in shift]
        none = np.zeros_like(coverage)
        cv2.add(
            color, cv2.merge([p if v > 0 else none for p, v in zip(parts, shift, strict=True)]), dst=color
        )
        cv2.subtract(
            color, cv2.merge([none if v > 0 else p for p, v in zip(parts, shift, strict=True)]), dst=color
        )
        # Colours are multiplied by the coverage, so that this is white.
        cv2.min(color, cv2.merge([coverage] * 3), dst=color)


def _half_steps(softness_px: float) -> float:
    """Rounds to half steps, so that pages of one resolution share few tiles."""
    return max(0.5, min(round(softness_px * 2) / 2, 24.0))
