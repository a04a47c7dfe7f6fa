"""Sampled slurs and ties: their centre line and the thickness along it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from smashcima.assets.glyphs import GlyphStore
from smashcima.synthesis.samples.sample_outlines import Complexes, Floats, OutlineBank, SampleOutline
from smashcima.synthesis.samples.sampled_lines import line_ends

CURVE_SAMPLES = 33
"""Number of points along a sampled curve."""

BEND_MODES = np.arange(2, 8)
"""Numbers of half waves along a curve that describe how it deviates from a parabola.

Shorter waves are the corners of the outline of the sample, which would show when a short slur is stretched.
"""

_PARTS = np.linspace(0.0, 1.0, CURVE_SAMPLES)
_SHORTEST = 0.8
"""Smallest length, in staff spaces, from end to end."""

_THICKEST = 0.25
"""Largest thickness of a stroke, relative to its length."""

_DEEPEST = 0.6
"""Largest height of the curve, relative to its length, for which it is a function of position between its ends."""

_NEAR_AN_END = 0.2
"""Distance from an end, relative to the length, at which the direction of the stroke is measured."""

_SMOOTH = np.array([1.0, 3.0, 6.0, 7.0, 6.0, 3.0, 1.0]) / 27

_TO_BENDS = 2 / (CURVE_SAMPLES - 1) * np.sin(np.pi * BEND_MODES[:, np.newaxis] * _PARTS)
"""Sine transform of deviations along a curve, shape (modes, CURVE_SAMPLES)."""


@dataclass(frozen=True, slots=True, eq=False)
class SampledCurve:
    """One sampled curve. Lengths are in staff spaces."""

    length: float
    """Distance between the ends."""

    bow: float
    """Height of its middle above the segment between its ends, relative to the length; always positive."""

    bends: Floats
    """Outward deviation of the centre line from a parabola, relative to the length: amplitudes of sines, (modes,)."""

    halves: Floats
    """Half the thickness, shape (CURVE_SAMPLES,)."""


class CurveBank:
    """The curves of a store by glyph index, prepared at first use. Copies and pickles are empty."""

    def __init__(self, store: GlyphStore, outlines: OutlineBank) -> None:
        self._store = store
        self._outlines = outlines
        self._curves: dict[int, SampledCurve | None] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return (CurveBank, (self._store, self._outlines))

    def curve(self, index: int) -> SampledCurve | None:
        """The shape of a curve; `None` if it is not usable."""
        if index not in self._curves:
            outline = self._outlines.read(index)
            start, end = line_ends(self._store, index)
            self._curves[index] = None if outline is None else sampled_curve(outline, start, end)
        return self._curves[index]


def sampled_curve(outline: SampleOutline, start: complex, end: complex) -> SampledCurve | None:
    """The shape of a curve with known ends, in staff spaces; `None` if it is not a single clean stroke."""
    if start.real > end.real:
        start, end = end, start
    length = abs(end - start)
    if not length >= _SHORTEST or len(outline.ends) != 1:  # unknown ends are NaN
        return None
    ring = (outline.points - start) * ((end - start).conjugate() / (length * length))
    sides = _sides(ring)
    if sides is None:
        return None
    upper, lower = (_at_parts(side) for side in sides)
    middle = (upper + lower) / 2
    # If the centre line runs backwards, it is not a function of position between its ends.
    if np.any(np.diff(middle.real) <= 0):
        return None
    bow = float(middle.imag[CURVE_SAMPLES // 4 : -(CURVE_SAMPLES // 4)].mean()) * (4 / 3.67)
    side = -1.0 if bow < 0 else 1.0
    if not 0.01 <= abs(bow) <= _DEEPEST:
        return None
    tangent = np.gradient(middle)
    tangent /= np.abs(tangent)
    across = ((upper - lower) * np.conj(tangent)).imag
    halves = np.convolve(np.pad(np.abs(across) / 2 * length, 3, mode="edge"), _SMOOTH, mode="valid")
    if halves.max() > _THICKEST * length / 2 or halves.min() <= 0:
        return None
    x = middle.real
    character = side * middle.imag - 4 * abs(bow) * x * (1 - x)
    character -= character[0] * (1 - x) + character[-1] * x
    return SampledCurve(length, abs(bow), _TO_BENDS @ character, halves)


def _sides(ring: Complexes) -> tuple[Complexes, Complexes] | None:
    """The two sides of a stroke from (0, 0) to (1, 0), both running from left to right."""
    first, last = _tip(ring, 0), _tip(ring, 1)
    if first == last:
        return None
    turned = np.roll(ring, -first)
    at = (last - first) % len(ring)
    there, back = turned[: at + 1], np.append(turned[at:], turned[0])[::-1]
    if len(there) < 2 or len(back) < 2:
        return None
    return there, back


def _tip(ring: Complexes, end: complex) -> int:
    """Index of the outermost point of a ring at an end of the stroke."""
    near = np.flatnonzero(np.abs(ring - end) < _NEAR_AN_END)
    if not len(near):
        return int(np.argmin(np.abs(ring - end)))
    outwards = end - ring[near].mean()
    return int(near[np.argmax((ring[near] * np.conj(outwards)).real)])


def _at_parts(side: Complexes) -> Complexes:
    """Equidistant points along a side."""
    along = np.append(0.0, np.cumsum(np.abs(np.diff(side))))
    if along[-1] <= 0:
        return np.full(CURVE_SAMPLES, side[0])
    at = _PARTS * along[-1]
    return np.asarray(np.interp(at, along, side.real) + 1j * np.interp(at, along, side.imag))
