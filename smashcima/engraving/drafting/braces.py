"""Braces and the lines at the start of systems."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Curve, Line, Place, Primitive
from smashcima.geometry import Point

_START_SS = 0.15
"""Width of the line at the start of a system in staff spaces."""

_OUTLINE_SS = 0.1

_OUTER = ((-0.47, 1.0), (-2.47, 0.63), (0.03, 0.12), (-1.47, 0.0))
_INNER = ((-1.47, 0.0), (0.38, 0.12), (-2.12, 0.63), (-0.47, 1.0))
"""Half of a brace, as Verovio draws it: x in staff spaces from the start of the system, y in half heights."""


def draw_system_start(
    x: float, top: float, bottom: float, staff_space: float, place: Place, primitives: list[Primitive]
) -> None:
    """Adds the line that connects the staves of a system."""
    width = _START_SS * staff_space
    primitives.append(
        Line(PrimitiveKind.SYSTEM_START, place, None, Point(x, top), Point(x, bottom), width)
    )  # fmt: skip


def draw_brace(
    x: float, top: float, bottom: float, staff_space: float, place: Place, primitives: list[Primitive]
) -> None:
    """Adds a brace left of the start `x` of a system, in two halves that meet in the middle."""
    middle = (top + bottom) / 2
    for half in (bottom - middle, top - middle):
        outer, inner = (_chain(points, x, middle, staff_space, half) for points in (_OUTER, _INNER))
        primitives.append(
            Curve(PrimitiveKind.BRACE, place, None, outer, inner, _OUTLINE_SS * staff_space)
        )  # fmt: skip


def _chain(
    points: tuple[tuple[float, float], ...], x: float, middle: float, staff_space: float, half: float
) -> NDArray[np.float64]:
    chain = np.array(points)[np.newaxis] * (staff_space, half) + (x, middle)
    chain.setflags(write=False)
    return chain
