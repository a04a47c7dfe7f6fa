"""Regions of many parts of an image at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, pairwise

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
    owners, members = np.nonzero(_meets(regions.bboxes, boxes))
    seen = regions.chosen(members)
    corners = np.repeat(-boxes[owners, :2], np.diff(seen.outlines.shape_starts), axis=0)
    moved = seen.mapped(lambda points: points + corners)
    there = int(np.isfinite(regions.bboxes[:, 0]).sum())
    unseen = regions.dropped + there - np.bincount(owners, minlength=len(boxes))
    return _clipped_parts(moved, owners, boxes[:, 2:] - boxes[:, :2], unseen.tolist())


def clipped_together(images: Sequence[Regions], sizes: NDArray[np.int64]) -> list[Regions]:
    """The regions of several images, each clipped to its size (n, 2) in px; the same as by `clipped`, but faster."""
    if not images:
        return []
    together = Regions(
        tuple(chain.from_iterable(each.ids for each in images)),
        tuple(chain.from_iterable(each.labels for each in images)),
        tuple(chain.from_iterable(each.scene_objects for each in images)),
        Outlines.joined_all([each.outlines for each in images]),
        np.concatenate([each.bboxes for each in images]),
        np.concatenate([each.drawn for each in images]),
        np.concatenate([each.visible for each in images]),
    )
    owners = np.repeat(np.arange(len(images)), [len(each) for each in images])
    return _clipped_parts(together, owners, sizes, [each.dropped for each in images])


def _clipped_parts(
    regions: Regions, owners: NDArray[np.intp], sizes: NDArray[np.int64], dropped: Sequence[int]
) -> list[Regions]:
    """Clips regions of several images, each to the size of its own; returns those of each image.

    `owners` is the image of each region, in ascending order. `dropped` are the numbers dropped before, per image.
    """
    sides = sizes[owners].astype(np.float64)
    outlines = clipped(regions.outlines, sides[:, 0], sides[:, 1])
    boxes = outlines.bboxes()
    cut = (boxes != regions.bboxes).any(axis=1) & np.isfinite(regions.bboxes[:, 0])
    before, after = (_areas(each, owners, len(sizes)) for each in (regions.outlines, outlines))
    share = np.where(cut, np.clip(after / np.maximum(before, 1e-12), 0, 1), 1.0)
    result = replace(regions, outlines=outlines, bboxes=boxes, visible=regions.visible * share)
    gone = cut & ~(after > NOTHING_PX2)
    lost = (np.array(dropped) + np.bincount(owners[gone], minlength=len(sizes))).tolist()
    if gone.any():
        result, owners = result.chosen(np.flatnonzero(~gone)), owners[~gone]
    bounds = np.searchsorted(owners, np.arange(len(sizes) + 1)).tolist()
    return [
        Regions(
            result.ids[first:last],
            result.labels[first:last],
            result.scene_objects[first:last],
            result.outlines.part(first, last),
            result.bboxes[first:last].copy(),
            result.drawn[first:last].copy(),
            result.visible[first:last].copy(),
            number,
        )
        for (first, last), number in zip(pairwise(bounds), lost, strict=True)
    ]


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
