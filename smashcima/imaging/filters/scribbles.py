"""Filters for notes in pencil, corrections and stains."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import InkLayer, LayerSet
from smashcima.imaging.filters.absorption import absorb
from smashcima.imaging.filters.distractors import (
    CORRECTION,
    DISTRACTOR_LAYER,
    SCRIBBLE,
    STAIN,
    DistractorMask,
    add_distractor_regions,
    draw_distractors,
)
from smashcima.imaging.filters.doodles import KINDS, doodle, draw_strokes
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import LayersFilter
from smashcima.imaging.filters.ink_layers import written_regions
from smashcima.imaging.filters.parameters import LogNormal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.scene.visual import Label

_TOOLS = {
    "pencil": ((88, 86, 86), 0.75),
    "blue pen": ((120, 52, 30), 0.0),
    "red pencil": ((62, 60, 196), 0.6),
    "ink": ((46, 40, 40), 0.05),
}
"""Colour (BGR) and roughness of writing tools."""


@dataclass(kw_only=True, eq=False)
class Scribbles(LayersFilter):
    """Rings, ticks, arrows, wavy lines and words of a teacher or player, annotated as distractors."""

    count: Parameter = LogNormal(3, 0.6)
    """Number at strength 1."""

    size_mm: Parameter = LogNormal(11, 0.4)
    """Size of each scribble in mm."""

    width_mm: Parameter = LogNormal(0.42, 0.25)
    """Width of the strokes in mm."""

    tools: tuple[str, ...] = tuple(_TOOLS)
    """Pens, one of which is drawn for each page: `pencil`, `blue pen`, `red pencil`, `ink`."""

    kinds: tuple[str, ...] = KINDS
    """Types of scribbles, one of which is drawn for each scribble."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Draws scribbles above everything."""
        rng, size = draws.rng, PictureSize.of_layers(layers)
        count = min(round(draws.strength * draws.value("count", self.count)), 60)
        color, roughness = _TOOLS[draws.choice("tool", self.tools)]
        extent_mm = draws.value("size_mm", self.size_mm)
        width = draws.value("width_mm", self.width_mm)
        px_per_mm = size.px(1.0)
        marks = []
        for _ in range(count):
            kind = self.kinds[int(rng.integers(len(self.kinds)))]
            largest = 0.8 * min(size.width_mm, size.height_mm)
            strokes = doodle(rng, kind, min(extent_mm * float(rng.lognormal(0, 0.3)), largest))
            place = rng.uniform(0.04, 0.96, 2) * (size.width, size.height)
            left, top, mask = draw_strokes(rng, strokes, px_per_mm, width, roughness)
            marks.append(DistractorMask(SCRIBBLE, left + round(place[0]), top + round(place[1]), mask))
        draw_distractors(layers, marks, self.name, color)
        return layers


@dataclass(kw_only=True, eq=False)
class Corrections(LayersFilter):
    """White fluid, or an erased and scraped place, on which the music was written again.

    It covers staff lines and lies below the ink, so no symbol is hidden. Annotated as distractors.
    """

    count: Parameter = LogNormal(2, 0.6)
    """Number at strength 1."""

    size_mm: Parameter = LogNormal(9, 0.4)
    """Width of each correction in mm."""

    covering: Parameter = Uniform(0.5, 0.92)
    """Opacity: fluid hides almost everything, an eraser half."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Places corrections on staff lines, if there are any."""
        rng, size = draws.rng, PictureSize.of_layers(layers)
        count = min(round(draws.strength * draws.value("count", self.count)), 40)
        extent_mm = draws.value("size_mm", self.size_mm)
        covering = float(np.clip(draws.value("covering", self.covering), 0, 1))
        places = _staff_places(layers, rng, count)
        marks = [
            _patch(
                rng, size, min(extent_mm * float(rng.lognormal(0, 0.3)), size.width_mm / 2), place, covering
            )
            for place in places
        ]
        if not marks:
            return layers
        music = dict(layers.inks)
        draw_distractors(
            layers,
            marks,
            self.name,
            _paper_color(layers, rng),
            opaque=True,
            lies_below=written_regions(layers),
        )
        name = f"{DISTRACTOR_LAYER} {self.name}"
        if name in layers.inks:
            patch = layers.inks[name]
            order: dict[str, InkLayer] = {}
            for key, ink in music.items():
                order[key] = ink
                if key == "stafflines":
                    order[name] = patch
            layers.inks = order if name in order else {name: patch, **order}
        return layers


