"""Sampled hairpins: two arms that start at a tip, turned and stretched while their ink keeps its thickness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.samples.sample_outlines import Complexes, Floats, SampleOutline

_SHORTEST = 1.0
"""In staff spaces."""

_LEAST_OPENING = 0.3
"""Distance of the far ends of the arms, in staff spaces."""

_CAP = 0.12
"""In staff spaces: what is nearer to the far end of an arm belongs to its end."""

_MOST_UNEQUAL = 0.15
"""How much longer or shorter than the engraver's an arm may be, relative to that."""


@dataclass(frozen=True, slots=True, eq=False)
class SampledHairpin:
    """One hairpin with its tip at 0, in staff spaces. Points belong to the upper or the lower arm."""

    is_upper: NDArray[np.bool_]
    """(n,)"""

    along: Floats
    """(n,): how far from the tip along its arm."""

    across: Floats
    """(n,): how far beside the arm, downwards as seen with the tip on the left."""

    arm_lengths: tuple[float, float]
    """Of the upper and the lower one."""

    ends: tuple[int, ...]
    """Where each ring ends."""

    @property
    def length(self) -> float:
        """The mean length of the arms."""
        return sum(self.arm_lengths) / 2

    def rings(
        self, upper: complex, lower: complex, scale: float, thickness: float
    ) -> list[NDArray[np.float64]]:
        """The rings (m, 2) of a hairpin whose arms lead from the origin to two points.

        `scale` is a staff space in units of these points; the ink is thickened by `thickness`.
        """
        if upper.imag > lower.imag:
            upper, lower = lower, upper
        downwards = -1.0 if (upper + lower).real < 0 else 1.0
        points = np.empty(len(self.along), np.complex128)
        for which, target, own in (
            (self.is_upper, upper, self.arm_lengths[0]),
            (~self.is_upper, lower, self.arm_lengths[1]),
        ):
            unequal = min(max(own / self.length, 1 - _MOST_UNEQUAL), 1 + _MOST_UNEQUAL)
            reach = abs(target) * unequal
            inside = np.clip(self.along[which], 0.0, own)
            along = inside * (reach / own) + (self.along[which] - inside) * scale
            across = self.across[which] * (scale * thickness * downwards)
            points[which] = (along + 1j * across) * (target / abs(target))
        pairs = points.view(np.float64).reshape(-1, 2)
        return np.split(pairs, self.ends[:-1])


def sampled_hairpin(outline: SampleOutline, tip: complex, opening: complex) -> SampledHairpin | None:
    """The hairpin of an outline, from its tip to the middle of its open side; `None` if it is not clearly one."""
    axis = opening - tip
    if not abs(axis) >= _SHORTEST:  # ends that are not known are not numbers
        return None
    turned = (outline.points - tip) * (axis.conjugate() / abs(axis))
    if axis.real < 0:
        turned = np.conj(turned)
    is_upper = turned.imag < 0
    if is_upper.all() or not is_upper.any():
        return None
    far = [_far_end(turned[which]) for which in (is_upper, ~is_upper)]
    if min(map(abs, far)) < _SHORTEST / 2 or abs(far[0] - far[1]) < _LEAST_OPENING:
        return None
    arm = np.where(is_upper, far[0] / abs(far[0]), far[1] / abs(far[1]))
    local = turned * np.conj(arm)
    return SampledHairpin(
        is_upper, local.real.copy(), local.imag.copy(), (abs(far[0]), abs(far[1])), outline.ends
    )


def _far_end(points: Complexes) -> complex:
    """Where an arm that starts at 0 ends."""
    distance = np.abs(points)
    return complex(points[distance > distance.max() - _CAP].mean())
