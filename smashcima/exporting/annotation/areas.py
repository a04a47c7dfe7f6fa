"""Areas of nodes: unions of those of regions, and staff spaces."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from smashcima.imaging import ImageLayer, Outlines, Regions
from smashcima.imaging.regions.outline_arrays import offsets
from smashcima.scene.graph import SceneObject


def united(
    outlines: Outlines, groups: Sequence[Sequence[int]], extra: Sequence[NDArray[np.float64]]
) -> Outlines:
    """Shapes made of the rings of one or several others, followed by shapes of one ring (N, 2) each."""
    together = outlines.united(groups)
    if not extra:
        return together
    starts = offsets(np.array(list(map(len, extra)), np.intp))
    points = np.concatenate(extra) + 0.0  # without negative zeros, which texts would show
    rings = Outlines.of_rings(points, starts, np.arange(len(extra) + 1))
    return together.joined(rings)


def regions_of_nodes(
    image: ImageLayer,
    ids: Sequence[str],
    labels: Sequence[str],
    objects: Sequence[SceneObject],
    areas: Sequence[Sequence[int]],
    spaces: Sequence[NDArray[np.float64]],
    is_ink: NDArray[np.bool_],
) -> Regions:
    """The areas of nodes, of which each has some regions of the image, and the last ones are staff spaces with rings.

    They are cut at the edges of the image.
    """
    regions = Regions.of(
        ids,
        labels,
        objects,
        united(image.regions.outlines, areas, spaces),
        _drawn(image.regions.drawn, areas, is_ink),
    )
    boxes, size = regions.bboxes, (image.width, image.height)
    with np.errstate(invalid="ignore"):
        # Staff spaces of a crop do.
        reaches_out = bool((boxes[:, :2] < 0).any() or (boxes[:, 2:] > size).any())
    return regions.clipped(*size) if reaches_out else regions


def _drawn(
    order: NDArray[np.int32], areas: Sequence[Sequence[int]], is_ink: NDArray[np.bool_]
) -> NDArray[np.int32]:
    """Drawing order of each node; -1 for groups and areas."""
    result = np.full(len(is_ink), -1, np.int32)
    inked = np.flatnonzero(is_ink)
    if len(inked):
        of_ink = [areas[index] for index in inked.tolist()]
        counts = np.array(list(map(len, of_ink)))
        regions = np.array(list(chain.from_iterable(of_ink)))
        result[inked] = np.maximum.reduceat(order[regions], np.cumsum(counts) - counts)
    return result
