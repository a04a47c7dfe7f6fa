"""Unions of the areas of regions."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours
from smashcima.imaging import Outlines

_STILL = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def united(
    outlines: Outlines, groups: Sequence[Sequence[int]], extra: Sequence[NDArray[np.float64]]
) -> Outlines:
    """Shapes made of the rings of one or several others, followed by shapes of one ring (N, 2) each."""
    together = outlines.united(groups)
    if not extra:
        return together
    return together.joined(Outlines.of([Contours((ring,)) for ring in extra], [_STILL] * len(extra)))
