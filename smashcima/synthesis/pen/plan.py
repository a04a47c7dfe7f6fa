"""The plan of a symbol for one writer: the mean form, and the deviations of renderings from it.

Every deviation is a pattern along the strokes times a random number. A rendering is the product of a matrix of
patterns and a vector of random numbers, and many renderings are one product of two matrices.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

import numpy as np

from smashcima.caching import BoundedCache
from smashcima.kernels import kernels_are_used
from smashcima.quick_init import quick_init
from smashcima.randomness import Stream, first_normals
from smashcima.synthesis.pen.centre_line import DOT_RADIUS
from smashcima.synthesis.pen.form import FormKey, SymbolForm, symbol_forms
from smashcima.synthesis.pen.outline import RibbonPlan
from smashcima.synthesis.pen.patterns import Patterns
from smashcima.synthesis.pen.skeleton import SkeletonStroke
from smashcima.synthesis.pen.stroke_draft import Complexes, Floats
from smashcima.synthesis.pen.writer import PenWriter

_DOT_STRETCH = 2.2
"""Elongation of dots to dashes, relative to the pen width and the writer's wobble."""

_MOST_STRETCH = DOT_RADIUS / 10
"""Largest elongation in mm; a larger one could invert the circle."""


@quick_init
@dataclass(frozen=True, slots=True, eq=False)
class WritingPlan:
    """Arrays from which `Pen` renders a symbol. Complex numbers are points x + iy, in mm."""

    centres: Complexes
    """Samples of the mean form, shape (n,)."""

    halves: Floats
    """Half the mean width of the ink at the samples, in mm, shape (n,)."""

    moves: Complexes
    """Displacement of the samples by one standard deviation of each of K random numbers, shape (K, n)."""

    swells: Floats
    """Relative change of width by one standard deviation of each of L random numbers, shape (L, n)."""

    ribbons: RibbonPlan

    @property
    def draw_count(self) -> int:
        """Number of random numbers of a rendering: those of `moves`, then those of `swells`."""
        return len(self.moves) + len(self.swells)


@quick_init
@dataclass(frozen=True, slots=True)
class Wanted:
    """A symbol to be planned."""

    strokes: tuple[SkeletonStroke, ...]
    mm_per_unit: float
    width: float = 1.0
    """Pen width, relative to that of the writer."""
    slant: float = 1.0
    """Slant, relative to that of the writer."""


def plan_writing(wanted: Sequence[Wanted], writer: PenWriter) -> list[WritingPlan]:
    """The plans of symbols. None depends on the others, but planning them together is several times as fast."""
    if not wanted:
        return []
    known = [_known.get(id(each.strokes), partial(_KnownStrokes, each.strokes)) for each in wanted]
    forms = _forms_of(known, [each.mm_per_unit for each in wanted], writer.roundness)
    patterns = Patterns(forms, [each.slant for each in wanted], [each.width for each in wanted], writer)
    usual = _habits(forms, [own.digest for own in known], writer)
    fill = _filled_by_kernel if kernels_are_used() else _filled
    starts = accumulate([len(form.samples) for form in forms], initial=0)
    return [
        _plan(form, patterns, start, own, fill, writer)
        for form, start, own in zip(forms, starts, usual, strict=False)
    ]


def _habits(
    forms: Sequence[SymbolForm], digests: Sequence[str], writer: PenWriter
) -> Sequence[Floats | None]:
    """How much of each deviation of a symbol the writer has always; `None` for writers without habits."""
    if writer.habit <= 0:
        return [None] * len(forms)
    root = Stream(writer.seed)
    streams = [root.child("habit", digest) for digest in digests]
    counts = [_move_count(form) for form in forms]
    usual = first_normals(streams, counts, kernels_are_used())
    np.maximum(usual, -2.0, out=usual)
    np.minimum(usual, 2.0, out=usual)
    usual *= writer.habit
    return [usual[start:end] for start, end in pairwise(accumulate(counts, initial=0))]


class _KnownStrokes:
    """What all writers share of the strokes of one symbol.

    Kept by the identity of the strokes, which is safe while they are kept here: hashing all knots, or forming the text
    of the digest, takes about as long as planning.
    """

    def __init__(self, strokes: tuple[SkeletonStroke, ...]) -> None:
        self._strokes = strokes
        self._has_corners = any(stroke.corners for stroke in strokes)
        self.forms: dict[tuple[float, float], SymbolForm] = {}
        """The forms that were used, by millimetres per unit and roundness, the last parts of their keys."""
        # NumPy 2 writes its numbers in another form than NumPy 1.
        text = repr([tuple((float(x), float(y)) for x, y in stroke.knots) for stroke in strokes])
        self.digest = hashlib.blake2b(text.encode(), digest_size=8).hexdigest()
        """Identifies the strokes in all processes. Not part of the form, which is shared by strokes that are equal but
        written differently, as 0.0 and -0.0 are: the digest would depend on which of them was used first."""

    def key(self, mm_per_unit: float, roundness: float) -> FormKey:
        """The key of the form at a size, for writers of a roundness."""
        # Roundness is quantised, and 0 if there are no corners, so that writers can share forms.
        return (self._strokes, mm_per_unit, round(5 * roundness) / 5 if self._has_corners else 0.0)


