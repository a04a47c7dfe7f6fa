"""The writer-independent form of a symbol: samples of its strokes and their properties."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.pen.centre_line import Complexes, Floats, centre_line
from smashcima.synthesis.pen.outline import plan_ribbons
from smashcima.synthesis.pen.skeleton import SkeletonStroke

_WAVES = (0.9, 0.84, 0.56, 0.35)
"""Amplitudes of slow deviations by number of half waves along a stroke; low numbers dominate."""

_STRAIGHT = 0.985
"""Distance of the ends of a straight stroke, relative to its length."""

_STEADINESS = 0.6
"""Deviations of straight strokes relative to those of others: people draw the lines of clefs and sharps quite straight."""

_SHORTEST_BEND = 1.0
"""Radius of a bend, in mm, that sets the scale of slowing down in bends."""

_Item = TypeVar("_Item", np.float64, np.complex128, np.bool_)

_UNITS = np.array([1.0, 1j])[:, np.newaxis, np.newaxis]


class Samples:
    """Properties of the samples of one or more symbols; each attribute has the shape (n,)."""

    def __init__(self, numbers: Floats, points: Complexes, flags: NDArray[np.bool_]) -> None:
        """The rows are the attributes in the order below, so that three concatenations join symbols."""
        self._rows = (numbers, points, flags)
        self.widths: Floats = numbers[0]
        """Relative width of the stroke."""
        self.along: Floats = numbers[1]
        """Path length before the sample, over all strokes of the symbol."""
        self.from_start: Floats = numbers[2]
        """Path length from the start of the stroke."""
        self.to_end: Floats = numbers[3]
        self.length: Floats = numbers[4]
        """Length of the whole stroke."""
        self.speed: Floats = numbers[5]
        """Speed of the pen from 0 to 1, lower in bends and in short strokes."""
        self.starting: Floats = numbers[6]
        """Weight from 1 at the start of the stroke to 0 away from it."""
        self.ending: Floats = numbers[7]
        """Weight from 1 at the end of the stroke to 0 away from it."""
        self.points: Complexes = points[0]
        self.tangent: Complexes = points[1]
        """Direction of the stroke, of length 1."""
        self.middle: Complexes = points[2]
        """Centre of the stroke."""
        self.is_closed, self.is_dot, self.is_open_ended = flags

    def __len__(self) -> int:
        return len(self.points)

    @staticmethod
    def joined(parts: Sequence[Samples]) -> Samples:
        """The samples of several symbols, one symbol after the other."""
        if len(parts) == 1:
            return parts[0]
        numbers, points, flags = zip(*(part._rows for part in parts), strict=True)
        return Samples(
            np.concatenate(numbers, axis=1), np.concatenate(points, axis=1), np.concatenate(flags, axis=1)
        )


class SymbolForm:
    """The strokes of a symbol, in mm, with patterns along them. Complex numbers are points x + iy."""

    def __init__(self, strokes: tuple[SkeletonStroke, ...], mm_per_unit: float, roundness: float) -> None:
        lines = [centre_line(stroke, mm_per_unit, roundness) for stroke in strokes]
        self.ribbons = plan_ribbons(lines)
        points: Complexes = np.concatenate([line.points for line in lines])
        widths = np.concatenate([line.widths for line in lines])

        counts = np.array([len(line.points) for line in lines])
        ends = np.cumsum(counts)
        starts = ends - counts
        stroke = np.repeat(np.arange(len(lines)), counts)
        ahead, back = np.zeros((2, len(points)), np.complex128)
        np.subtract(points[1:], points[:-1], out=ahead[:-1])
        ahead[ends - 1] = 0
        back[1:] = ahead[:-1]
        step = np.abs(back)
        along = np.cumsum(step)
        is_filled = np.array([line.filled for line in lines])
        closing = np.where(is_filled, np.abs(points[ends - 1] - points[starts]), 0.0)
        lengths = along[ends - 1] - along[starts] + closing
        real, imag = points.real, points.imag
        low = np.minimum.reduceat(real, starts) + 1j * np.minimum.reduceat(imag, starts)
        high = np.maximum.reduceat(real, starts) + 1j * np.maximum.reduceat(imag, starts)
        from_start, to_end, length = (
            along - along[starts][stroke],
            along[ends - 1][stroke] - along,
            lengths[stroke],
        )

        self.part: Floats = from_start / np.maximum(lengths, 1e-9)[stroke]
        """Position from 0 at the start of the stroke to 1 at its end, shape (n,)."""
        left, right, top, bottom = real.min(), real.max(), imag.min(), imag.max()
        self.center = complex(left + right, top + bottom) / 2
        self.size = float(np.hypot(right - left, bottom - top))
        """Diagonal of the bounding box, in mm."""
        self.masks: Floats = (stroke == np.arange(len(lines))[:, np.newaxis]).astype(np.float64)
        """1 where a sample belongs to a stroke, else 0, shape (strokes, n)."""
        self._is_closed = np.array([line.closed for line in lines])[stroke]
        self.is_dot = np.array([line.dot for line in lines])[stroke]
        self.has_dots = bool(self.is_dot.any())
        """Whether any stroke is a dot."""

        tangent = ahead + back
        turning = np.where(back * ahead == 0, 1.0, ahead * np.conj(back))
        turn = np.abs(np.arctan2(turning.imag, turning.real))
        bend = 2 * turn / np.maximum(np.abs(ahead) + step, 1e-9)
        speed = np.cbrt(1 / (1 + bend * _SHORTEST_BEND)) * np.minimum(length / 3.0, 1.0)
        reach = np.maximum(np.minimum(0.4 * length, 1.2), 1e-9)
        starting = np.maximum(1 - from_start / reach, 0.0) ** 2
        ending = np.maximum(1 - to_end / reach, 0.0) ** 2
        self.samples = Samples(
            _rows(widths, along, from_start, to_end, length, speed, starting, ending),
            _rows(points, tangent / np.maximum(np.abs(tangent), 1e-12), ((low + high) / 2)[stroke]),
            _rows(self._is_closed, self.is_dot, ~is_filled[stroke]),
        )
        ends_apart = np.abs(points[ends - 1] - points[starts]) / np.maximum(lengths, 1e-9)
        steady = np.where(ends_apart > _STRAIGHT, _STEADINESS, 1.0)
        waves = self._waves()
        self.bends = self._bends(waves, (steady * np.abs(high - low))[stroke])
        """Slow deviations relative to the size of the stroke, eight for each stroke, shape (8 * strokes, n)."""
        self.swells = self._swells(waves)
        """Variation of the width, four patterns for each stroke, shape (4 * strokes, n)."""

    @property
    def stroke_count(self) -> int:
        """Number of strokes."""
        return len(self.masks)

    def _bends(self, waves: Sequence[Floats], extent: Floats) -> Complexes:
        scaled = [extent * amplitude * wave for amplitude, wave in zip(_WAVES, waves, strict=True)]
        rows = (_rows(*scaled)[:, np.newaxis] * self.masks).reshape(-1, len(self.part))
        return np.asarray((rows * _UNITS).reshape(-1, len(self.part)))

    def _swells(self, waves: Sequence[Floats]) -> Floats:
        rows = _rows(np.full(len(self.part), 0.6), 0.6 * waves[0], 0.7 * waves[1], 0.7 * waves[2])
        return np.asarray((rows[:, np.newaxis] * self.masks).reshape(-1, len(self.part)))

    def _waves(self) -> list[Floats]:
        """Half waves along each stroke; whole waves along closed strokes, which must stay closed."""
        loop = np.exp(2j * np.pi * self.part)
        loops = (loop.real, loop.imag, (loop * loop).real, (loop * loop).imag)
        return [
            np.where(self._is_closed, whole, np.cos((k + 1) * np.pi * self.part))
            for k, whole in enumerate(loops)
        ]


def _rows(*rows: NDArray[_Item]) -> NDArray[_Item]:
    """The rows as one array, as `np.stack`, which takes several times as long for a few short rows."""
    out = np.empty((len(rows), len(rows[0])), rows[0].dtype)
    for number, row in enumerate(rows):
        out[number] = row
    return out


@lru_cache(maxsize=4096)
def symbol_form(strokes: tuple[SkeletonStroke, ...], mm_per_unit: float, roundness: float) -> SymbolForm:
    """The form of a symbol, cached since all writers share it; must not be modified."""
    return SymbolForm(strokes, mm_per_unit, roundness)
