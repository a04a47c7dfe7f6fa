"""Straight strokes: made in batches and scaled to length, since a page has about a thousand."""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from smashcima.kernels import kernels_are_used
from smashcima.randomness import Stream, first_normals
from smashcima.synthesis.pen.stroke_draft import Complexes, Floats
from smashcima.synthesis.pen.writer import PenWriter

_STOCK = 32
"""Number of strokes made at once."""

_LENGTHS = (2.0, 5.0, 12.0, 30.0, 80.0, 400.0)
"""Upper limits of stroke length, in mm, for each number of samples in `_SAMPLES`."""
_SAMPLES = (5, 7, 11, 23, 45, 121)

_BENDS = np.array([1.0, 0.5, 0.3, 0.2])
"""Amplitudes of bends by number of half waves along the line."""

_BEND = 1.8
"""Amplitude of the first bend for a root mean square bend of 1."""

_SATURATION = 20.0
"""Length in mm above which bends do not grow in proportion: long lines are guided or ruled."""

_TREMORS = np.array([0.8, 1.3, 2.1])
"""Frequencies of the tremor, relative to that of the writer."""

_CAP = np.exp(1j * np.radians([-45.0, 0.0, 45.0]))


class LinePatterns:
    """The patterns of a writer's straight strokes, made when they are needed."""

    def __init__(self, writer: PenWriter) -> None:
        self._writer = writer
        self._patterns: list[_Patterns | None] = [None] * len(_LENGTHS)

    def of_size(self, size: int) -> _Patterns:
        """The patterns for one range of lengths."""
        patterns = self._patterns[size]
        if patterns is None:
            patterns = self._patterns[size] = _Patterns(self._writer, size)
        return patterns


class LineStrokes:
    """An endless stock of different straight strokes by a writer."""

    def __init__(
        self,
        writer: PenWriter,
        kind: str,
        sturdiness: float = 1.0,
        bow: float = 1.0,
        shared: LinePatterns | None = None,
    ) -> None:
        """`kind` names the use of the strokes: a writer has a different habitual bend for each kind.

        `sturdiness` divides the variation: 2 for strokes that are drawn with care. `bow` is a factor on the bends. `shared` is
        what all kinds of strokes of the writer have in common.
        """
        self._writer = writer
        self._nib = writer.outline_nib
        self._vigour = 1 / sturdiness
        self._bow = bow
        habit = first_normals([Stream(writer.seed).child("habit", "line", kind)], [4], kernels_are_used())
        self._habit = np.minimum(np.maximum(habit, -2), 2) * 0.4
        self._patterns = shared or LinePatterns(writer)
        self._stocks: list[_Stock | _RawStock | None] = [None] * len(_LENGTHS)

    def start_over(self) -> None:
        """Discards the stock."""
        self._stocks = [None] * len(_LENGTHS)

    def take(self, delta: complex, width: float, rng: np.random.Generator, inset: float = 0.0) -> Floats:
        """The ring (m, 2) of a stroke from the origin to `delta` with mean width `width`, in mm.

        The path is shorter by `inset` at both ends, where the round ends of the ink extend beyond it.
        """
        full = abs(delta)
        inset = min(inset, full / 4)
        length = full - 2 * inset
        size = min(bisect_left(_LENGTHS, length), len(_LENGTHS) - 1)
        stock = self._stocks[size]
        if stock is None or stock.left == 0:
            stock = self._stocks[size] = self._make(size, rng)
        stock.left -= 1
        bend = length / (1 + length / _SATURATION)
        ring = stock.ring(length, bend, self._ends(delta), width, inset)
        ring *= delta / full if full > 0 else 1.0
        return ring.view(np.float64).reshape(-1, 2)

    def _ends(self, delta: complex) -> tuple[float, float] | None:
        """Shear and roundness of the ends of a stroke, from the ellipse of the nib; see `NibShape`."""
        if self._nib is None:
            return None
        if delta == 0:
            return 0.0, 1.0
        shape = self._nib.shape(np.array([delta / abs(delta)]))
        return float(shape.shear[0]), float(shape.roundness[0])

    def _make(self, size: int, rng: np.random.Generator) -> _Stock | _RawStock:
        writer = self._writer
        patterns = self._patterns.of_size(size)
        draws = rng.standard_normal((_STOCK, 18))
        np.maximum(draws, -2.5, out=draws)  # `np.clip` has four times the overhead
        np.minimum(draws, 2.5, out=draws)
        bends = (draws[:, :4] * self._vigour + self._habit * writer.habit) @ (patterns.bends * self._bow)
        shakes = (draws[:, 4:10] * self._vigour) @ patterns.shakes
        pressed = draws[:, 10:14] @ patterns.pressure
        jitter, reach = writer.overshoot_jitter * self._vigour, min(1.0, 0.25 * _LENGTHS[size])
        if self._nib is None and kernels_are_used():
            return _RawStock(patterns, draws, bends, shakes, pressed, (writer.overshoot, jitter, reach))
        pressed += 1
        halves = np.minimum(np.maximum(pressed, 0.5), 1.6) * 0.5
        ends = patterns.ends + patterns.end_jitter * draws[:, 14:16]
        halves[:, [0, -1]] *= np.minimum(np.maximum(ends, 0.35), 1.5)
        runs = writer.overshoot + draws[:, 16:18] * jitter
        runs = np.minimum(np.maximum(runs, -0.3), 0.5) * reach
        return _Stock(patterns, bends, shakes, halves, runs)


