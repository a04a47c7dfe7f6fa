"""Slurs and ties as tapered curves."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving.drafting.staff_draft import StaffDraft
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Curve

_THICKNESS_SS = 0.22
"""Thickness of the middle of a curve in staff spaces."""

_OUTLINE_SS = 0.05
"""Width of the outline of a curve in staff spaces, which gives the ends their thickness."""


def curve_between(
    start: tuple[float, float], end: tuple[float, float], height: float, thickness: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Outer and inner chain (1, 4, 2) of a tapered curve from `start` to `end`.

    `height` is the distance of its middle from the chord between the ends in mm, negative if it bulges downwards;
    `thickness` is that of its middle.
    """
    (x0, y0), (x1, y1) = start, end
    length = max(math.hypot(x1 - x0, y1 - y0), 1e-6)
    along = np.array([(x1 - x0) / length, (y1 - y0) / length])
    up = np.array([along[1], -along[0]])
    first, last = np.array(start), np.array(end)
    # The middle of a cubic lies at 3/4 of the height of its control points. These are further from the ends on short
    # curves, which are rounder.
    inset = min(0.3 * length, 0.12 * length + 1.2 * abs(height))
    side = math.copysign(1.0, height)

    def chain(middle: float) -> NDArray[np.float64]:
        raised = up * (middle * 4 / 3)
        return np.stack([first, first + along * inset + raised, last - along * inset + raised, last])

    outer = chain(height + side * thickness / 2)
    inner = chain(height - side * thickness / 2)[::-1]
    return outer[np.newaxis], inner[np.newaxis]


def draw_curve(
    draft: StaffDraft,
    kind: PrimitiveKind,
    start: tuple[float, float],
    end: tuple[float, float],
    height: float,
    element: str | None,
) -> Curve:
    """Draws a slur or tie; `height` is that of `curve_between`."""
    outer, inner = curve_between(start, end, height, _THICKNESS_SS * draft.staff_space)
    return draft.curve(kind, outer, inner, _OUTLINE_SS, element)


def draw_arc(
    draft: StaffDraft,
    kind: PrimitiveKind,
    start: tuple[float, float],
    end: tuple[float, float],
    radius: float,
    element: str | None,
) -> Curve:
    """Draws a slur or tie along an arc of a circle; a positive radius in mm bulges downwards, a negative one upwards.

    A radius shorter than half of the chord gives a half circle.
    """
    half = math.hypot(end[0] - start[0], end[1] - start[1]) / 2
    size = max(abs(radius), half)
    height = size - math.sqrt(max(size * size - half * half, 0.0))
    return draw_curve(draft, kind, start, end, math.copysign(height, -radius), element)
