"""The writer-independent form of a symbol: samples of its strokes and their properties."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache

import numpy as np

from smashcima.synthesis.pen.centre_line import Complexes, Floats, centre_line
from smashcima.synthesis.pen.outline import plan_ribbons
from smashcima.synthesis.pen.skeleton import SkeletonStroke

_WAVES = (0.65, 0.6, 0.4, 0.25)
"""Amplitudes of slow deviations by number of half waves along a stroke; low numbers dominate."""

_SHORTEST_BEND = 1.0
"""Radius of a bend, in mm, that sets the scale of slowing down in bends."""

_UNITS = np.array([1.0, 1j])[:, np.newaxis, np.newaxis]


class SymbolForm:
    """The strokes of a symbol, in mm, with patterns along them. Complex numbers are points x + iy."""

    def __init__(self, strokes: tuple[SkeletonStroke, ...], mm_per_unit: float, roundness: float) -> None:
        lines = [centre_line(stroke, mm_per_unit, roundness) for stroke in strokes]
        self.digest = hashlib.blake2b(
            repr([stroke.knots for stroke in strokes]).encode(), digest_size=8
        ).hexdigest()
        """Computes the form, which is deterministic in all processes."""
        self.ribbons = plan_ribbons(lines)
        self.points: Complexes = np.concatenate([line.points for line in lines])
        """Samples of all strokes, shape (n,)."""
        self.widths: Floats = np.concatenate([line.widths for line in lines])

        counts = np.array([len(line.points) for line in lines])
        ends = np.cumsum(counts)
        starts = ends - counts
        stroke = np.repeat(np.arange(len(lines)), counts)
        ahead = np.append(self.points[1:], 0) - self.points
        ahead[ends - 1] = 0
        back = np.append(0, ahead[:-1])
        step = np.abs(back)
        along = np.cumsum(step)
        is_filled = np.array([line.filled for line in lines])
        closing = np.where(is_filled, np.abs(self.points[ends - 1] - self.points[starts]), 0.0)
        lengths = along[ends - 1] - along[starts] + closing
        real, imag = self.points.real, self.points.imag
        low = np.minimum.reduceat(real, starts) + 1j * np.minimum.reduceat(imag, starts)
        high = np.maximum.reduceat(real, starts) + 1j * np.maximum.reduceat(imag, starts)

        self.along: Floats = along
        """Path length before each sample, over all strokes, shape (n,)."""
        self.from_start: Floats = along - along[starts][stroke]
        self.to_end: Floats = along[ends - 1][stroke] - along
        self.length: Floats = lengths[stroke]
        """Length of the whole stroke of each sample, shape (n,)."""
        self.part: Floats = self.from_start / np.maximum(lengths, 1e-9)[stroke]
        """Position from 0 at the start of the stroke to 1 at its end, shape (n,)."""
        self.middle: Complexes = ((low + high) / 2)[stroke]
        """Centre of the stroke of each sample, shape (n,)."""
        self.center = complex(real.min() + real.max(), imag.min() + imag.max()) / 2
        self.size = float(np.hypot(np.ptp(real), np.ptp(imag)))
        """Diagonal of the bounding box, in mm."""
        self.masks: Floats = (stroke == np.arange(len(lines))[:, np.newaxis]).astype(np.float64)
        """1 where a sample belongs to a stroke, else 0, shape (strokes, n)."""
        self.is_closed = np.array([line.closed for line in lines])[stroke]
        self.is_dot = np.array([line.dot for line in lines])[stroke]
        self.is_open_ended = ~is_filled[stroke]

        tangent = ahead + back
        self.tangent: Complexes = tangent / np.maximum(np.abs(tangent), 1e-12)
        turn = np.abs(np.angle(np.where(back * ahead == 0, 1.0, ahead * np.conj(back))))
        bend = 2 * turn / np.maximum(np.abs(ahead) + step, 1e-9)
        self.speed: Floats = np.cbrt(1 / (1 + bend * _SHORTEST_BEND)) * np.minimum(self.length / 3.0, 1.0)
        """Speed of the pen from 0 to 1, lower in bends and in short strokes, shape (n,)."""

        self.bends = self._bends(np.abs(high - low)[stroke])
        """Slow deviations relative to the size of the stroke, eight for each stroke, shape (8 * strokes, n)."""
        self.swells = self._swells()
        """Variation of the width, four patterns for each stroke, shape (4 * strokes, n)."""

    @property
    def stroke_count(self) -> int:
        """Number of strokes."""
        return len(self.masks)

    @cached_property
    def has_dots(self) -> bool:
        """Whether any stroke is a dot."""
        return bool(self.is_dot.any())

    @cached_property
    def starting(self) -> Floats:
        """Weight from 1 at the start of the stroke to 0 away from it, shape (n,)."""
        return np.asarray(np.maximum(1 - self.from_start / self._reach, 0.0) ** 2)

    @cached_property
    def ending(self) -> Floats:
        """Weight from 1 at the end of the stroke to 0 away from it, shape (n,)."""
        return np.asarray(np.maximum(1 - self.to_end / self._reach, 0.0) ** 2)

    @property
    def _reach(self) -> Floats:
        return np.asarray(np.maximum(np.minimum(0.4 * self.length, 1.2), 1e-9))

    def _bends(self, extent: Floats) -> Complexes:
        waves = [extent * amplitude * wave for amplitude, wave in zip(_WAVES, self._waves(), strict=True)]
        rows = (np.stack(waves)[:, np.newaxis] * self.masks).reshape(-1, len(self.part))
        return np.asarray((rows * _UNITS).reshape(-1, len(self.part)))

    def _swells(self) -> Floats:
        waves = self._waves()
        rows = np.stack([np.full(len(self.part), 0.6), 0.6 * waves[0], 0.7 * waves[1], 0.7 * waves[2]])
        return np.asarray((rows[:, np.newaxis] * self.masks).reshape(-1, len(self.part)))

    def _waves(self) -> list[Floats]:
        """Half waves along each stroke; whole waves along closed strokes, which must stay closed."""
        loop = np.exp(2j * np.pi * self.part)
        loops = (loop.real, loop.imag, (loop * loop).real, (loop * loop).imag)
        return [
            np.where(self.is_closed, whole, np.cos((k + 1) * np.pi * self.part))
            for k, whole in enumerate(loops)
        ]


@lru_cache(maxsize=4096)
def symbol_form(strokes: tuple[SkeletonStroke, ...], mm_per_unit: float, roundness: float) -> SymbolForm:
    """The form of a symbol, cached since all writers share it; must not be modified."""
    return SymbolForm(strokes, mm_per_unit, roundness)
