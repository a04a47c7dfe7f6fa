"""Where staves without music are ruled on a page: at one distance, down to the foot."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

_USUAL_STEP = 2.4
"""Distance of the top lines of adjacent staves if the page has only one, in heights of a staff."""

_CLOSEST = 1.2
"""Smallest distance of two staves that are one below the other, in heights of a staff."""


def staff_step(tops: Sequence[float], height: float) -> float:
    """The usual distance of the top lines of adjacent staves of a page.

    Args:
        tops: the heights of the top lines, in any order; those of staves side by side count once.
        height: the height of a staff, in the same unit.
    """
    steps = np.diff(np.sort(tops))
    steps = steps[steps > _CLOSEST * height]
    return float(np.median(steps)) if len(steps) else _USUAL_STEP * height


def empty_tops(
    start: float, step: float, height: float, foot: float, taken: Collection[int] = ()
) -> list[float]:
    """The top lines of the staves at a distance of `step` from `start` on that end above `foot`, without the rows that are `taken`."""
    count = max(int(np.floor((foot - height - start) / step)) + 1, 0)
    return [start + row * step for row in range(count) if row not in taken]
