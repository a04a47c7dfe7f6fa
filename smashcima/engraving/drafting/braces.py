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

_Points = tuple[tuple[float, float], ...]

_OUTER: _Points = ((-0.47, 1.0), (-2.47, 0.63), (0.03, 0.12), (-1.47, 0.0))
_INNER: _Points = ((-1.47, 0.0), (0.38, 0.12), (-2.12, 0.63), (-0.47, 1.0))
"""The sides of the lower half of a brace, as Verovio draws it: x in staff spaces from the start of the system, y in half heights."""


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
    """Adds a brace left of the start `x` of a system, as one curve from top to bottom."""
    # The halves are mirror images.
    outer, inner = (
        _chain(sides, x, (top + bottom) / 2, staff_space, (bottom - top) / 2)
        for sides in ((_mirrored(_OUTER), _OUTER[::-1]), (_INNER[::-1], _mirrored(_INNER)))
    )
    primitives.append(
        Curve(PrimitiveKind.BRACE, place, None, outer, inner, _OUTLINE_SS * staff_space)
    )  # fmt: skip


def _mirrored(points: _Points) -> _Points:
    return tuple((x, -y) for x, y in points)


def _chain(
    cubics: tuple[_Points, ...], x: float, middle: float, staff_space: float, half: float
) -> NDArray[np.float64]:
    chain = np.array(cubics) * (staff_space, half) + (x, middle)
    chain.setflags(write=False)
    return chain
