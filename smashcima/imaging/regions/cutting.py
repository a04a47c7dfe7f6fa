"""Regions of many parts of an image at once."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging.regions.clipping import clipped
from smashcima.imaging.regions.outline_arrays import Outlines
from smashcima.imaging.regions.regions import NOTHING_PX2, Regions


def regions_in_boxes(regions: Regions, boxes: NDArray[np.int64]) -> list[Regions]:
    """The regions that are visible in each of some boxes (n, 4): left, top, right, bottom in whole pixels.

    They are moved and clipped to the box, as by `moved` and `clipped`, and the others count as dropped. All boxes are
    processed in the same arrays, since operations on the few regions of each cost much more.
    """
    meets = _meets(regions.bboxes, boxes)
    owners, members = np.nonzero(meets)
    whole = regions.outlines.chosen(members)
    corners = np.repeat(-boxes[owners, :2], np.diff(whole.shape_starts), axis=0)
    whole = whole.with_points(whole.points + corners)
    sizes = (boxes[:, 2:] - boxes[:, :2])[owners].astype(np.float64)
    parts = clipped(whole, sizes[:, 0], sizes[:, 1])
    whole_boxes, part_boxes = whole.bboxes(), parts.bboxes()
    cut = (part_boxes != whole_boxes).any(axis=1)
    before, after = (_areas(outlines, owners, len(boxes)) for outlines in (whole, parts))
    share = np.where(cut, np.clip(after / np.maximum(before, 1e-12), 0, 1), 1.0)
    visible = regions.visible[members] * share
    kept = np.flatnonzero(~(cut & ~(after > NOTHING_PX2)))
    if len(kept) < len(members):
        parts, owners, members = parts.chosen(kept), owners[kept], members[kept]
        part_boxes, visible = part_boxes[kept], visible[kept]
    bounds = np.searchsorted(owners, np.arange(len(boxes) + 1)).tolist()
    there = int(np.isfinite(regions.bboxes[:, 0]).sum())
    drawn, places = regions.drawn[members], members.tolist()
    result = []
    for first, last in pairwise(bounds):
        own = places[first:last]
        result.append(
            Regions(
                tuple([regions.ids[i] for i in own]),
                tuple([regions.labels[i] for i in own]),
                tuple([regions.scene_objects[i] for i in own]),
                parts.part(first, last),
                part_boxes[first:last].copy(),
                drawn[first:last].copy(),
                visible[first:last].copy(),
                regions.dropped + there - len(own),
            )
        )
    return result


def _meets(regions: NDArray[np.float64], boxes: NDArray[np.int64]) -> NDArray[np.bool_]:
    """(boxes, regions): whether the box of a region and a box have a common area; never for an empty region."""
    left, top, right, bottom = boxes.T[:, :, np.newaxis]
    with np.errstate(invalid="ignore"):
        meets: NDArray[np.bool_] = (
            (regions[:, 0] < right)
            & (regions[:, 2] > left)
            & (regions[:, 1] < bottom)
            & (regions[:, 3] > top)
        )
    return meets


def _areas(outlines: Outlines, owners: NDArray[np.intp], count: int) -> NDArray[np.float64]:
    """`Outlines.areas`, with the same rounding as for the shapes of each of `count` boxes alone.

    Sums of rings run over all shapes of a box, so the areas depend on the shapes before, by about 1e-16 of their sum.
    """
    rings = outlines.ring_areas()
    box_rings = outlines.shape_rings[np.searchsorted(owners, np.arange(count + 1))]
    counts = np.diff(box_rings)
    box_of_ring = np.repeat(np.arange(count), counts)
    totals = np.zeros((count, int(counts.max(initial=0)) + 1))
    totals[box_of_ring, np.arange(len(rings)) - box_rings[box_of_ring] + 1] = rings
    np.cumsum(totals, axis=1, out=totals)
    begin, end = (outlines.shape_rings[side] - box_rings[owners] for side in (slice(-1), slice(1, None)))
    areas: NDArray[np.float64] = np.abs(totals[owners, end] - totals[owners, begin])
    return areas
