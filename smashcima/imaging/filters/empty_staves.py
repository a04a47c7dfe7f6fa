"""Staves without music: the rest of a page that was ruled before it was written."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry.ruling import empty_tops, staff_step
from smashcima.imaging import InkLayer, LayerSet, ProjectiveMap, Regions
from smashcima.imaging.filters.distractors import STAFF, STAFF_LINE, Distractor, joined
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.filter_types import LayersFilter
from smashcima.imaging.filters.parameters import Normal, Parameter, Uniform
from smashcima.imaging.filters.picture_size import PictureSize
from smashcima.scene.visual import Label

_BESIDE_SS = 0.45
"""Rows above and below a staff that are copied with it, in staff spaces."""

_FREE_SS = 0.8
"""Least distance of ink from an empty staff."""

_MOST = 24


@dataclass(kw_only=True, eq=False)
class EmptyStaves(LayersFilter):
    """Empty staves below the music, down to the foot of the page, as on ruled paper.

    They are labelled like other staves and lines: `smashcima::staff` and `smashcima::staffLine`, with no notes, and belong to no
    system. Where there is ink, such as a number of the page, there is no staff.
    """

    foot_mm: Parameter = Uniform(10, 30)
    """Height of the margin at the foot in mm; not affected by the strength."""

    distance: Parameter = Normal(1.0, 0.05)
    """Distance between two of them, relative to the median distance of the staves of the page."""

    def change_layers(self, layers: LayerSet, draws: Draws) -> LayerSet:
        """Copies the lines of staves of the page, mirrored, so that their unevenness does not recur."""
        size = PictureSize.of_layers(layers)
        foot = size.height - size.px(max(draws.value("foot_mm", self.foot_mm), 0.0))
        distance = float(np.clip(draws.value("distance", self.distance), 0.6, 2.0))
        staves = _staves(layers.regions)
        if not len(staves):
            return layers
        boxes = layers.regions.bboxes[staves]
        tops, high = np.sort(boxes[:, 1]), float(np.median(boxes[:, 3] - boxes[:, 1]))
        step = distance * staff_step(tops.tolist(), high)
        # Those that are indented, or end early, do not recur.
        widths = boxes[:, 2] - boxes[:, 0]
        usual = staves[widths > 0.97 * widths.max()]
        added, number = layers.regions, 0
        for top in empty_tops(float(tops[-1]) + step, step, high, foot)[: _MOST - 1]:
            source = int(usual[draws.rng.integers(len(usual))])
            shift = draws.rng.normal(0, size.px(0.3))
            if _is_free(layers, top, high, boxes):
                number += 1
                moved = _mirrored(layers.regions.bboxes[source], top, float(shift))
                _copy(layers.stafflines, layers.regions.bboxes[source], moved)
                added = _with_staff(added, layers.regions, source, moved, number)
        layers.regions = added
        return layers


def _staves(regions: Regions) -> NDArray[np.int64]:
    """Indices of the regions of staves that are in the picture."""
    found = [Label.of(label).name == "staff" for label in regions.labels]
    return np.flatnonzero(np.array(found, bool) & np.isfinite(regions.bboxes[:, 0]))


def _is_free(layers: LayerSet, top: float, high: float, staves: NDArray[np.float64]) -> bool:
    """Whether there is no ink on and beside a staff at this place."""
    margin = _FREE_SS * high / 4
    rows = slice(max(int(top - margin), 0), int(top + high + margin) + 1)
    columns = slice(max(int(staves[:, 0].min()), 0), int(staves[:, 2].max()) + 1)
    return not any(ink.coverage[rows, columns].any() for _, ink in layers)


def _mirrored(box: NDArray[np.float64], top: float, shift: float) -> ProjectiveMap:
    """Maps a staff to its mirror image at another height; whole pixels, so that lines stay as sharp as they are."""
    across = round(float(box[0] + box[2]) + shift)
    return ProjectiveMap(
        np.array([[-1, 0, across], [0, 1, round(top - float(box[1]))], [0, 0, 1]], np.float64)
    )


def _copy(ink: InkLayer, box: NDArray[np.float64], moved: ProjectiveMap) -> None:
    """Copies the pixels of a staff."""
    matrix = moved.matrix
    assert matrix is not None  # it is affine
    across, down = int(matrix[0, 2]), int(matrix[1, 2])
    beside = _BESIDE_SS * (box[3] - box[1]) / 4
    height, width = ink.coverage.shape
    rows = np.arange(max(int(box[1] - beside), 0), min(int(box[3] + beside) + 1, height - down))
    columns = np.arange(max(0, across - width), min(width, across))
    planes = [ink.coverage] if isinstance(ink.color, tuple) else [ink.coverage, ink.color]
    for plane in planes:
        plane[np.ix_(rows + down, across - 1 - columns)] = plane[np.ix_(rows, columns)]


def _with_staff(added: Regions, page: Regions, source: int, moved: ProjectiveMap, number: int) -> Regions:
    """Regions with those of a moved staff and its lines."""
    box = page.bboxes[source]
    middles = (page.bboxes[:, 1] + page.bboxes[:, 3]) / 2
    beside = (box[3] - box[1]) / 8
    inside = (middles > box[1] - beside) & (middles < box[3] + beside)
    inside &= (page.bboxes[:, 0] < box[2]) & (page.bboxes[:, 2] > box[0])
    lines = np.flatnonzero(inside & np.array([Label.of(label).name == "staffLine" for label in page.labels]))
    chosen = np.concatenate([[source], lines]).astype(np.int64)
    outlines = joined(added.outlines, page.chosen(chosen).moved(moved).outlines)
    name = f"emptyStaff-{number}"
    ids = [name, *(f"{name}-line-{line}" for line in range(1, len(lines) + 1))]
    labels = [STAFF, *[STAFF_LINE] * len(lines)]
    return replace(
        added,
        ids=(*added.ids, *ids),
        labels=(*added.labels, *labels),
        scene_objects=(*added.scene_objects, *(Distractor(label) for label in labels)),
        outlines=outlines,
        bboxes=outlines.bboxes(),
        drawn=np.concatenate([added.drawn, page.drawn[chosen]]).astype(np.int32),
        visible=np.concatenate([added.visible, np.ones(len(chosen))]),
    )
