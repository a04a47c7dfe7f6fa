"""A symbol as a certain writer writes it: the mean form, and all ways in which a rendering may differ from it.

Every deviation is a pattern along the strokes times a random number. So a rendering is one product of a matrix
of patterns with a vector of random numbers, and many renderings are one product of two matrices.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from smashcima.randomness import stream
from smashcima.synthesis.pen.centre_line import CentreLine, Complexes, Floats, centre_line
from smashcima.synthesis.pen.outline import RibbonPlan, plan_ribbons
from smashcima.synthesis.pen.skeleton import SkeletonStroke
from smashcima.synthesis.pen.writer import PenWriter

_WAVES = np.array([0.8, 0.6, 0.4, 0.25])
"""Amplitudes of slow deviations by their number of half waves along a stroke: hands make low ones."""

_THINNEST = 0.03
"""Half the width of the faintest ink, in mm: a third of a pixel at 300 pixels per inch."""

_SHORTEST_BEND = 1.0
"""Radius in mm at which the pen is half as slow as it gets in bends."""

_DOT_STRETCH = 0.3
"""How much dots become dashes, relative to the width of the pen."""

_COMMON_SIZE = 3.5
"""Size of a symbol, corner to corner in mm, to which the writer's jitters apply as they are."""

_MOST_OVERSHOOT = 0.2
"""Part of a stroke that its ends may be longer or shorter."""


@dataclass(frozen=True, slots=True, eq=False)
class WritingPlan:
    """What `Pen` needs to write a symbol any number of times. Complex numbers are points in mm: x + iy."""

    centres: Complexes
    """(n,): samples of the mean form."""

    halves: Floats
    """(n,): half the mean width of the ink there, in mm."""

    moves: Complexes
    """(K, n): what one standard deviation of each of K random numbers moves the samples by."""

    swells: Floats
    """(L, n): what one standard deviation of each of L random numbers adds to the width, relative to it."""

    ribbons: RibbonPlan


def plan_writing(
    strokes: Sequence[SkeletonStroke], mm_per_unit: float, writer: PenWriter, width: float, slant: float
) -> WritingPlan:
    """The plan of a symbol. `width` and `slant` are relative to those of the writer."""
    roundness = round(writer.roundness, 1)
    lines = [centre_line(stroke, mm_per_unit, roundness) for stroke in strokes]
    drawn = np.concatenate([line.points for line in lines])
    lean = math.tan(math.radians(writer.slant * slant))
    stretch = math.sqrt(writer.aspect)
    centres = writer.size * (stretch * (drawn.real - lean * drawn.imag) + 1j * drawn.imag / stretch)
    layout = _Layout(lines, centres)
    moves = np.concatenate([_shape_moves(layout, writer), _path_moves(layout, writer)])
    halves = _mean_halves(layout, lines, writer, width)
    if writer.habit > 0:
        digest = hashlib.blake2b(
            repr([stroke.knots for stroke in strokes]).encode(), digest_size=8
        ).hexdigest()
        own = np.clip(stream(writer.seed, 0, "habit", digest).standard_normal(len(moves)), -2.0, 2.0)
        centres = centres + (own * writer.habit) @ moves
    return WritingPlan(centres, halves, moves, _width_swells(layout, writer), plan_ribbons(lines))