def _staff_places(layers: LayerSet, rng: np.random.Generator, count: int) -> NDArray[np.float64]:
    """(count, 2): points in pixels, on staves if there are any."""
    boxes = layers.regions.bboxes[[Label.of(label).name == "staff" for label in layers.regions.labels]]
    boxes = boxes[np.isfinite(boxes).all(axis=1)] if len(boxes) else boxes
    shares = rng.random((count, 2))
    if len(boxes) == 0:
        return np.asarray(shares * (layers.grid.width, layers.grid.height))
    chosen = boxes[rng.integers(0, len(boxes), count)]
    return np.asarray(chosen[:, :2] + shares * (chosen[:, 2:] - chosen[:, :2]))


def _paper_color(layers: LayerSet, rng: np.random.Generator) -> tuple[int, int, int]:
    """A colour slightly brighter and less yellow than the paper."""
    paper = layers.paper.bitmap[:: max(1, layers.grid.height // 50), :: max(1, layers.grid.width // 50)]
    mean = paper[:, :, :3].reshape(-1, 3).mean(axis=0) if paper[:, :, 3].min() == 255 else np.full(3, 250.0)
    blue, green, red = (
        round(float(value)) for value in np.minimum(mean * 0.6 + 102 - rng.uniform(0, 10), 254)
    )
    return blue, green, red


def _patch(
    rng: np.random.Generator, size: PictureSize, width_mm: float, place: NDArray[np.float64], covering: float
) -> DistractorMask:
    """A patch of a few adjacent strokes of a broad brush."""
    rows = int(rng.integers(1, 4))
    brush = width_mm * rng.uniform(0.2, 0.35)
    strokes = []
    for row in range(rows):
        y = (row - (rows - 1) / 2) * brush * 0.75
        ends = np.array([(-width_mm / 2, y), (width_mm / 2, y)]) + rng.normal(0, 0.06 * width_mm, (2, 2))
        strokes.append(np.linspace(ends[0], ends[1], 12) + rng.normal(0, 0.02 * width_mm, (12, 2)))
    left, top, mask = draw_strokes(rng, strokes, size.px(1.0), brush, 0.0)
    solid = np.rint(mask * covering).astype(np.uint8)
    return DistractorMask(CORRECTION, left + round(float(place[0])), top + round(float(place[1])), solid)


@dataclass(kw_only=True, eq=False)
class Stains(LayersFilter):
    """Rings of cups, splashes and drops with a dark rim. They are on the paper, so ink shows through."""

    count: Parameter = LogNormal(2, 0.6)
    """Number at strength 1."""

    size_mm: Parameter = LogNormal(16, 0.6)
    """Diameter of each stain in mm."""

    depth: Parameter = LogNormal(0.13, 0.4)
    """Fraction of light absorbed."""

    kinds: tuple[str, ...] = ("drop", "ring", "water")
    """Types of stains, one of which is drawn for each stain."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Draws the stains on paper and annotates them as distractors."""
        rng, size = draws.rng, PictureSize.of_layers(layers)
        count = min(round(draws.strength * draws.value("count", self.count)), 40)
        extent_mm = draws.value("size_mm", self.size_mm)
        depth = min(draws.strength * draws.value("depth", self.depth), 0.8)
        marks = []
        for _ in range(count):
            kind = self.kinds[int(rng.integers(len(self.kinds)))]
            diameter = float(
                np.clip(extent_mm * rng.lognormal(0, 0.5), 2, 0.7 * min(size.width_mm, size.height_mm))
            )
            place = rng.uniform(0, 1, 2) * (size.width, size.height)
            mark = _stain(layers, rng, kind, size.px(diameter), place, depth)
            if mark is not None:
                marks.append(mark)
        add_distractor_regions(layers, marks)
        return layers


def _stain(
    layers: LayerSet,
    rng: np.random.Generator,
    kind: str,
    diameter_px: float,
    place: NDArray[np.float64],
    depth: float,
) -> DistractorMask | None:
    """Darkens the paper at a place; returns the stain, or `None` without paper."""
    import cv2

    side = max(round(diameter_px * 1.5), 6)
    left, top = (np.rint(place - side / 2)).astype(int).tolist()
    profile = _profile(rng, kind)
    clear = (slice(max(top, 0), max(top + side, 0)), slice(max(left, 0), max(left + side, 0)))
    paper = layers.paper.bitmap[clear]
    if paper.size == 0 or int(paper[:, :, 3].min()) < 255:
        return None
    full = cv2.resize(np.rint(255 * profile).astype(np.uint8), (side, side), interpolation=cv2.INTER_CUBIC)
    part = full[max(-top, 0) :, max(-left, 0) :][: paper.shape[0], : paper.shape[1]]
    color = (1.0, 0.62, 0.4) if kind != "water" else (0.55, 0.36, 0.28)
    absorb(paper, np.asarray(cv2.convertScaleAbs(part, alpha=depth), np.uint8), color)
    mask = np.asarray(cv2.convertScaleAbs(part, alpha=2.5), np.uint8)
    return DistractorMask(STAIN, max(left, 0), max(top, 0), mask)


_PROFILE_PX = 160

_ANGLES = 1024
"""Number of directions in which the edge of a stain is computed."""


@cache
def _polar() -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.intp]]:
    """X, the distance from the centre, and the number of the direction of each pixel of a profile, (_PROFILE_PX, _PROFILE_PX)."""
    steps = (np.arange(_PROFILE_PX) + 0.5) / _PROFILE_PX * 3 - 1.5
    x, y = np.meshgrid(steps, steps)
    turn = np.arctan2(y, x) / (2 * np.pi) % 1
    numbers = (np.rint(turn * _ANGLES) % _ANGLES).astype(np.intp)
    return x.astype(np.float32), np.hypot(x, y).astype(np.float32), numbers