class _Grid:
    """What all writers share of the strokes of one range of lengths; arrays have a value for each sample."""

    def __init__(self, size: int) -> None:
        samples = _SAMPLES[size]
        self.part: Floats = np.linspace(0.0, 1.0, samples)
        """Positions along the stroke, from 0 to 1."""
        self.waves: Floats = (
            np.sin(np.pi * np.arange(1, 5)[:, np.newaxis] * self.part) * _BENDS[:, np.newaxis]
        )
        self.middle: Floats = np.sin(np.pi * self.part) ** 0.5
        """Weight from 0 at the ends to 1 in the middle."""
        self.slow: Floats = np.cos(np.pi * np.arange(4)[:, np.newaxis] * self.part)
        self.usual_length = _LENGTHS[size - 1] if size else 1.0
        self.most_cycles = samples / 8
        cap = np.zeros(3)
        self.along: Complexes = np.concatenate([self.part, cap + 1, self.part[::-1], cap]).astype(
            np.complex128
        )
        """Positions of the points of a ring along the stroke, from 0 to 1."""
        there, last = np.arange(samples), samples - 1
        self.around = np.concatenate([there, np.full(3, last), there[::-1], np.zeros(3, np.intp)])
        """The sample of each point of a ring."""


_GRIDS = [_Grid(size) for size in range(len(_SAMPLES))]


class _Patterns:
    """Basis of a writer's strokes for one range of lengths; each pattern has a value for each sample."""

    def __init__(self, writer: PenWriter, size: int) -> None:
        grid = _GRIDS[size]
        self.bends: Floats = grid.waves * (_BEND * writer.line_wobble)

        # Tremor, at its frequency on a line of the usual length for this stock.
        cycles = writer.tremor_frequency * grid.usual_length * _TREMORS
        angles = 2 * np.pi * np.minimum(cycles, grid.most_cycles)[:, np.newaxis] * grid.part
        cosines = np.cos(angles)
        turns = np.concatenate([np.sin(angles), cosines - cosines[:, :1]])
        self.shakes: Floats = turns * (writer.tremor / 2 * grid.middle)

        self.pressure: Floats = writer.pressure * grid.slow
        tapers = np.array([writer.start_taper, writer.end_taper])
        blobs = np.array([writer.start_blob, writer.end_blob])
        self.ends: Floats = 1 - 0.5 * tapers + blobs
        """Thickness of both ends."""
        self.end_jitter: Floats = 0.4 * (tapers + blobs)
        self.end_sizes: Floats = np.concatenate([self.ends, self.end_jitter])
        self.along = grid.along
        self.around = grid.around
        self.part = grid.part


class _Stock:
    """Strokes as the parts of their rings that are proportional to length, proportional to width, and constant.

    A ring runs along the left side, around the end, back along the right side and around the start.
    """

    def __init__(
        self, patterns: _Patterns, bends: Floats, shakes: Floats, halves: Floats, ends: Floats
    ) -> None:
        self.left = len(bends)
        self._along = patterns.along
        around = patterns.around
        self._bends = 1j * bends.take(around, axis=1)
        first, last = halves[:, :1], halves[:, -1:]
        self._sides = np.concatenate([-1j * halves, last * _CAP, 1j * halves[:, ::-1], -first * _CAP], axis=1)
        shift = np.zeros_like(bends)
        shift[:, 0], shift[:, -1] = -ends[:, 0], ends[:, 1]
        self._shifts = shift.take(around, axis=1) + 1j * shakes.take(around, axis=1)

    def ring(
        self, length: float, bend: float, ends: tuple[float, float] | None, width: float, inset: float
    ) -> Complexes:
        """The ring of the stroke with the number `left`, along the x axis."""
        sides = self._sides[self.left]
        if ends is not None:
            sides = sides.imag * (1j + ends[0]) + sides.real * ends[1]
        ring = self._along * length
        ring += self._bends[self.left] * bend
        ring += sides * width
        ring += self._shifts[self.left] + inset
        return ring


class _RawStock:
    """Strokes of a round pen before they are rings, which a kernel makes of those that are used."""

    def __init__(
        self,
        patterns: _Patterns,
        draws: Floats,
        bends: Floats,
        shakes: Floats,
        pressed: Floats,
        runs: tuple[float, float, float],
    ) -> None:
        """`runs` are the mean and variation of how far strokes run beyond their ends, and a factor on both."""
        from smashcima.synthesis.pen.outline_kernels import stroke_ring

        self.left = len(bends)
        self._fill = stroke_ring
        self._arrays = (patterns.part, patterns.end_sizes, _CAP, draws, bends, shakes, pressed)
        self._runs = runs
        self._size = len(patterns.around)

    def ring(
        self, length: float, bend: float, ends: tuple[float, float] | None, width: float, inset: float
    ) -> Complexes:
        """The ring of the stroke with the number `left`, along the x axis; `ends` are those of other pens."""
        ring = np.empty(self._size, np.complex128)
        self._fill(*self._arrays, self.left, *self._runs, length, bend, width, inset, ring)
        return ring
