"""Lines from samples of real handwriting."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Point, Vector2
from smashcima.scene.visual import Glyph, LineGlyph, SmashcimaLabels, SmuflLabels
from smashcima.scene.visual.labels import LabelLike
from smashcima.synthesis.interfaces import LinePen, LineSynthesizer
from smashcima.synthesis.line.pen_line_synthesizer import PenLineSynthesizer
from smashcima.synthesis.line.printed_line_synthesizer import DEFAULT_PEN, DEFAULT_PENS
from smashcima.synthesis.pen import ink_color
from smashcima.synthesis.samples import (
    LineBank,
    NearestPicks,
    SampledHairpin,
    SampledLine,
    SampledWriterDomain,
    WriterPicks,
    joins_stems,
)

_ORIGIN = Point(0.0, 0.0)
_STAFF_SPACE = 1.8
"""Staff space in mm of the page that line thickness refers to, whatever the size of the staff."""

_BEAM, _HOOK = SmashcimaLabels.beam.value, SmashcimaLabels.beamHook.value
_STEM = SmuflLabels.stem.value
_BARLINE, _HAIRPIN = SmuflLabels.barlineSingle.value, SmashcimaLabels.hairpin.value
_TALL_BARLINE = "smashcima::barlineTall"

_SOURCES: dict[str, tuple[str, ...]] = {
    _BEAM: (_BEAM,),
    _HOOK: (_HOOK, _BEAM),
    _STEM: (_STEM,),
    SmashcimaLabels.legerLine.value: (SmashcimaLabels.legerLine.value,),
    _BARLINE: (_BARLINE, _TALL_BARLINE),
    SmashcimaLabels.barlineStroke.value: (_BARLINE, _TALL_BARLINE),
    SmashcimaLabels.systemStart.value: (SmashcimaLabels.systemStart.value, _TALL_BARLINE, _BARLINE),
    SmashcimaLabels.tremoloStroke.value: (SmashcimaLabels.tremoloStroke.value, _HOOK, _BEAM),
    SmashcimaLabels.graceSlash.value: (SmashcimaLabels.graceSlash.value,),
}
"""Labels in the sample store for each line label; samples of all of them are used."""

_UPRIGHT_ENDS = frozenset({_BEAM, _HOOK, SmashcimaLabels.tremoloStroke.value})

_ENGRAVED_WIDTH = {_BEAM: 0.875, _HOOK: 0.875, SmashcimaLabels.tremoloStroke.value: 0.875}
_THIN_WIDTH = 0.19
"""Thickness in mm of engraved lines for which the writer's lines have their usual thickness."""

_THICK = 0.5
"""Engraved lines of at least this thickness in mm, other than beams, are heavy: the pen fills them."""

_SPARES_PENS = 0.3
"""Exponent of handwritten over engraved thickness, since a person has one pen: twice the thickness becomes 2 ** 0.3
times."""

_INTO_HEAD = 0.1
"""Length, in staff spaces, that a stem's ink extends towards its notehead. Samples lack the part that was annotated as
notehead, and placement ends stems where samples end. It is not added for writers who leave a gap between the two."""

_MOST_LINES = 72
"""Largest number of samples of a label that is used of each writer: more make no visible difference on a page."""

_STRETCH_RANGE = (0.25, 4.0)
"""Limit of the stretching of samples; the pen draws lines beyond it."""

_DRAW_BLOCK = 256
_THICKNESS_JITTER = 0.05
_BEND = 0.006
"""Amplitude of the bend that is added to a line, relative to its length."""