def _forms_of(known: Sequence[_KnownStrokes], sizes: Sequence[float], roundness: float) -> list[SymbolForm]:
    """The forms of symbols at their sizes, for writers of a roundness."""
    keys = [own.key(size, roundness) for own, size in zip(known, sizes, strict=True)]
    missing = [(own, key) for own, key in zip(known, keys, strict=True) if key[1:] not in own.forms]
    forms = symbol_forms([key for _, key in missing])
    for (own, key), form in zip(missing, forms, strict=True):
        own.forms[key[1:]] = form
    return [own.forms[key[1:]] for own, key in zip(known, keys, strict=True)]


_known: BoundedCache[int, _KnownStrokes] = BoundedCache(2048)


def _move_count(form: SymbolForm) -> int:
    """Number of displacements of a form."""
    count = form.stroke_count
    return 8 + len(form.bends) + count * (2 + 3 * (count > 1) + 3 * form.has_dots)


def _plan(
    form: SymbolForm,
    patterns: Patterns,
    start: int,
    usual: Floats | None,
    fill: Callable[[SymbolForm, Patterns, int, PenWriter, Complexes, Floats], None],
    writer: PenWriter,
) -> WritingPlan:
    """The plan of the symbol whose samples start at an index of the patterns."""
    count = form.stroke_count
    span = slice(start, start + len(form.samples))
    moves = np.empty((_move_count(form), len(form.samples)), np.complex128)
    swells = np.empty((1 + len(form.swells) + 2 * count, len(form.samples)))
    fill(form, patterns, start, writer, moves, swells)
    if form.has_dots:
        ends_at = len(moves) - 4 - 2 * count
        _fill_dashes(moves[ends_at - 3 * count : ends_at], form, writer)
    centres = patterns.centres[span]
    if usual is not None:
        # Real instead of complex products, which use several threads and are slower for these sizes.
        centres = centres + (usual @ moves.view(np.float64)).view(np.complex128)
    return WritingPlan(centres, patterns.halves[span], moves, swells, form.ribbons)


def _filled(
    form: SymbolForm, patterns: Patterns, start: int, writer: PenWriter, moves: Complexes, swells: Floats
) -> None:
    """Writes the deviations of a symbol, except those of dots."""
    count, masks = form.stroke_count, form.masks
    span = slice(start, start + len(form.samples))
    of_points, of_widths = patterns.of_points[:, span], patterns.of_widths[:, span]
    strokes_at, shakes_at = 4 + len(form.bends), len(moves) - 4
    ends_at = shakes_at - 2 * count
    moves[:4] = of_points[:4]
    np.multiply(form.bends, writer.wobble * writer.size, out=moves[4:strokes_at])
    if count > 1:
        shifts = moves[strokes_at : strokes_at + 3 * count]
        np.multiply(writer.joining * writer.size * form.size, masks, out=shifts[:count])
        np.multiply(1j, shifts[:count], out=shifts[count : 2 * count])
        np.multiply(of_points[8], masks, out=shifts[2 * count :])
    np.multiply(of_points[9], masks, out=moves[ends_at : ends_at + count])
    np.multiply(of_points[10], masks, out=moves[ends_at + count : shakes_at])
    moves[shakes_at:] = of_points[4:8]
    starts_at = 1 + len(form.swells)
    swells[0] = 0.5 * writer.pressure
    np.multiply(form.swells, writer.pressure, out=swells[1:starts_at])
    np.multiply(of_widths[0], masks, out=swells[starts_at : starts_at + count])
    np.multiply(of_widths[1], masks, out=swells[starts_at + count :])


def _filled_by_kernel(
    form: SymbolForm, patterns: Patterns, start: int, writer: PenWriter, moves: Complexes, swells: Floats
) -> None:
    from smashcima.synthesis.pen.outline_kernels import fill_plan

    scale = writer.size
    fill_plan(
        form.bends,
        form.masks,
        form.swells,
        patterns.of_points,
        patterns.of_widths,
        start,
        writer.wobble * scale,
        writer.joining * scale * form.size,
        writer.pressure,
        moves,
        swells,
    )


def _fill_dashes(out: Complexes, form: SymbolForm, writer: PenWriter) -> None:
    """Patterns of dots that become dashes."""
    # A circle becomes an ellipse: horizontally, vertically and diagonally.
    most = min(writer.wobble * _DOT_STRETCH * writer.pen_width, _MOST_STRETCH)
    turn: Complexes = np.exp(2j * np.pi * form.part)
    ellipses = (turn + np.conj(turn), turn - np.conj(turn), 2j * np.conj(turn))
    for row, ellipse in enumerate(ellipses):
        at = row * form.stroke_count
        np.multiply(most * form.samples.is_dot * form.masks, ellipse, out=out[at : at + form.stroke_count])
