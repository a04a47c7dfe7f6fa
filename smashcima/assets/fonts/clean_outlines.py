"""Normalisation of outlines to non-overlapping rings, with opposite directions of outer rings and holes."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours


def clean_outline(rings: tuple[NDArray[np.float64], ...], thicken: float = 0.0) -> Contours:
    """The area of rings filled by the non-zero winding rule, dilated by `thicken`."""
    from shapely import simplify

    shape = Contours(rings).to_shapely()
    if thicken > 0:
        # Corners stay sharp up to the mitre limit of SVG.
        shape = shape.buffer(thicken, join_style="mitre", mitre_limit=4.0)
    return Contours.from_shapely(simplify(shape, 0.0))