class SampledLineSynthesizer(LineSynthesizer):
    """Draws stems, beams, ledger lines, barlines and hairpins with samples of the writer's ink.

    One of the writer's lines with about the same length is stretched along its length only, so that its thickness,
    ends and bends are preserved. Lines that the writer has no samples of (brackets with corners, dashed and heavy
    lines) are drawn by the pen, in a style fitted to the writer.
    """

    def __init__(
        self,
        writers: SampledWriterDomain,
        rng: np.random.Generator,
        *,
        fallback: LineSynthesizer | None = None,
    ) -> None:
        """Sets up the synthesizer.

        Args:
            writers: the style domain of writers, with their samples.
            rng: random generator of the variation between lines.
            fallback: draws lines without samples; by default the pen.
        """
        self._writers = writers
        self._rng = rng
        self.fallback: LineSynthesizer = fallback or PenLineSynthesizer(writers, rng)
        self._bank = LineBank(writers.store, writers.bank)
        self._picks = WriterPicks(writers, self._new_picks)
        self._joining: dict[str, bool] = {}
        self._draws: list[tuple[float, float, float]] = []

    def begin_page(self, index: int) -> None:
        self.fallback.begin_page(index)
        self._draws.clear()
        self._picks.start_over()

    def supports_label(self, label: LabelLike) -> bool:
        return self.fallback.supports_label(label)

    def create_glyph(self, label: str, delta: Vector2) -> LineGlyph:
        return self.create_line(label, delta, DEFAULT_PENS.get(label, DEFAULT_PEN))

    def create_line(self, label: str, delta: Vector2, pen: LinePen) -> LineGlyph:
        self._begin()
        line = None if self._is_special(label, pen) else self._pick(label, delta)
        if line is None:
            return self.fallback.create_line(label, delta, pen)
        thin, bow, color = self._next_draws()
        usual = _ENGRAVED_WIDTH.get(label, _THIN_WIDTH)
        thickness = min(max(pen.width / usual, 0.3), 2.0) ** _SPARES_PENS * (1 + _THICKNESS_JITTER * thin)
        step, first = complex(delta.x, delta.y), 0j
        if label == _STEM and abs(step) > _STAFF_SPACE and self._joins_stems():
            first = -step / abs(step) * (_INTO_HEAD * _STAFF_SPACE)
            step -= first
        # Samples start at their upper or left end, so lines in the other direction are reversed.
        if _is_backwards(step):
            first, step = first + step, -step
        rings = line.rings(step, _STAFF_SPACE, thickness, _BEND * abs(step) * bow)
        if first:
            offset = np.array([first.real, first.imag])
            rings = [ring + offset for ring in rings]
        ink, end = ink_color(self._writers.writer, color), Point(delta.x, delta.y)
        return LineGlyph.from_contours_along(label, Contours(tuple(rings)), None, _ORIGIN, end, ink)

    def create_polyline(self, label: str, deltas: Sequence[Vector2], pen: LinePen) -> Glyph:
        self._begin()
        if label == _HAIRPIN and len(deltas) == 2 and not pen.dashes:
            glyph = self._hairpin(label, complex(deltas[0].x, deltas[0].y), complex(deltas[1].x, deltas[1].y))
            if glyph is not None:
                return glyph
        return self.fallback.create_polyline(label, deltas, pen)

    # -- samples -------------------------------------------------------------------------------------------

    def _begin(self) -> None:
        """Discards the choices for a previous writer."""
        if self._picks.follow_writer():
            self._draws.clear()

    def _joins_stems(self) -> bool:
        writer = self._writers.sampled_writer
        if writer not in self._joining:
            self._joining[writer] = joins_stems(self._writers.store, writer)
        return self._joining[writer]

    def _is_special(self, label: str, pen: LinePen) -> bool:
        return bool(pen.dashes) or (pen.width >= _THICK and label not in _UPRIGHT_ENDS)

    def _pick(self, label: str, delta: Vector2) -> SampledLine | None:
        """A sample of about the right length, if the writer has one."""
        picks = self._picks.of(label) if label in _SOURCES else None
        if picks is None:
            return None
        upright = label in _UPRIGHT_ENDS
        wanted = delta.magnitude / _STAFF_SPACE
        line = self._bank.shape(picks.next(wanted, self._rng), upright)
        if line is None or wanted <= 0 or not _STRETCH_RANGE[0] <= wanted / line.length <= _STRETCH_RANGE[1]:
            return None
        return line

    def _new_picks(self, label: str) -> NearestPicks | None:
        if label == _HAIRPIN:
            return self._new_hairpins()
        store, writer = self._writers.store, self._writers.sampled_writer
        parts = [self._bank.usable(store.of(source, writer)) for source in _SOURCES[label]]
        indices: list[NDArray[np.int32]] = [part[0] for part in parts]
        lengths = [part[1] for part in parts]
        found, length = np.concatenate([[], *indices]).astype(np.intp), np.concatenate([[], *lengths])
        if not len(found):
            return None
        if len(found) > _MOST_LINES:
            # Evenly spaced ranks from the shortest to the longest.
            order = np.argsort(length, kind="stable")
            kept = order[np.linspace(0, len(order) - 1, _MOST_LINES).astype(np.intp)]
            found, length = found[kept], length[kept]
        return NearestPicks(found.tolist(), length)

    def _new_hairpins(self) -> NearestPicks | None:
        found = self._writers.store.of(_HAIRPIN, self._writers.sampled_writer)
        hairpins = [index for index in found.tolist() if self._bank.hairpin(index) is not None]
        lengths = np.array([self._hairpin_of(index).length for index in hairpins])
        return NearestPicks(hairpins, lengths, nearest=3) if hairpins else None

    def _hairpin(self, label: str, first: complex, second: complex) -> Glyph | None:
        """A hairpin through three points; the middle one is the tip."""
        picks = self._picks.of(label)
        if picks is None:
            return None
        arms = (-first, second)
        length = abs(arms[0] + arms[1]) / 2
        hairpin = self._hairpin_of(picks.next(length / _STAFF_SPACE, self._rng))
        if not _STRETCH_RANGE[0] <= length / _STAFF_SPACE / hairpin.length <= _STRETCH_RANGE[1]:
            return None
        thin, _, color = self._next_draws()
        rings = hairpin.rings(arms[0], arms[1], _STAFF_SPACE, 1 + _THICKNESS_JITTER * thin)
        offset = np.array([first.real, first.imag])
        rings = [ring + offset for ring in rings]
        ink = ink_color(self._writers.writer, color)
        return Glyph.from_contours(label, Contours(tuple(rings)), ink)

    def _hairpin_of(self, index: int) -> SampledHairpin:
        found = self._bank.hairpin(index)
        assert found is not None, "only complete hairpins are picked"
        return found

    def _next_draws(self) -> tuple[float, float, float]:
        """Standard normal numbers for thickness, bend and darkness."""
        if not self._draws:
            draws = np.clip(self._rng.standard_normal((_DRAW_BLOCK, 3)), -2.5, 2.5)
            self._draws = [(a, b, c) for a, b, c in draws.tolist()]
        return self._draws.pop()


def _is_backwards(step: complex) -> bool:
    """Whether a line leads upwards, or to the left if it is nearly horizontal."""
    if abs(step.imag) > abs(step.real):
        return step.imag < 0
    return step.real < 0
