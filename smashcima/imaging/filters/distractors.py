"""Distractors: marks that are not music, with regions and their own labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.imaging import InkLayer, LayerSet, Outlines
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import Label, outline_mask

DISTRACTOR_LAYER = "distractors"
"""Prefix of the names of layers with distractors."""

SCRIBBLE = "smashcima::distractorScribble"
CORRECTION = "smashcima::distractorCorrection"
STAIN = "smashcima::distractorStain"
BLOT = "smashcima::distractorBlot"
NEIGHBOUR = "smashcima::distractorNeighbour"
LABELS = (SCRIBBLE, CORRECTION, STAIN, BLOT, NEIGHBOUR)
"""Labels of all distractors."""

STAFF, STAFF_LINE = "smashcima::staff", "smashcima::staffLine"
"""Labels of staves without music, which filters add, and of their lines: not those of distractors."""


class Distractor(SceneObject):
    """Mark added by a filter. It belongs to no scene: another image of the page has other marks."""

    label: str
    """One of `LABELS`, or `STAFF` or `STAFF_LINE`."""


@dataclass(frozen=True, slots=True, eq=False)
class DistractorMask:
    """Distractor with its coverage and position."""

    label: str
    left: int
    top: int
    """Position of the mask, in pixels of the page; it may extend beyond the page."""

    mask: NDArray[np.uint8]
    """(height_px, width_px), 0 to 255."""


def add_distractor_regions(
    layers: LayerSet, marks: Sequence[DistractorMask], lies_below: NDArray[np.bool_] | None = None
) -> None:
    """Adds a region for the part of each mark inside the page.

    Marks are drawn above everything, or below the regions in `lies_below` (n,).
    """
    ids, labels, objects, contours = [], [], [], []
    counts = {label: sum(known == label for known in layers.regions.labels) for label in LABELS}
    for mark in marks:
        clipped = _clipped(mark, layers.grid.width, layers.grid.height)
        if clipped is None or not (clipped.mask > _SEEN).any():
            continue
        outline = outline_mask(clipped.mask > _SEEN)
        rings = tuple(ring + (clipped.left, clipped.top) for ring in outline.rings)
        counts[mark.label] = counts.get(mark.label, 0) + 1
        ids.append(f"{Label.of(mark.label).name}-{counts[mark.label]}")
        labels.append(mark.label)
        objects.append(Distractor(mark.label))
        contours.append(Contours(rings))
    if ids:
        added = Outlines.of(contours, [(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)] * len(contours))
        old = layers.regions
        outlines = joined(old.outlines, added)
        drawn = np.arange(len(ids), dtype=np.int32)
        if lies_below is None:
            before, drawn = old.drawn, drawn + (int(old.drawn.max(initial=-1)) + 1)
        else:
            # The drawing order of the ink above is shifted to make room for them.
            above = lies_below & (old.drawn >= 0)
            start = int(old.drawn[~lies_below].max(initial=-1)) + 1
            before, drawn = old.drawn + np.where(above, len(ids), 0).astype(np.int32), drawn + start
        layers.regions = replace(
            old,
            ids=(*old.ids, *ids),
            labels=(*old.labels, *labels),
            scene_objects=(*old.scene_objects, *objects),
            outlines=outlines,
            bboxes=outlines.bboxes(),
            drawn=np.concatenate([before, drawn]).astype(np.int32),
            visible=np.concatenate([old.visible, np.ones(len(ids))]),
        )


_SEEN = 24
"""Minimum coverage of a pixel that belongs to a mark."""


def joined(first: Outlines, second: Outlines) -> Outlines:
    """Concatenates the shapes of both."""
    points, rings = len(first.points), len(first.ring_starts) - 1
    return Outlines(
        np.concatenate([first.points, second.points]),
        np.concatenate([first.following, second.following + points]),
        np.concatenate([first.ring_starts, second.ring_starts[1:] + points]),
        np.concatenate([first.shape_rings, second.shape_rings[1:] + rings]),
    )


def draw_distractors(
    layers: LayerSet,
    marks: Sequence[DistractorMask],
    name: str,
    color: tuple[int, int, int],
    opaque: bool = False,
    lies_below: NDArray[np.bool_] | None = None,
) -> None:
    """Draws marks as a layer above all others, and adds their regions (see `add_distractor_regions`)."""
    drawn = [clipped for mark in marks if (clipped := _clipped(mark, layers.grid.width, layers.grid.height))]
    if not drawn:
        return
    coverage = np.zeros((layers.grid.height, layers.grid.width), np.uint8)
    for mark in drawn:
        rows, columns = mark.mask.shape
        area = coverage[mark.top : mark.top + rows, mark.left : mark.left + columns]
        np.maximum(area, mark.mask, out=area)
    layers.inks[f"{DISTRACTOR_LAYER} {name}"] = InkLayer(coverage, color, opaque)
    add_distractor_regions(layers, drawn, lies_below)


def _clipped(mark: DistractorMask, width: int, height: int) -> DistractorMask | None:
    """Part of a mark inside the page."""
    rows, columns = mark.mask.shape
    left, top = max(mark.left, 0), max(mark.top, 0)
    right, bottom = min(mark.left + columns, width), min(mark.top + rows, height)
    if right <= left or bottom <= top:
        return None
    mask = mark.mask[top - mark.top : bottom - mark.top, left - mark.left : right - mark.left]
    return DistractorMask(mark.label, left, top, mask)
