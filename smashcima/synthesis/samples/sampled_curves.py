"""Sampled slurs and ties: the line along their middle, and how thick they are along it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from smashcima.assets.glyphs import GlyphStore
from smashcima.synthesis.samples.sample_outlines import Complexes, Floats, OutlineBank, SampleOutline
from smashcima.synthesis.samples.sampled_lines import line_ends

CURVE_SAMPLES = 33
"""Points along a curve."""

_PARTS = np.linspace(0.0, 1.0, CURVE_SAMPLES)
_SHORTEST = 0.8
"""In staff spaces, from end to end."""

_THICKEST = 0.25
"""Relative to the length: what is thicker is no stroke."""

_DEEPEST = 0.6
"""Height of the bow relative to the length: what is rounder than that cannot be taken for a curve above its ends."""

_NEAR_AN_END = 0.2
"""Relative to the length: where a stroke has its direction near an end."""

_SMOOTH = np.array([1.0, 2.0, 3.0, 2.0, 1.0]) / 9


@dataclass(frozen=True, slots=True, eq=False)
class SampledCurve:
    """One sampled curve. Lengths are staff spaces."""

    length: float
    """From end to end."""

    bow: float
    """Height of its middle above the line between its ends, relative to the length; always positive."""

    character: Floats
    """(CURVE_SAMPLES,): how far its middle line lies outside of the parabola of its bow, relative to the length."""

    halves: Floats
    """(CURVE_SAMPLES,): half its thickness."""


class CurveBank:
    """The curves of a store by the index of the glyph, prepared when they are first asked for."""

    def __init__(self, store: GlyphStore, outlines: OutlineBank) -> None:
        self._store = store
        self._outlines = outlines
        self._curves: dict[int, SampledCurve | None] = {}

    def curve(self, index: int) -> SampledCurve | None:
        """The shape of a curve; `None` where it is not to be used."""
        if index not in self._curves:
            outline = self._outlines[index]
            start, end = line_ends(self._store, index)
            self._curves[index] = None if outline is None else sampled_curve(outline, start, end)
        return self._curves[index]


def sampled_curve(outline: SampleOutline, start: complex, end: complex) -> SampledCurve | None:
    """The shape of a curve with known ends, in staff spaces; `None` for one that is no single clean stroke."""
    if start.real > end.real:
        start, end = end, start
    length = abs(end - start)
    if not length >= _SHORTEST or len(outline.ends) != 1:  # an end that is not known is not a number
        return None
    ring = (outline.points - start) * ((end - start).conjugate() / (length * length))
    sides = _sides(ring)
    if sides is None:
        return None
    upper, lower = (_at_parts(side) for side in sides)
    middle = (upper + lower) / 2
    # Where the middle line goes up and down again, it is no curve over its ends any more.
    if np.any(np.diff(middle.real) <= 0):
        return None
    bow = float(middle.imag[CURVE_SAMPLES // 4 : -(CURVE_SAMPLES // 4)].mean()) * (4 / 3.67)
    side = -1.0 if bow < 0 else 1.0
    if not 0.01 <= abs(bow) <= _DEEPEST:
        return None
    tangent = np.gradient(middle)
    tangent /= np.abs(tangent)
    across = ((upper - lower) * np.conj(tangent)).imag
    halves = np.convolve(np.pad(np.abs(across) / 2 * length, 2, mode="edge"), _SMOOTH, mode="valid")
    if halves.max() > _THICKEST * length / 2 or halves.min() <= 0:
        return None
    x = middle.real
    character = side * middle.imag - 4 * abs(bow) * x * (1 - x)
    character -= character[0] * (1 - x) + character[-1] * x
    return SampledCurve(length, abs(bow), character, halves)


def _sides(ring: Complexes) -> tuple[Complexes, Complexes] | None:
    """The two sides of a stroke from (0, 0) to (1, 0), both from left to right."""
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
    """The point of a ring that lies farthest out at an end of the stroke."""
    near = np.flatnonzero(np.abs(ring - end) < _NEAR_AN_END)
    if not len(near):
        return int(np.argmin(np.abs(ring - end)))
    outwards = end - ring[near].mean()
    return int(near[np.argmax((ring[near] * np.conj(outwards)).real)])


def _at_parts(side: Complexes) -> Complexes:
    """Points at equal parts of the length of a side."""
    along = np.append(0.0, np.cumsum(np.abs(np.diff(side))))
    if along[-1] <= 0:
        return np.full(CURVE_SAMPLES, side[0])
    at = _PARTS * along[-1]
    return np.asarray(np.interp(at, along, side.real) + 1j * np.interp(at, along, side.imag))
