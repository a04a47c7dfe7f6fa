"""Sampled hairpins: two arms that start at a tip, opened and stretched while their ink keeps its thickness."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.samples.outlines import Floats, SampleOutline

_SHORTEST = 1.0
"""In staff spaces."""

_AT_AN_END = 0.12
"""Part of the length that counts as its end."""

_LEAST_OPENING = 0.25
"""In staff spaces, at the open end."""


@dataclass(frozen=True, slots=True, eq=False)
class SampledHairpin:
    """One hairpin with its tip on the left at 0, in staff spaces."""

    along: Floats
    """(n,): from the tip towards the opening."""

    across: Floats
    """(n,): from the middle between the arms."""

    length: float
    opening: float
    """Distance of the arms at the open end."""

    ends: tuple[int, ...]

    def rings(
        self, upper: complex, lower: complex, scale: float, thickness: float
    ) -> list[NDArray[np.float64]]:
        """The rings (m, 2) of a hairpin whose arms lead from the origin to two points.

        `scale` is a staff space in units of these points; the ink is thickened by `thickness`.
        """
        axis = (upper + lower) / 2
        length = abs(axis)
        if upper.imag > lower.imag:
            upper, lower = lower, upper
        opening = abs(lower - upper)
        part = np.clip(self.along / self.length, 0.0, 1.0)
        along = part * length + (self.along - part * self.length) * scale
        own = part * self.opening / 2
        arm = np.sign(self.across)
        # What is beside the middle line of its arm is ink; the arms themselves are moved apart.
        across = (self.across - arm * own) * (scale * thickness) + arm * part * opening / 2
        flipped = -1.0 if axis.real < 0 else 1.0
        points = (along + 1j * flipped * across) * (axis / length)
        pairs = points.view(np.float64).reshape(-1, 2)
        return np.split(pairs, self.ends[:-1])


def sampled_hairpin(outline: SampleOutline) -> SampledHairpin | None:
    """The hairpin of an outline; `None` for one that does not open clearly to one side."""
    points = outline.points
    x = points.real
    low, high = outline.low.real, outline.high.real
    length = high - low
    if length < _SHORTEST:
        return None
    left, right = points[x < low + _AT_AN_END * length], points[x > high - _AT_AN_END * length]
    openings = [float(np.ptp(side.imag)) if len(side) else 0.0 for side in (left, right)]
    if max(openings) < 2 * min(openings) or max(openings) < _LEAST_OPENING:
        return None
    opens_right = openings[1] > openings[0]
    tip, mouth = (left, right) if opens_right else (right, left)
    start = complex(low if opens_right else high, float(tip.imag.mean()))
    middle = float(mouth.imag.min() + mouth.imag.max()) / 2
    end = complex(high if opens_right else low, middle)
    turned = (points - start) * ((end - start).conjugate() / abs(end - start))
    if not opens_right:
        turned = np.conj(turned)
    turned = np.ascontiguousarray(turned)
    own = abs(end - start)
    stroke = openings[0] / 2 if opens_right else openings[1] / 2
    opening = max(max(openings) - stroke, _LEAST_OPENING)
    return SampledHairpin(turned.real.copy(), turned.imag.copy(), own, opening, outline.ends)
