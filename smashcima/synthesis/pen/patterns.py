"""What a writer does along the strokes of symbols: their mean form, and patterns of the deviations from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from smashcima.synthesis.pen.centre_line import DOT_RADIUS
from smashcima.synthesis.pen.form import Samples, SymbolForm
from smashcima.synthesis.pen.nib import MEAN_LOSS
from smashcima.synthesis.pen.stroke_draft import Complexes, Floats
from smashcima.synthesis.pen.writer import PenWriter

_Number = TypeVar("_Number", np.float64, np.complex128)

_COMMON_SIZE = 3.5
"""Diagonal of a symbol, in mm, that the writer's jitters are specified for."""

_THINNEST = 0.03
"""Half the width of the faintest ink, in mm: a third of a pixel at 300 pixels per inch."""

_MOST_OVERSHOOT = 0.2
"""Largest overshoot of an end, relative to the length of the stroke."""

_STEADY_SIZE = 6.5
"""Diagonal in mm above which symbols lean more constantly. Measured: within writers, the shear of C clefs varies by 0.75,
and that of G clefs by 0.5 of what the jitters of small symbols would give."""

_SHARED_TURN = 0.4
"""Rotation of single strokes, relative to that of whole symbols."""


class Patterns:
    """The patterns of several symbols, whose samples follow each other; each is an array of shape (n,) or (k, n).

    Nothing depends on other symbols. They are computed together because the samples of one symbol are so few that
    calling NumPy takes longer than computing.
    """

    def __init__(
        self, forms: Sequence[SymbolForm], slants: Sequence[float], widths: Sequence[float], writer: PenWriter
    ) -> None:
        """`slants` and `widths` are those of each symbol, relative to the writer's slant and pen width."""
        self._writer = writer
        self._samples = samples = Samples.joined([form.samples for form in forms])
        self._counts = [len(form.samples) for form in forms]
        lean = np.array([math.tan(math.radians(writer.slant * slant)) for slant in slants])
        leans = self._spread(lean)
        mean = self._styled(samples.points, leans)
        tangent = self._styled(samples.tangent, leans)
        tangent /= np.maximum(np.abs(tangent), 1e-12)
        self._tangent: Complexes = tangent
        around = mean - self._spread(self._styled(np.array([form.center for form in forms]), lean))
        self.of_points: Complexes = np.empty((11, len(mean)), np.complex128)
        """Displacements, shape (11, n): four changes of the whole symbol (size, aspect, slant, rotation), four of the
        tremor, which continues between strokes, the rotation of the stroke of each sample about its centre, and the
        overshoot at the start and at the end of the stroke."""
        vigour = self._spread(np.array([_vigour(form) for form in forms]))
        steady = self._spread(np.array([min(_STEADY_SIZE / max(form.size, 1e-6), 1.0) for form in forms]))
        self._shape(around * vigour, steady, self.of_points[:4])
        self._shakes(self.of_points[4:8])
        turn = _SHARED_TURN * 1j * math.radians(writer.rotation_jitter)
        np.multiply(turn, mean - self._styled(samples.middle, leans), out=self.of_points[8])
        mean_ends = self._ends(self.of_points[9:])
        self.centres: Complexes = mean + mean_ends
        """The mean form, without the writer's habits."""
        starting, ending = self._end_profiles()
        self.of_widths: Floats = np.empty((2, len(mean)))
        """Variation of the width at the start and at the end of the stroke, relative to the width; shape (2, n)."""
        np.multiply(0.5 * (writer.start_taper + writer.start_blob), starting, out=self.of_widths[0])
        np.multiply(0.5 * (writer.end_taper + writer.end_blob), ending, out=self.of_widths[1])
        halves = self._mean_halves(starting, ending) * self._spread(np.array(widths))
        self.halves: Floats = np.maximum(halves - DOT_RADIUS * samples.is_dot, _THINNEST)
        """Half the mean width of the ink."""

    def _spread(self, values: NDArray[_Number]) -> NDArray[_Number]:
        """Values of symbols as values of their samples."""
        return values if len(self._counts) == 1 else np.repeat(values, self._counts)

    def _styled(self, points: Complexes, lean: Floats) -> Complexes:
        """Points of the form, or directions, with the slant, aspect and size of the writer."""
        size, root = self._writer.size, math.sqrt(self._writer.aspect)
        return np.asarray(size * root * (points.real - lean * points.imag) + 1j * (size / root) * points.imag)

    def _shape(self, around: Complexes, steady: Floats, out: Complexes) -> None:
        writer = self._writer
        out[0] = writer.size_jitter * around
        out[1] = writer.aspect_jitter / 2 * np.conj(around)
        around = around * steady
        out[2] = -math.tan(math.radians(writer.slant_jitter)) * around.imag
        out[3] = 1j * math.radians(writer.rotation_jitter) * around

    def _ends(self, out: Complexes) -> Complexes:
        """The mean overshoot of the ends of strokes; writes its variation at the start and at the end."""
        writer, samples = self._writer, self._samples
        most = _MOST_OVERSHOOT * samples.length
        outwards = self._tangent * samples.is_open_ended
        first, last = -outwards * samples.starting, outwards * samples.ending
        mean = (first + last) * np.minimum(np.maximum(writer.overshoot, -most), most)
        jitter = np.minimum(writer.overshoot_jitter, most)
        np.multiply(first, jitter, out=out[0])
        np.multiply(last, jitter, out=out[1])
        return np.asarray(mean)

    def _shakes(self, out: Complexes) -> None:
        writer, samples = self._writer, self._samples
        across = self._tangent * 1j * (writer.tremor / math.sqrt(2)) * ~samples.is_dot
        cycles = 2 * np.pi * writer.tremor_frequency * writer.size * samples.along
        for row, frequency in enumerate((0.7, 1.3)):
            angle = frequency * cycles
            np.multiply(across, np.sin(angle), out=out[row])
            np.multiply(across, np.cos(angle), out=out[row + 2])

    def _mean_halves(self, starting: Floats, ending: Floats) -> Floats:
        """Half the mean width of strokes, from the skeleton, the nib, the speed and the ends."""
        writer, samples = self._writer, self._samples
        halves = samples.widths * (writer.pen_width / 2)
        if writer.nib_contrast > 0:
            angle = math.radians(writer.nib_angle)
            direction = self._tangent * complex(math.cos(angle), math.sin(angle))
            thin = 1 - min(writer.nib_contrast, 0.95)
            nib = np.sqrt(direction.imag**2 + (thin * direction.real) ** 2)
            halves = halves * np.where(samples.is_dot, 1.0, nib / (1 - MEAN_LOSS * writer.nib_contrast))
        if writer.scribe is not None and writer.scribe.flexibility > 0:
            pressed = writer.nib.pressed(self._tangent)
            halves = halves * np.where(samples.is_dot | ~samples.is_open_ended, 1.0, pressed)
        halves = halves * (1 - writer.speed_thinning * (samples.speed - 0.5) * samples.is_open_ended)
        ends = 1 - writer.start_taper * starting - writer.end_taper * ending
        for blob, distance in ((writer.start_blob, samples.from_start), (writer.end_blob, samples.to_end)):
            # The blob of ink where the pen rests is slightly inside the end.
            inside = distance / writer.pen_width - 0.5
            ends += blob * np.exp(-(inside * inside))
        return np.asarray(halves * np.where(samples.is_open_ended, ends, 1.0))

    def _end_profiles(self) -> tuple[Floats, Floats]:
        """Profiles from 1 at the start (end) of a stroke to 0 where it has its full width."""
        samples = self._samples
        reach = np.maximum(np.minimum(self._writer.taper_length, 0.3 * samples.length), 1e-6)
        opened = np.where(samples.is_closed, 0.0, 1.0)
        return (
            opened * np.maximum(1 - samples.from_start / reach, 0.0) ** 2,
            opened * np.maximum(1 - samples.to_end / reach, 0.0) ** 2,
        )


def _vigour(form: SymbolForm) -> float:
    """Factor of the variation of a symbol: small symbols vary more, relative to their size."""
    vigour: float = (_COMMON_SIZE / max(form.size, 1e-6)) ** 0.45
    return min(max(vigour, 0.5), 1.4)
