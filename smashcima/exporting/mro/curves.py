"""Slurs and ties as arcs."""

from __future__ import annotations

import math

from smashcima.engraving import PrimitiveKind
from smashcima.exporting.mro.frames import Frame
from smashcima.exporting.mro.marks import Mark
from smashcima.notations.mro import MroSlur

CURVES = frozenset({PrimitiveKind.SLUR, PrimitiveKind.TIE, PrimitiveKind.LAISSEZ_VIBRER})

_LARGEST_RADIUS = 10**6
"""Radius of a straight curve in units."""


def slur_of(mark: Mark, frame: Frame) -> MroSlur:
    """The arc through the ends and the middle of a curve, relative to the system."""
    half = math.hypot(mark.end.x - mark.start.x, mark.end.y - mark.start.y) / 2
    rise = abs(mark.rise)
    unit = frame.scale.unit
    if rise * 2 * _LARGEST_RADIUS * unit <= half * half:
        radius = _LARGEST_RADIUS
    else:
        radius = frame.scale.of((half * half + rise * rise) / (2 * rise))
    return MroSlur(
        frame.position(mark.start), frame.position(mark.end), -radius if mark.rise > 0 else radius
    )  # fmt: skip
