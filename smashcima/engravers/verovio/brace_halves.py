"""Braces of two halves: Verovio draws the part above the tip and the part below it as two curves.

A pen writes a brace in one stroke, and a brace is one object of the page.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from smashcima.engraving import Curve, Primitive, PrimitiveKind

_TIP_TOLERANCE_MM = 0.05


def join_braces(primitives: list[Primitive], sources: list[str], first: int) -> None:
    """Replaces each pair of consecutive halves, from index `first` on, by one brace, in both lists."""
    index = first
    while index + 1 < len(primitives):
        if _is_half(primitives[index]) and _is_half(primitives[index + 1]):
            made = _joined(primitives[index], primitives[index + 1])
            if made is not None:
                primitives[index] = made
                del primitives[index + 1], sources[index + 1]
        index += 1


def _is_half(primitive: Primitive) -> bool:
    """Whether a primitive is half of a brace: a curve from an end of the brace to its tip."""
    return (
        primitive.kind is PrimitiveKind.BRACE
        and isinstance(primitive, Curve)
        and len(primitive.outer) == len(primitive.inner) == 1
    )


def _joined(first: Primitive, second: Primitive) -> Curve | None:
    """Both halves of a brace as one curve, from its upper end to its lower end.

    `None` if they are not halves that meet at one tip.
    """
    assert isinstance(first, Curve)
    assert isinstance(second, Curve)
    if np.abs(first.outer[0, 3] - second.outer[0, 3]).max() > _TIP_TOLERANCE_MM:
        return None
    upper, lower = (first, second) if first.outer[0, 0, 1] <= second.outer[0, 0, 1] else (second, first)
    if not upper.outer[0, 0, 1] < upper.outer[0, 3, 1] < lower.outer[0, 0, 1]:
        return None
    # The halves are mirror images, so the outside of one goes on in the inside of the other.
    outer = np.concatenate([upper.outer, lower.inner])
    inner = np.concatenate([lower.outer, upper.inner])
    return replace(first, outer=_frozen(outer), inner=_frozen(inner))


def _frozen(chain: NDArray[np.float64]) -> NDArray[np.float64]:
    chain.setflags(write=False)
    return chain
