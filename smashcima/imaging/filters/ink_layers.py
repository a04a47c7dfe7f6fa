"""Common operations of ink filters: finding, thinning and recolouring ink."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import InkLayer, LayerSet, Regions
from smashcima.imaging.filters.distractors import DISTRACTOR_LAYER, STAFF_LINE, Distractor
from smashcima.imaging.filters.smooth_noise import Plane
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import VisualObject
from smashcima.scene.visual.view import STAFFLINES_LAYER


def written(layers: LayerSet) -> Iterator[InkLayer]:
    """All layers of music except the staff lines."""
    for name, ink in layers:
        if name != STAFFLINES_LAYER and not name.startswith(DISTRACTOR_LAYER):
            yield ink


def staff_line_regions(regions: Regions) -> NDArray[np.bool_]:
    """(n,): which regions are ink on the layer of the staff lines."""
    return np.array(
        [
            (isinstance(found, VisualObject) and found.layer == STAFFLINES_LAYER) or _is_empty_line(found)
            for found in regions.scene_objects
        ],
        bool,
    )


def _is_empty_line(found: SceneObject) -> bool:
    """Whether it is a line of a staff without music, which a filter has added."""
    return isinstance(found, Distractor) and found.label == STAFF_LINE


def written_regions(layers: LayerSet) -> NDArray[np.bool_]:
    """(n,): which regions are ink on written layers, excluding staff lines, areas around ink, and distractors."""
    regions = layers.regions
    music = [not isinstance(found, Distractor) for found in regions.scene_objects]
    return np.asarray((regions.drawn >= 0) & np.array(music, bool) & ~staff_line_regions(regions))


def thin(ink: InkLayer, factor: Plane, top: int = 0) -> None:
    """Multiplies the coverage of a layer, or of a band of rows from `top` on, by factors from 0 to 255 (= 1), in place."""
    import cv2

    rows = slice(top, top + len(factor))
    cv2.multiply(ink.coverage[rows], factor, dst=ink.coverage[rows], scale=1 / 255)
    if not isinstance(ink.color, tuple):
        cv2.multiply(ink.color[rows], cv2.merge([factor, factor, factor]), dst=ink.color[rows], scale=1 / 255)


def bands_with_ink(coverage: Plane, margin_px: int = 0) -> list[tuple[int, int]]:
    """First rows, and rows after the last, of the bands that contain all ink with a margin above and below."""
    import cv2

    near = coverage.max(axis=1, initial=0)
    if margin_px:
        around = np.ones((2 * margin_px + 1, 1), np.uint8)
        near = np.asarray(cv2.dilate(near[:, np.newaxis], around), np.uint8)[:, 0]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], near > 0, [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def recolor(ink: InkLayer, coverage: Plane) -> None:
    """Sets the coverage of a layer; if it has several colours, new ink takes the nearest one."""
    if not isinstance(ink.color, tuple):
        ink.color = _spread_colors(ink.color, ink.coverage, coverage)
    ink.coverage = coverage


def _spread_colors(color: NDArray[np.uint8], before: Plane, after: Plane) -> NDArray[np.uint8]:
    """Converts colours premultiplied by the coverage before to colours premultiplied by the coverage after."""
    import cv2

    # The mean colour of the surroundings, weighted by the amount of ink.
    side = 7
    weight = cv2.blur(before, (side, side), borderType=cv2.BORDER_CONSTANT).astype(np.float32)
    mixed = cv2.blur(color, (side, side), borderType=cv2.BORDER_CONSTANT).astype(np.float32)
    ratio = after.astype(np.float32) / np.maximum(weight, 1.0)
    return np.clip(np.rint(mixed * ratio[:, :, np.newaxis]), 0, after[:, :, np.newaxis]).astype(np.uint8)