class _Layout:
    """Where each sample lies within its stroke."""

    def __init__(self, lines: Sequence[CentreLine], centres: Complexes) -> None:
        counts = np.array([len(line.points) for line in lines])
        ends = np.cumsum(counts)
        starts = ends - counts
        step = np.abs(np.diff(centres, prepend=centres[0]))
        step[starts] = 0.0
        along = np.cumsum(step)
        lengths = along[ends - 1] - along[starts]
        low = np.minimum.reduceat(centres.real, starts) + 1j * np.minimum.reduceat(centres.imag, starts)
        high = np.maximum.reduceat(centres.real, starts) + 1j * np.maximum.reduceat(centres.imag, starts)
        stroke = np.repeat(np.arange(len(lines)), counts)

        self.centres = centres
        self.along = along
        """(n,): length of path before each sample, all strokes counted."""
        self.from_start = along - along[starts][stroke]
        self.to_end = along[ends - 1][stroke] - along
        self.part = self.from_start / np.maximum(lengths, 1e-9)[stroke]
        """(n,): from 0 at the start of the stroke to 1 at its end."""
        self.length = lengths[stroke]
        self.middle = ((low + high) / 2)[stroke]
        self.extent = np.abs(high - low)[stroke]
        """(n,): size of the stroke, corner to corner."""
        self.center = (low.real.min() + high.real.max()) / 2 + 1j * (low.imag.min() + high.imag.max()) / 2
        self.size = float(abs(complex(high.real.max() - low.real.min(), high.imag.max() - low.imag.min())))
        self.masks = (stroke == np.arange(len(lines))[:, np.newaxis]).astype(np.float64)
        """(strokes, n): 1 where a sample belongs to a stroke."""
        self.is_closed = np.array([line.closed for line in lines])[stroke]
        self.is_filled = np.array([line.filled for line in lines])[stroke]
        self.is_dot = (lengths < 0.05)[stroke]
        self.is_open_ended = ~self.is_filled & ~self.is_dot

        ahead = np.append(centres[1:], centres[-1]) - centres
        ahead[ends - 1] = 0
        back = np.append(0, ahead[:-1])
        tangent = ahead + back
        self.tangent = tangent / np.maximum(np.abs(tangent), 1e-12)
        turn = np.abs(np.angle(np.where(back * ahead == 0, 1.0, ahead * np.conj(back))))
        self.bend = 2 * turn / np.maximum(np.abs(ahead) + np.abs(back), 1e-9)
        """(n,): curvature, per mm."""


def _shape_moves(layout: _Layout, writer: PenWriter) -> Complexes:
    """Patterns of the whole symbol: larger, wider, leaning, turned."""
    # Small symbols vary more, relative to their size.
    vigour = min(max((_COMMON_SIZE / max(layout.size, 1e-6)) ** 0.3, 0.7), 1.4)
    around = (layout.centres - layout.center) * vigour
    return np.stack(
        [
            writer.size_jitter * around,
            writer.aspect_jitter / 2 * np.conj(around),
            -math.tan(math.radians(writer.slant_jitter)) * around.imag.astype(np.complex128),
            1j * math.radians(writer.rotation_jitter) * around,
        ]
    )


def _path_moves(layout: _Layout, writer: PenWriter) -> Complexes:
    """Patterns of single strokes."""
    both = np.array([1.0, 1j])
    part, masks = layout.part, layout.masks
    loop = np.exp(2j * np.pi * part)
    loops = (loop.real, loop.imag, (loop * loop).real, (loop * loop).imag)
    patterns: list[Complexes] = []
    # A loop must close again: its waves are whole ones.
    waves = [
        amplitude * np.where(layout.is_closed, loops[k], np.cos((k + 1) * np.pi * part))
        for k, amplitude in enumerate(_WAVES.tolist())
    ]
    for wave in waves:
        patterns.extend(unit * writer.wobble * layout.extent * wave for unit in both)
    if len(masks) > 1:
        patterns.extend(unit * writer.joining * np.full(len(part), layout.size) for unit in both)
        patterns.append(0.6j * math.radians(writer.rotation_jitter) * (layout.centres - layout.middle))
    if layout.is_dot.any():
        elongation = writer.wobble * 20 * _DOT_STRETCH * writer.pen_width * (part - 0.5) * layout.is_dot
        patterns.extend(unit * elongation for unit in both)
    reach = np.maximum(np.minimum(0.4 * layout.length, 1.2), 1e-9)
    longest = np.minimum(writer.overshoot_jitter, _MOST_OVERSHOOT * layout.length) * layout.is_open_ended
    for distance, outwards in ((layout.from_start, -1.0), (layout.to_end, 1.0)):
        profile = np.clip(1 - distance / reach, 0.0, 1.0) ** 2
        patterns.append(outwards * longest * profile * layout.tangent)
    rows = np.stack(patterns)
    own = (rows[:, np.newaxis, :] * masks).reshape(-1, len(part))
    shaking = layout.tangent * 1j * writer.tremor / math.sqrt(2)
    cycles = 2 * np.pi * writer.tremor_frequency * layout.along
    shared = [shaking * turn(factor * cycles) for factor in (0.7, 1.3) for turn in (np.sin, np.cos)]
    return np.concatenate([own, np.stack(shared)])


