"""Sampled hairpins: two arms that start at a tip, rotated and stretched with constant ink thickness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.samples.sample_outlines import Complexes, Floats, SampleOutline

_SHORTEST = 1.0
"""Smallest length, in staff spaces."""

_LEAST_OPENING = 0.3
"""Smallest distance between the far ends of the arms, in staff spaces."""

_CAP = 0.12
"""Distance from the far end of an arm, in staff spaces, within which points belong to the end."""

_MOST_UNEQUAL = 0.15
"""Largest relative difference in length between a sampled and an engraved arm."""


@dataclass(frozen=True, slots=True, eq=False)
class SampledHairpin:
    """One hairpin with its tip at 0, in staff spaces. Each point belongs to the upper or the lower arm."""

    is_upper: NDArray[np.bool_]
    """(n,)"""

    along: Floats
    """Distance of points from the tip along their arm, shape (n,)."""

    across: Floats
    """Distance of points from their arm, shape (n,); positive downwards if the tip is on the left."""

    arm_lengths: tuple[float, float]
    """Lengths of the upper and the lower arm."""

    ends: tuple[int, ...]
    """End index of each ring."""

    @property
    def length(self) -> float:
        """The mean length of the arms."""
        return sum(self.arm_lengths) / 2

    def rings(
        self, upper: complex, lower: complex, scale: float, thickness: float
    ) -> list[NDArray[np.float64]]:
        """The rings (m, 2) of a hairpin whose arms lead from the origin to two points.

        `scale` is the size of a staff space in units of these points; `thickness` is a factor on that of the ink.
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
    """The hairpin of an outline, given its tip and the middle of its open side; `None` if it is not clearly one."""
    axis = opening - tip
    if not abs(axis) >= _SHORTEST:  # unknown ends are NaN
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
    """End point of an arm that starts at 0."""
    distance = np.abs(points)
    return complex(points[distance > distance.max() - _CAP].mean())