def _profile(rng: np.random.Generator, kind: str) -> NDArray[np.float32]:
    """(_PROFILE_PX, _PROFILE_PX): darkness of a stain, 0 to 1."""
    x, distance, direction = _polar()
    angle = np.arange(_ANGLES) * (2 * np.pi / _ANGLES)
    rough = {"drop": 0.09, "ring": 0.02, "water": 0.16}[kind]
    edge = np.ones_like(angle)
    for wave in range(2, 9):
        edge += rough / wave**0.7 * rng.normal() * np.cos(wave * angle + rng.uniform(0, 6.3))
    radius = distance * (1 / np.clip(edge, 0.4, 1.45)).astype(np.float32)[direction]
    inside = 1 / (1 + np.exp(np.minimum(radius - 1, 1) * 60))
    rim = np.exp(-np.abs(1 - radius) * 22) * inside
    arc = (0.6 + 0.4 * np.cos(angle + rng.uniform(0, 6.3))).astype(np.float32)[direction]
    if kind == "ring":
        profile = np.exp(-(((radius - 0.93) / 0.045) ** 2)) * arc + 0.35 * rim * arc + 0.05 * inside
    else:
        middle = {"drop": 0.5, "water": 0.3}[kind]
        ripple = np.cos(3 * x + 2 * x.T + np.float32(rng.uniform(0, 6.3)))
        profile = inside * (middle + 0.15 * ripple) + 0.8 * rim * (0.5 + 0.5 * arc)
    return np.asarray(np.clip(profile, 0, 1), np.float32)
