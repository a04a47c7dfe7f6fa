"""Ink that gathers where a pen stops and where strokes cross."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import LayerSet, Regions
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import LayersFilter
from smashcima.imaging.filters.ink_layers import recolor, thin, written
from smashcima.imaging.filters.parameters import LogNormal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.imaging.filters.smooth_noise import Plane
from smashcima.scene.visual import Label

_REACH_MM = 0.2
"""Standard deviation of the blur that tells how much ink is near."""

_LITTLE, _MUCH = 0.2, 0.7
"""Blurred coverage from which on ink is dark, and at which it is darkest: those of a thin stroke, and of a crossing or head."""

_STROKES = ("stem", "beam", "hairpin")
"""Names of straight strokes with two ends. (Drops on ledger lines would look like dots.)"""

_LONG = 1.5
"""Length of a drop along the stroke, relative to its width."""

_DARKER = 1.15
"""Ink of a drop, relative to that of its stroke."""


@dataclass(kw_only=True, eq=False)
class PooledInk(LayersFilter):
    """Pooled ink: heads, thick strokes and crossings are darker than thin strokes, and strokes end in drops."""

    amount: Parameter = LogNormal(0.2, 0.4)
    """Fraction of ink that thin strokes lack."""

    ends: Parameter = Uniform(0.05, 0.4)
    """Fraction of the ends of stems, beams and hairpins with a drop."""

    drop_mm: Parameter = LogNormal(0.16, 0.25)
    """Radius of the drops in mm."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Draws the drops, dilates the regions of their strokes, and fades what is thin."""
        size = PictureSize.of_layers(layers)
        amount = min(draws.strength * draws.value("amount", self.amount), 0.85)
        share = min(draws.strength * draws.value("ends", self.ends), 1.0)
        radius = size.px(draws.value("drop_mm", self.drop_mm))
        strokes, ends, upright = _ends(layers.regions)
        chosen = draws.rng.random(len(ends)) < share
        radii = radius * draws.rng.lognormal(0, 0.25, len(ends))
        for ink in written(layers):
            drops = _drops(ink.coverage, ends[chosen], radii[chosen], upright[chosen])
            if drops is not None:
                recolor(ink, drops)
            thin(ink, _kept(ink.coverage, size.px(_REACH_MM), amount))
        grown = np.zeros(len(layers.regions), bool)
        grown[strokes[chosen]] = True
        layers.regions = layers.regions.grown(0.5 * radius, grown)
        return layers


def _ends(regions: Regions) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.bool_]]:
    """For each end of a stroke: the index of its region (n,), the place in pixels (n, 2), and whether it is upright (n,)."""
    indices, places, upright = [], [], []
    outlines = regions.outlines
    for index, label in enumerate(regions.labels):
        if Label.of(label).name not in _STROKES or regions.drawn[index] < 0:
            continue
        left, top, right, bottom = regions.bboxes[index].tolist()
        if not np.isfinite(left):
            continue
        points = outlines.points[outlines.shape_starts[index] : outlines.shape_starts[index + 1]]
        along = 0 if right - left > bottom - top else 1
        order = points[:, along]
        for limit, inside in ((order.min(), 1.0), (order.max(), -1.0)):
            end = points[np.abs(order - limit) < 1.5].mean(axis=0)
            end[along] = limit + inside
            indices.append(index)
            places.append(end)
            upright.append(along == 1)
    return (
        np.array(indices, np.int64),
        np.array(places, np.float64).reshape(-1, 2),
        np.array(upright, bool),
    )


def _drops(
    coverage: Plane, places: NDArray[np.float64], radii: NDArray[np.float64], upright: NDArray[np.bool_]
) -> Plane | None:
    """The coverage with drops at those places where it has ink; `None` without any."""
    height, width = coverage.shape
    result: Plane | None = None
    for (x, y), radius, is_upright in zip(places.tolist(), radii.tolist(), upright.tolist(), strict=True):
        reach = int(np.ceil(_LONG * radius)) + 1
        rows = slice(max(int(y) - reach, 0), min(int(y) + reach + 1, height))
        columns = slice(max(int(x) - reach, 0), min(int(x) + reach + 1, width))
        near = coverage[max(int(y) - 1, 0) : int(y) + 2, max(int(x) - 1, 0) : int(x) + 2]
        level = float(near.max(initial=0)) if rows.stop > rows.start and columns.stop > columns.start else 0.0
        if not level:
            continue
        result = coverage.copy() if result is None else result
        down = (np.arange(rows.start, rows.stop) + 0.5 - y) / (_LONG if is_upright else 1)
        across = (np.arange(columns.start, columns.stop) + 0.5 - x) / (1 if is_upright else _LONG)
        inside = np.clip(radius - np.hypot(down[:, np.newaxis], across) + 0.5, 0, 1)
        drop = np.rint(inside * min(_DARKER * level, 255)).astype(np.uint8)
        np.maximum(result[rows, columns], drop, out=result[rows, columns])
    return result


def _kept(coverage: Plane, reach_px: float, amount: float) -> Plane:
    """Factors from 0 to 255: little where little ink is near."""
    import cv2

    # The blur leaves nothing that needs more than half of the resolution.
    height, width = coverage.shape
    half = ((width + 1) // 2, (height + 1) // 2)
    small = cv2.resize(coverage, half, interpolation=cv2.INTER_AREA)
    near = cv2.GaussianBlur(small, (0, 0), max(reach_px / 2, 0.4), borderType=cv2.BORDER_CONSTANT)
    much = np.clip((np.arange(256) / 255 - _LITTLE) / (_MUCH - _LITTLE), 0, 1)
    table = 255 * (1 - amount * (1 - much * much * (3 - 2 * much)))
    kept = cv2.LUT(near, np.rint(table).astype(np.uint8))
    return np.asarray(cv2.resize(kept, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)
