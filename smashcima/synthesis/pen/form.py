"""The writer-independent forms of symbols: samples of their strokes and their properties."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from smashcima.caching import BoundedCache
from smashcima.kernels import kernels_are_used
from smashcima.synthesis.pen.centre_line import CentreLine, centre_lines
from smashcima.synthesis.pen.outline import RibbonPlan, plan_ribbons, ribbons_by_kernel
from smashcima.synthesis.pen.skeleton import SkeletonStroke
from smashcima.synthesis.pen.stroke_draft import Complexes, Floats

_WAVES = (0.9, 0.84, 0.56, 0.35)
"""Amplitudes of slow deviations by number of half waves along a stroke; low numbers dominate."""

_STRAIGHT = 0.985
"""Distance of the ends of a straight stroke, relative to its length."""

_STEADINESS = 0.6
"""Deviations of straight strokes relative to those of others: people draw the lines of clefs and sharps quite straight."""

_SHORTEST_BEND = 1.0
"""Radius of a bend, in mm, that sets the scale of slowing down in bends."""

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


@dataclass(frozen=True, slots=True, eq=False)
class SymbolForm:
    """The strokes of a symbol, in mm, with patterns along them. Complex numbers are points x + iy."""

    ribbons: RibbonPlan
    samples: Samples
    part: Floats
    """Position from 0 at the start of the stroke to 1 at its end, shape (n,)."""

    center: complex
    size: float
    """Diagonal of the bounding box, in mm."""

    masks: Floats
    """1 where a sample belongs to a stroke, else 0, shape (strokes, n)."""

    has_dots: bool
    """Whether any stroke is a dot."""

    bends: Complexes
    """Slow deviations relative to the size of the stroke, eight for each stroke, shape (8 * strokes, n)."""

    swells: Floats
    """Variation of the width, four patterns for each stroke, shape (4 * strokes, n)."""

    @property
    def stroke_count(self) -> int:
        """Number of strokes."""
        return len(self.masks)


FormKey = tuple[tuple[SkeletonStroke, ...], float, float]
"""Strokes, millimetres per unit, and roundness of the writer."""


def symbol_forms(wanted: Sequence[FormKey]) -> list[SymbolForm]:
    """The forms of symbols, cached since all writers share them; must not be modified.

    None depends on the others. New ones are made together, since the samples of one symbol are so few that calling NumPy
    takes longer than computing.
    """
    known = {key: _FORMS.find(key) for key in wanted}
    missing = [key for key, form in known.items() if form is None]
    if missing:
        known.update(zip(missing, map(_FORMS.keep, missing, _new_forms(missing)), strict=True))
    return [form for key in wanted if (form := known[key]) is not None]


_FORMS: BoundedCache[FormKey, SymbolForm] = BoundedCache(4096)


def _new_forms(wanted: Sequence[FormKey]) -> list[SymbolForm]:
    made = iter(
        centre_lines(
            [
                (stroke, mm_per_unit, roundness)
                for strokes, mm_per_unit, roundness in wanted
                for stroke in strokes
            ]
        )
    )
    lines = [[next(made) for _ in strokes] for strokes, _, _ in wanted]
    joined = _JoinedStrokes(lines)
    if kernels_are_used():
        from smashcima.synthesis.pen.form_kernels import fill_form

        ribbons = ribbons_by_kernel(lines)
        return [joined.form(number, own, fill_form) for number, own in enumerate(ribbons)]
    return [joined.form(number, plan_ribbons(own)) for number, own in enumerate(lines)]


class _JoinedStrokes:
    """Arrays of the samples of several symbols, one symbol after the other."""

    def __init__(self, symbols: Sequence[Sequence[CentreLine]]) -> None:
        lines = [line for own in symbols for line in own]
        points: Complexes = np.concatenate([line.points for line in lines])
        widths = np.concatenate([line.widths for line in lines])
        counts = np.array([len(line.points) for line in lines])
        ends = np.cumsum(counts)
        starts = ends - counts
        self._first_strokes = np.cumsum([0, *map(len, symbols)]).tolist()
        """Number of the first stroke of each symbol, followed by that of all strokes."""
        self._bounds = [*starts[self._first_strokes[:-1]].tolist(), len(points)]
        """Index of the first sample of each symbol, followed by the number of all samples."""
        self._stroke = stroke = np.repeat(np.arange(len(lines)), counts)

        ahead, back = np.zeros((2, len(points)), np.complex128)
        np.subtract(points[1:], points[:-1], out=ahead[:-1])
        ahead[ends - 1] = 0
        back[1:] = ahead[:-1]
        step = np.abs(back)
        along = np.empty(len(points))
        for first, last in pairwise(self._bounds):
            np.cumsum(step[first:last], out=along[first:last])
        is_filled = np.array([line.filled for line in lines])
        closing = np.where(is_filled, np.abs(points[ends - 1] - points[starts]), 0.0)
        lengths = along[ends - 1] - along[starts] + closing
        low, high = self._measure(points, starts)
        from_start, to_end, length = (
            along - along[starts][stroke],
            along[ends - 1][stroke] - along,
            lengths[stroke],
        )
        self._part: Floats = from_start / np.maximum(lengths, 1e-9)[stroke]
        self._is_closed = np.array([line.closed for line in lines])[stroke]
        self._is_dot = np.array([line.dot for line in lines])[stroke]

        tangent = ahead + back
        turning = np.where(back * ahead == 0, 1.0, ahead * np.conj(back))
        turn = np.abs(np.arctan2(turning.imag, turning.real))
        bend = 2 * turn / np.maximum(np.abs(ahead) + step, 1e-9)
        speed = np.cbrt(1 / (1 + bend * _SHORTEST_BEND)) * np.minimum(length / 3.0, 1.0)
        reach = np.maximum(np.minimum(0.4 * length, 1.2), 1e-9)
        starting = np.maximum(1 - from_start / reach, 0.0) ** 2
        ending = np.maximum(1 - to_end / reach, 0.0) ** 2
        self._numbers = np.stack([widths, along, from_start, to_end, length, speed, starting, ending])
        self._points = np.stack(
            [points, tangent / np.maximum(np.abs(tangent), 1e-12), ((low + high) / 2)[stroke]]
        )
        self._flags = np.stack([self._is_closed, self._is_dot, ~is_filled[stroke]])
        ends_apart = np.abs(points[ends - 1] - points[starts]) / np.maximum(lengths, 1e-9)
        steady = np.where(ends_apart > _STRAIGHT, _STEADINESS, 1.0)
        extent = (steady * np.abs(high - low))[stroke]
        waves = self._waves()
        self._bends = np.stack(
            [extent * amplitude * wave for amplitude, wave in zip(_WAVES, waves, strict=True)]
        )
        self._swells = np.stack([np.full(len(points), 0.6), 0.6 * waves[0], 0.7 * waves[1], 0.7 * waves[2]])

    def _measure(self, points: Complexes, starts: NDArray[np.intp]) -> tuple[Complexes, Complexes]:
        """Sets the boxes of the symbols; returns the corners of those of the strokes."""
        real, imag = points.real, points.imag
        sides = [
            extreme.reduceat(values, starts)
            for values in (real, imag)
            for extreme in (np.minimum, np.maximum)
        ]
        left, right, top, bottom = sides
        first = self._first_strokes[:-1]
        lefts, tops = np.minimum.reduceat(left, first), np.minimum.reduceat(top, first)
        rights, bottoms = np.maximum.reduceat(right, first), np.maximum.reduceat(bottom, first)
        corners = zip(lefts.tolist(), rights.tolist(), tops.tolist(), bottoms.tolist(), strict=True)
        self._centers = [complex(a + b, c + d) / 2 for a, b, c, d in corners]
        self._sizes: list[float] = np.hypot(rights - lefts, bottoms - tops).tolist()
        return left + 1j * top, right + 1j * bottom

    def _waves(self) -> list[Floats]:
        """Half waves along each stroke; whole waves along closed strokes, which must stay closed."""
        loop = np.exp(2j * np.pi * self._part)
        loops = (loop.real, loop.imag, (loop * loop).real, (loop * loop).imag)
        return [
            np.where(self._is_closed, whole, np.cos((k + 1) * np.pi * self._part))
            for k, whole in enumerate(loops)
        ]

    def form(self, number: int, ribbons: RibbonPlan, fill: Callable[..., None] | None = None) -> SymbolForm:
        """The form of one symbol; `fill` is the kernel of its patterns, if kernels are used."""
        own = slice(*self._bounds[number : number + 2])
        first, last = self._first_strokes[number : number + 2]
        if fill is None:
            masks, bends, swells = self._patterns(own, np.arange(first, last))
        else:
            strokes, count = last - first, own.stop - own.start
            masks, swells = np.empty((strokes, count)), np.empty((len(_WAVES) * strokes, count))
            bends = np.empty((2 * len(_WAVES) * strokes, count), np.complex128)
            fill(self._stroke, own.start, first, self._bends, self._swells, masks, bends, swells)
        # Copies, which do not keep the arrays of all symbols.
        samples = Samples(
            self._numbers[:, own].copy(), self._points[:, own].copy(), self._flags[:, own].copy()
        )
        return SymbolForm(
            ribbons=ribbons,
            samples=samples,
            part=self._part[own].copy(),
            center=self._centers[number],
            size=self._sizes[number],
            masks=masks,
            has_dots=bool(samples.is_dot.any()),
            bends=bends,
            swells=swells,
        )

    def _patterns(self, own: slice, strokes: NDArray[np.intp]) -> tuple[Floats, Complexes, Floats]:
        """Masks, bends and swells of a symbol; see `SymbolForm`."""
        masks = (self._stroke[own] == strokes[:, np.newaxis]).astype(np.float64)
        count = masks.shape[1]
        bends = (self._bends[:, np.newaxis, own] * masks).reshape(-1, count)
        swells = (self._swells[:, np.newaxis, own] * masks).reshape(-1, count)
        return masks, np.asarray((bends * _UNITS).reshape(-1, count)), np.asarray(swells)
