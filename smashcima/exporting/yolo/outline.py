"""Joining of rings to a single outline, as required by YOLO."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry.polygon import signed_area


def one_outline(rings: Sequence[NDArray[np.float64]]) -> NDArray[np.float64]:
    """An outline (N, 2) that joins all rings by bridges between their nearest points.

    Holes are left out. The bridges have no width.
    """
    areas = [signed_area(ring) for ring in rings]
    largest = max(range(len(rings)), key=lambda index: abs(areas[index]))
    outline = rings[largest]
    for index, ring in enumerate(rings):
        if index == largest or areas[index] * areas[largest] <= 0:
            continue
        apart = np.square(outline[:, np.newaxis] - ring[np.newaxis]).sum(axis=2)
        here, there = np.unravel_index(int(apart.argmin()), apart.shape)
        visit = np.roll(ring, -int(there), axis=0)
        outline = np.concatenate([outline[: here + 1], visit, visit[:1], outline[here:]])
    return outline
