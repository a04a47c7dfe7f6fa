"""A symbol before any writer: its strokes as samples, and what can be said about each sample."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache

import numpy as np

from smashcima.synthesis.pen.centre_line import Complexes, Floats, centre_line
from smashcima.synthesis.pen.outline import plan_ribbons
from smashcima.synthesis.pen.skeleton import SkeletonStroke

_WAVES = (0.65, 0.6, 0.4, 0.25)
"""Amplitudes of slow deviations by their number of half waves along a stroke: hands make low ones."""

_SHORTEST_BEND = 1.0
"""Radius in mm at which the pen is half as slow as it gets in bends."""

_UNITS = np.array([1.0, 1j])[:, np.newaxis, np.newaxis]


class SymbolForm:
    """The strokes of a symbol, in mm, with patterns along them. Complex numbers are points: x + iy."""

    def __init__(self, strokes: tuple[SkeletonStroke, ...], mm_per_unit: float, roundness: float) -> None:
        lines = [centre_line(stroke, mm_per_unit, roundness) for stroke in strokes]
        self.digest = hashlib.blake2b(
            repr([stroke.knots for stroke in strokes]).encode(), digest_size=8
        ).hexdigest()
        """The same for the same knots, in any process."""
        self.ribbons = plan_ribbons(lines)
        self.points: Complexes = np.concatenate([line.points for line in lines])
        """(n,): samples of all strokes."""
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
        """(n,): length of path before each sample, all strokes counted."""
        self.from_start: Floats = along - along[starts][stroke]
        self.to_end: Floats = along[ends - 1][stroke] - along
        self.length: Floats = lengths[stroke]
        """(n,): length of the whole stroke."""
        self.part: Floats = self.from_start / np.maximum(lengths, 1e-9)[stroke]
        """(n,): from 0 at the start of the stroke to 1 at its end."""
        self.middle: Complexes = ((low + high) / 2)[stroke]
        """(n,): the middle of the stroke."""
        self.center = complex(real.min() + real.max(), imag.min() + imag.max()) / 2
        self.size = float(np.hypot(np.ptp(real), np.ptp(imag)))
        """Corner to corner."""
        self.masks: Floats = (stroke == np.arange(len(lines))[:, np.newaxis]).astype(np.float64)
        """(strokes, n): 1 where a sample belongs to a stroke."""
        self.is_closed = np.array([line.closed for line in lines])[stroke]
        self.is_dot = np.array([line.dot for line in lines])[stroke]
        self.is_open_ended = ~is_filled[stroke]

        tangent = ahead + back
        self.tangent: Complexes = tangent / np.maximum(np.abs(tangent), 1e-12)
        turn = np.abs(np.angle(np.where(back * ahead == 0, 1.0, ahead * np.conj(back))))
        bend = 2 * turn / np.maximum(np.abs(ahead) + step, 1e-9)
        self.speed: Floats = np.cbrt(1 / (1 + bend * _SHORTEST_BEND)) * np.minimum(self.length / 3.0, 1.0)
        """(n,): how fast the pen moves there, from 0 to 1: slowly in bends and in short strokes."""

        self.bends = self._bends(np.abs(high - low)[stroke])
        """(8 for each stroke, n): slow deviations, relative to the size of the stroke."""
        self.swells = self._swells()
        """(4 for each stroke, n): rise and fall of the width along it."""

    @property
    def stroke_count(self) -> int:
        """How many strokes there are."""
        return len(self.masks)

    @cached_property
    def has_dots(self) -> bool:
        """Whether any stroke is a dot."""
        return bool(self.is_dot.any())

    @cached_property
    def starting(self) -> Floats:
        """(n,): from 1 at the start of the stroke to 0 where that does not matter any more."""
        return np.asarray(np.maximum(1 - self.from_start / self._reach, 0.0) ** 2)

    @cached_property
    def ending(self) -> Floats:
        """(n,): the same for its end."""
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
        """Half waves along each stroke; but a loop must close again, so its waves are whole ones."""
        loop = np.exp(2j * np.pi * self.part)
        loops = (loop.real, loop.imag, (loop * loop).real, (loop * loop).imag)
        return [
            np.where(self.is_closed, whole, np.cos((k + 1) * np.pi * self.part))
            for k, whole in enumerate(loops)
        ]


@lru_cache(maxsize=4096)
def symbol_form(strokes: tuple[SkeletonStroke, ...], mm_per_unit: float, roundness: float) -> SymbolForm:
    """The form of a symbol; kept, since every writer begins with the same ones. Nothing in it may be changed."""
    return SymbolForm(strokes, mm_per_unit, roundness)
