"""The plan of a symbol for one writer: the mean form, and the deviations of renderings from it.

Every deviation is a pattern along the strokes times a random number. A rendering is the product of a matrix of
patterns and a vector of random numbers, and many renderings are one product of two matrices.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smashcima.randomness import Stream
from smashcima.synthesis.pen.centre_line import DOT_RADIUS, Complexes, Floats
from smashcima.synthesis.pen.form import SymbolForm, symbol_form
from smashcima.synthesis.pen.outline import RibbonPlan
from smashcima.synthesis.pen.skeleton import SkeletonStroke
from smashcima.synthesis.pen.writer import PenWriter

_THINNEST = 0.03
"""Half the width of the faintest ink, in mm: a third of a pixel at 300 pixels per inch."""

_DOT_STRETCH = 2.2
"""Elongation of dots to dashes, relative to the pen width and the writer's wobble."""

_MOST_STRETCH = DOT_RADIUS / 10
"""Largest elongation in mm; a larger one could invert the circle."""

_COMMON_SIZE = 3.5
"""Diagonal of a symbol, in mm, that the writer's jitters are specified for."""

_MOST_OVERSHOOT = 0.2
"""Largest overshoot of an end, relative to the length of the stroke."""

_SHARED_TURN = 0.4
"""Rotation of single strokes, relative to that of whole symbols."""


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


def plan_writing(
    strokes: Sequence[SkeletonStroke], mm_per_unit: float, writer: PenWriter, width: float, slant: float
) -> WritingPlan:
    """The plan of a symbol. `width` and `slant` are relative to those of the writer."""
    # Roundness is quantised, and 0 if there are no corners, so that writers can share forms.
    roundness = round(5 * writer.roundness) / 5 if any(stroke.corners for stroke in strokes) else 0.0
    form = symbol_form(tuple(strokes), mm_per_unit, roundness)
    lean = math.tan(math.radians(writer.slant * slant))
    wide, high = writer.size * math.sqrt(writer.aspect), writer.size / math.sqrt(writer.aspect)

    def styled(points: Complexes) -> Complexes:
        return wide * (points.real - lean * points.imag) + 1j * high * points.imag

    centres = styled(form.points)
    tangent = styled(form.tangent)
    tangent /= np.maximum(np.abs(tangent), 1e-12)
    around = centres - styled(np.array([form.center]))
    # Filled in place, since there are many letters and concatenation would copy the arrays for each.
    strokes_at = 4 + len(form.bends)
    ends_at = strokes_at + form.stroke_count * (3 * (form.stroke_count > 1) + 3 * form.has_dots)
    shakes_at = ends_at + 2 * form.stroke_count
    moves = np.empty((shakes_at + 4, len(centres)), np.complex128)
    _fill_shape_moves(moves[:4], form, writer, around)
    np.multiply(form.bends, writer.wobble * writer.size, out=moves[4:strokes_at])
    if form.stroke_count > 1:
        _fill_shifts(moves[strokes_at:ends_at], form, writer, centres - styled(form.middle))
    if form.has_dots:
        _fill_dashes(moves[ends_at - 3 * form.stroke_count : ends_at], form, writer)
    mean_ends = _fill_end_moves(moves[ends_at:shakes_at], form, writer, tangent)
    _fill_shakes(moves[shakes_at:], form, writer, tangent)
    starting, ending = _end_profiles(form, writer)
    halves = _mean_halves(form, writer, tangent, starting, ending) * width
    centres = centres + mean_ends
    if writer.habit > 0:
        own = Stream(writer.seed).child("habit", form.digest).generator().standard_normal(len(moves))
        usual = np.minimum(np.maximum(own, -2.0), 2.0) * writer.habit
        # Real instead of complex products, which use several threads and are slower for these sizes.
        centres = centres + (usual @ moves.view(np.float64)).view(np.complex128)
    starts_at = 1 + len(form.swells)
    swells = np.empty((starts_at + 2 * form.stroke_count, len(centres)))
    swells[0] = 0.5 * writer.pressure
    np.multiply(form.swells, writer.pressure, out=swells[1:starts_at])
    for at, amount, profile in (
        (starts_at, writer.start_taper + writer.start_blob, starting),
        (starts_at + form.stroke_count, writer.end_taper + writer.end_blob, ending),
    ):
        np.multiply(0.5 * amount * profile, form.masks, out=swells[at : at + form.stroke_count])
    if form.has_dots:
        halves = halves - DOT_RADIUS * form.is_dot
    return WritingPlan(centres, np.maximum(halves, _THINNEST), moves, swells, form.ribbons)


