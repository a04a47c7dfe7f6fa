"""Sampled hairpins: two arms that start at a tip, each a stroke with the bends and the thickness of the writer's."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.pen import outline_points, plan_open_ribbon
from smashcima.synthesis.samples.sample_outlines import Complexes, Floats, SampleOutline

_SHORTEST = 1.0
"""Smallest length, in staff spaces."""

_LEAST_OPENING = 0.3
"""Smallest distance between the far ends of the arms, in staff spaces."""

_CAP = 0.12
"""Distance from the far end of an arm, in staff spaces, within which points belong to the end."""

_MOST_UNEQUAL_SS = 1.2
"""Largest difference in length, in staff spaces, between a sampled and an engraved arm."""

_MOST_BENT = 1.5
"""Largest factor on the bends of an arm that is stretched."""

_SAMPLES = 25
"""Number of points along an arm."""

_MOST_OFF = 0.06
"""Largest distance, relative to the length of the arm, of its ink from the segment between its ends."""

_THICKEST = 1.3
"""Largest thickness relative to the median; where ink is thicker, the arms meet or cross another symbol."""

_FEWEST_SEEN = 0.7
"""Smallest share of an arm whose ink is found."""

_SMOOTH = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9
_PARTS = np.linspace(0.0, 1.0, _SAMPLES)
_PLAN = plan_open_ribbon(_SAMPLES)


@dataclass(frozen=True, slots=True, eq=False)
class HairpinArm:
    """One arm of a hairpin, from the tip to its far end. Lengths are in staff spaces."""

    length: float
    outwards: Floats
    """Deviation of the centre line from the segment, away from the other arm; shape (samples,)."""

    halves: Floats
    """Half the thickness, shape (samples,)."""


@dataclass(frozen=True, slots=True, eq=False)
class SampledHairpin:
    """One hairpin, with its upper and its lower arm."""

    arms: tuple[HairpinArm, HairpinArm]

    @property
    def length(self) -> float:
        """The mean length of the arms."""
        return sum(arm.length for arm in self.arms) / 2

    def rings(
        self, upper: complex, lower: complex, scale: float, thickness: float
    ) -> list[NDArray[np.float64]]:
        """The rings (m, 2) of a hairpin whose arms lead from the origin to two points, one for each arm.

        `scale` is the size of a staff space in units of these points; `thickness` is a factor on that of the ink.
        """
        if upper.imag > lower.imag:
            upper, lower = lower, upper
        rings = []
        for arm, target, up in ((self.arms[0], upper, 1.0), (self.arms[1], lower, -1.0)):
            engraved = abs(target)
            # A long hairpin is not made more unequal than the short one that it is stretched from.
            longer = min(max(arm.length - self.length, -_MOST_UNEQUAL_SS), _MOST_UNEQUAL_SS) * scale
            reach = max(engraved + longer, engraved / 2)
            direction = target / engraved
            left = up if direction.real < 0 else -up  # y points down
            bends = arm.outwards * (scale * min(reach / (arm.length * scale), _MOST_BENT))
            centres = direction * (reach * _PARTS + 1j * left * bends)
            halves = arm.halves * (scale * thickness)
            rings.append(outline_points(centres[np.newaxis], halves[np.newaxis], _PLAN)[0])
        return rings


def sampled_hairpin(outline: SampleOutline, tip: complex, opening: complex) -> SampledHairpin | None:
    """The hairpin of an outline, given its tip and the middle of its open side; `None` if it is not clearly one."""
    axis = opening - tip
    if not abs(axis) >= _SHORTEST:  # unknown ends are NaN
        return None
    turn = axis.conjugate() / abs(axis)
    rings = [(ring - tip) * turn for ring in outline.rings]
    if axis.real < 0:
        rings = [np.conj(ring) for ring in rings]
    points = np.concatenate(rings)
    is_upper = points.imag < 0
    if is_upper.all() or not is_upper.any():
        return None
    far = [_far_end(points[which]) for which in (is_upper, ~is_upper)]
    if min(map(abs, far)) < _SHORTEST / 2 or abs(far[0] - far[1]) < _LEAST_OPENING:
        return None
    upper, lower = (_arm(rings, end, side) for end, side in zip(far, (-1.0, 1.0), strict=True))
    return None if upper is None or lower is None else SampledHairpin((upper, lower))


def _far_end(points: Complexes) -> complex:
    """End point of an arm that starts at 0."""
    distance = np.abs(points)
    return complex(points[distance > distance.max() - _CAP].mean())


def _arm(rings: list[Complexes], end: complex, outwards: float) -> HairpinArm | None:
    """The stroke from 0 to `end`; `outwards` is the sign of the side that faces away from the other arm.

    Its outer side is followed, since the inner side is lost where the arms meet.
    """
    length = abs(end)
    turned = [ring * (end.conjugate() / (length * length)) for ring in rings]
    outer, inner = np.full(_SAMPLES, np.nan), np.full(_SAMPLES, np.nan)
    last = 0.0
    for k in reversed(range(_SAMPLES)):  # from the far end, where the arms are apart
        part = min(max(float(_PARTS[k]), 0.01), 0.99)
        crossings = np.sort(np.concatenate([_crossings(ring, part) for ring in turned]) * outwards)
        spans = crossings[: len(crossings) // 2 * 2].reshape(-1, 2)
        spans = spans[np.abs(spans[:, 1] - last) < _MOST_OFF]
        if len(spans):
            inner[k], outer[k] = spans[np.argmin(np.abs(spans[:, 1] - last))]
            last = float(outer[k])
    seen = np.isfinite(outer)
    if seen.mean() < _FEWEST_SEEN:
        return None
    usual = float(np.median((outer - inner)[seen]))
    thick = np.minimum(outer - inner, _THICKEST * usual)
    halves = _smooth(np.interp(_PARTS, _PARTS[seen], thick[seen])) / 2
    centre = _smooth(np.interp(_PARTS, _PARTS[seen], (outer - thick / 2)[seen]))
    centre -= centre[0] * (1 - _PARTS) + centre[-1] * _PARTS
    if usual <= 0 or np.abs(centre).max() > _MOST_OFF:
        return None
    return HairpinArm(length, centre * length, halves * length)


def _crossings(ring: Complexes, part: float) -> Floats:
    """Distances from the axis at which the sides of a ring cross the perpendicular at a position along the axis."""
    after = np.roll(ring, -1)
    crossing = np.flatnonzero((ring.real < part) != (after.real < part))
    a, b = ring[crossing], after[crossing]
    return np.asarray(a.imag + (b.imag - a.imag) * (part - a.real) / (b.real - a.real))


def _smooth(values: Floats) -> Floats:
    """Median of three, then a short weighted mean."""
    padded = np.pad(values, 1, mode="edge")
    middle = np.median(np.stack([padded[:-2], padded[1:-1], padded[2:]]), axis=0)
    return np.convolve(np.pad(middle, 2, mode="edge"), _SMOOTH, mode="valid")