def _mean_halves(layout: _Layout, lines: Sequence[CentreLine], writer: PenWriter, width: float) -> Floats:
    """Half the width that a stroke has on the average, from the skeleton, the nib, the speed and the ends."""
    halves = np.concatenate([line.widths for line in lines]) * (writer.pen_width * width / 2)
    if writer.nib_contrast > 0:
        edge = complex(math.cos(math.radians(writer.nib_angle)), -math.sin(math.radians(writer.nib_angle)))
        direction = layout.tangent * edge.conjugate()
        thin = 1 - min(writer.nib_contrast, 0.95)
        nib = np.sqrt(direction.imag**2 + (thin * direction.real) ** 2)
        halves = halves * np.where(layout.is_dot, 1.0, nib / (1 - 0.36 * writer.nib_contrast))
    speed = np.cbrt(1 / (1 + layout.bend * _SHORTEST_BEND)) * np.clip(layout.length / 3.0, 0.0, 1.0)
    halves = halves * (1 - writer.speed_thinning * (speed - 0.5) * layout.is_open_ended)
    starting, ending = _end_profiles(layout, writer)
    blob_start, blob_end = (_blob(distance, writer) for distance in (layout.from_start, layout.to_end))
    ends = (
        1
        - writer.start_taper * starting
        - writer.end_taper * ending
        + writer.start_blob * blob_start
        + writer.end_blob * blob_end
    )
    return np.asarray(np.maximum(halves * np.where(layout.is_open_ended, ends, 1.0), _THINNEST))


def _end_profiles(layout: _Layout, writer: PenWriter) -> tuple[Floats, Floats]:
    """From 1 at the start (the end) of a stroke to 0 where it has its full width."""
    reach = np.maximum(np.minimum(writer.taper_length, 0.3 * layout.length), 1e-6)
    closed = np.where(layout.is_closed, 0.0, 1.0)
    return (
        closed * np.clip(1 - layout.from_start / reach, 0, 1) ** 2,
        closed * np.clip(1 - layout.to_end / reach, 0, 1) ** 2,
    )


def _blob(distance: Floats, writer: PenWriter) -> Floats:
    """The drop of ink where the pen rests, a little inside of the end."""
    inside = (distance - writer.pen_width / 2) / writer.pen_width
    return np.asarray(np.exp(-(inside**2)))


def _width_swells(layout: _Layout, writer: PenWriter) -> Floats:
    """Patterns of the width."""
    starting, ending = _end_profiles(layout, writer)
    part = layout.part
    own = np.stack(
        [
            0.6 * writer.pressure * np.ones(len(part)),
            0.6 * writer.pressure * np.cos(np.pi * part),
            0.7 * writer.pressure * np.cos(2 * np.pi * part),
            0.7 * writer.pressure * np.cos(3 * np.pi * part),
            0.5 * (writer.start_taper + writer.start_blob) * starting,
            0.5 * (writer.end_taper + writer.end_blob) * ending,
        ]
    )
    rows = (own[:, np.newaxis, :] * layout.masks).reshape(-1, len(part))
    return np.concatenate([np.full((1, len(part)), 0.5 * writer.pressure), rows])