def _fill_shape_moves(out: Complexes, form: SymbolForm, writer: PenWriter, around: Complexes) -> None:
    """Patterns of the whole symbol: size, aspect, slant, rotation."""
    # Small symbols vary more, relative to their size.
    vigour = min(max((_COMMON_SIZE / max(form.size, 1e-6)) ** 0.45, 0.5), 1.4)
    around = around * vigour
    out[0] = writer.size_jitter * around
    out[1] = writer.aspect_jitter / 2 * np.conj(around)
    out[2] = -math.tan(math.radians(writer.slant_jitter)) * around.imag
    out[3] = 1j * math.radians(writer.rotation_jitter) * around


def _fill_shifts(out: Complexes, form: SymbolForm, writer: PenWriter, turning: Complexes) -> None:
    """Patterns of single strokes: shift and rotation relative to the others."""
    count = form.stroke_count
    shift = writer.joining * writer.size * form.size * form.masks
    out[:count] = shift
    out[count : 2 * count] = 1j * shift
    turn = _SHARED_TURN * 1j * math.radians(writer.rotation_jitter) * turning
    np.multiply(turn, form.masks, out=out[2 * count : 3 * count])


def _fill_dashes(out: Complexes, form: SymbolForm, writer: PenWriter) -> None:
    """Patterns of dots that become dashes."""
    # A circle becomes an ellipse: horizontally, vertically and diagonally.
    most = min(writer.wobble * _DOT_STRETCH * writer.pen_width, _MOST_STRETCH)
    turn: Complexes = np.exp(2j * np.pi * form.part)
    ellipses = (turn + np.conj(turn), turn - np.conj(turn), 2j * np.conj(turn))
    for row, ellipse in enumerate(ellipses):
        at = row * form.stroke_count
        np.multiply(most * form.is_dot * form.masks, ellipse, out=out[at : at + form.stroke_count])


def _fill_end_moves(out: Complexes, form: SymbolForm, writer: PenWriter, tangent: Complexes) -> Complexes:
    """Returns the mean overshoot of the ends of strokes; writes the patterns of its variation to `out`."""
    most = _MOST_OVERSHOOT * form.length
    outwards = tangent * form.is_open_ended
    first, last = -outwards * form.starting, outwards * form.ending
    mean = (first + last) * np.minimum(np.maximum(writer.overshoot, -most), most)
    jitter = np.minimum(writer.overshoot_jitter, most)
    np.multiply(first * jitter, form.masks, out=out[: form.stroke_count])
    np.multiply(last * jitter, form.masks, out=out[form.stroke_count :])
    return np.asarray(mean)


def _fill_shakes(out: Complexes, form: SymbolForm, writer: PenWriter, tangent: Complexes) -> None:
    """Patterns of the tremor, which continues between strokes."""
    across = tangent * 1j * (writer.tremor / math.sqrt(2)) * ~form.is_dot
    cycles = 2 * np.pi * writer.tremor_frequency * writer.size * form.along
    for row, frequency in enumerate((0.7, 1.3)):
        angle = frequency * cycles
        np.multiply(across, np.sin(angle), out=out[row])
        np.multiply(across, np.cos(angle), out=out[row + 2])


def _mean_halves(
    form: SymbolForm, writer: PenWriter, tangent: Complexes, starting: Floats, ending: Floats
) -> Floats:
    """Half the mean width of strokes, from the skeleton, the nib, the speed and the ends."""
    halves = form.widths * (writer.pen_width / 2)
    if writer.nib_contrast > 0:
        edge = complex(math.cos(math.radians(writer.nib_angle)), -math.sin(math.radians(writer.nib_angle)))
        direction = tangent * edge.conjugate()
        thin = 1 - min(writer.nib_contrast, 0.95)
        nib = np.sqrt(direction.imag**2 + (thin * direction.real) ** 2)
        halves = halves * np.where(form.is_dot, 1.0, nib / (1 - 0.36 * writer.nib_contrast))
    halves = halves * (1 - writer.speed_thinning * (form.speed - 0.5) * form.is_open_ended)
    ends = 1 - writer.start_taper * starting - writer.end_taper * ending
    for blob, distance in ((writer.start_blob, form.from_start), (writer.end_blob, form.to_end)):
        # The blob of ink where the pen rests is slightly inside the end.
        inside = distance / writer.pen_width - 0.5
        ends += blob * np.exp(-(inside * inside))
    return np.asarray(halves * np.where(form.is_open_ended, ends, 1.0))


def _end_profiles(form: SymbolForm, writer: PenWriter) -> tuple[Floats, Floats]:
    """Profiles from 1 at the start (end) of a stroke to 0 where it has its full width."""
    reach = np.maximum(np.minimum(writer.taper_length, 0.3 * form.length), 1e-6)
    opened = np.where(form.is_closed, 0.0, 1.0)
    return (
        opened * np.maximum(1 - form.from_start / reach, 0.0) ** 2,
        opened * np.maximum(1 - form.to_end / reach, 0.0) ** 2,
    )
