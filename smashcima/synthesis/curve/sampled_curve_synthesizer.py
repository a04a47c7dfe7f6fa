"""Slurs, ties and braces from samples of real handwriting."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Point
from smashcima.scene.visual import LineGlyph, SmashcimaLabels, SmuflLabels
from smashcima.scene.visual.labels import LabelLike
from smashcima.synthesis.curve.pen_curve_synthesizer import PenCurveSynthesizer
from smashcima.synthesis.interfaces import CurveShape, CurveSynthesizer
from smashcima.synthesis.pen import RibbonPlan, ink_color, outline_points, plan_open_ribbon
from smashcima.synthesis.samples import (
    BEND_MODES,
    CURVE_SAMPLES,
    CurveBank,
    NearestPicks,
    SampledCurve,
    SampledWriterDomain,
    WriterPicks,
)

_STAFF_SPACE = 1.8
_SLUR, _TIE, _BRACE = SmashcimaLabels.slur.value, SmashcimaLabels.tie.value, SmuflLabels.brace.value
_SOURCES = {
    _SLUR: (_SLUR, _TIE),
    _TIE: (_TIE, _SLUR),
    SmashcimaLabels.laissezVibrer.value: (_TIE, _SLUR),
}
_MOST_STRETCH = 3.0
_NEAREST = 5
_CHARACTER_SHARE = 0.8
"""Share of the sample's own bends that is applied."""

_MOST_CHARACTER = 0.05
"""Largest deviation from the engraved curve, relative to its length."""

_BENDS = np.array([0.010, 0.005, 0.003])
"""Amplitudes of random bends by number of half waves along the curve, relative to its length."""

_DENSE = 24
_FEWEST_POINTS, _MOST_POINTS = 25, 121
_STEP_MM = 0.6
"""Approximate distance of points along a curve."""

_SAMPLED_PARTS = np.linspace(0.0, 1.0, CURVE_SAMPLES)


class SampledCurveSynthesizer(CurveSynthesizer):
    """Draws slurs and ties along the engraved centre line with samples of the writer's strokes.

    The thickness along the stroke and its bends come from the sample; the ends and the height come from the engraved
    shape. Sampled braces are stretched to their length. Other curves, and those that no sample fits, are drawn by the
    pen, in a style fitted to the writer.
    """

    def __init__(
        self,
        writers: SampledWriterDomain,
        rng: np.random.Generator,
        *,
        fallback: CurveSynthesizer | None = None,
    ) -> None:
        """Sets up the synthesizer.

        Args:
            writers: the style domain of writers, with their samples.
            rng: random generator of the variation between curves.
            fallback: draws curves without samples; by default the pen.
        """
        self._writers = writers
        self._rng = rng
        self.fallback: CurveSynthesizer = fallback or PenCurveSynthesizer(writers, rng)
        self._bank = CurveBank(writers.store, writers.bank)
        self._grids: dict[int, _Grid] = {}
        self._picks = WriterPicks(writers, self._new_picks)

    def begin_page(self, index: int) -> None:
        self.fallback.begin_page(index)
        self._picks.start_over()

    def supports_label(self, label: LabelLike) -> bool:
        return self.fallback.supports_label(label)

    def create_glyph(self, label: str, shape: CurveShape) -> LineGlyph:
        self._picks.follow_writer()
        if not shape.dashes:
            if label == _BRACE:
                brace = self._brace(shape)
                if brace is not None:
                    return brace
            chord = math.hypot(shape.end.x - shape.start.x, shape.end.y - shape.start.y)
            curve = self._pick(label, chord / _STAFF_SPACE)
            if curve is not None:
                return self._drawn(label, shape, curve)
        return self.fallback.create_glyph(label, shape)

    # -- slurs and ties ------------------------------------------------------------------------------------

    def _drawn(self, label: str, shape: CurveShape, curve: SampledCurve) -> LineGlyph:
        draws = np.clip(self._rng.standard_normal(5), -2.5, 2.5)
        dense, along = _flattened(shape.centre_line)
        grid = self._grid(along[-1])
        centres = np.interp(grid.part * along[-1], along, dense.real) + 1j * np.interp(
            grid.part * along[-1], along, dense.imag
        )
        chord = complex(centres[-1] - centres[0])
        length = abs(chord)
        across = 1j * chord / length
        # The sample is mirrored if needed, so that it bends to the same side as the engraved curve.
        side = 1.0 if float(((centres - centres[0]) * np.conj(across)).real.sum()) >= 0 else -1.0
        character = np.clip(_CHARACTER_SHARE * (curve.bends @ grid.bends), -_MOST_CHARACTER, _MOST_CHARACTER)
        if draws[4] < 0 and label in (_SLUR, _TIE):
            character = character * 0.5
        centres = centres + across * (length * (side * character + (draws[:3] * _BENDS) @ grid.waves))
        halves = np.interp(grid.part, _SAMPLED_PARTS, curve.halves) * (_STAFF_SPACE * (1 + 0.06 * draws[3]))
        ring: NDArray[np.float64] = outline_points(centres[np.newaxis], halves[np.newaxis], grid.plan)[0]
        first, last = (Point(p.real, p.imag) for p in centres[[0, -1]].tolist())
        color = ink_color(self._writers.writer, float(draws[4]))
        return LineGlyph.from_contours_along(label, Contours((ring,)), None, first, last, color)

    def _grid(self, length: float) -> _Grid:
        """The grid of a curve of this length in mm."""
        count = 8 * math.ceil(min(max(length / _STEP_MM, _FEWEST_POINTS - 1), _MOST_POINTS - 1) / 8) + 1
        grid = self._grids.get(count)
        if grid is None:
            grid = self._grids[count] = _Grid(count)
        return grid

    def _pick(self, label: str, length: float) -> SampledCurve | None:
        if label not in _SOURCES or length <= 0:
            return None
        picks = self._picks.of(label)
        if picks is None:
            return None
        curve = self._bank.curve(picks.next(length, self._rng))
        if curve is None or not 1 / _MOST_STRETCH <= length / curve.length <= _MOST_STRETCH:
            return None
        return curve

    def _new_picks(self, label: str) -> NearestPicks | None:
        store, writer = self._writers.store, self._writers.sampled_writer
        found = [
            index
            for source in _SOURCES[label]
            for index in store.of(source, writer).tolist()
            if self._bank.curve(index) is not None
        ]
        lengths = np.array([curve.length for curve in map(self._bank.curve, found) if curve is not None])
        return NearestPicks(found, lengths, _NEAREST) if found else None

    # -- braces --------------------------------------------------------------------------------------------

    def _brace(self, shape: CurveShape) -> LineGlyph | None:
        """A sampled brace stretched to the engraved height; `None` if the writer has none."""
        store, writer = self._writers.store, self._writers.sampled_writer
        own = store.of(_BRACE, writer)
        if not len(own):
            return None
        index = int(own[int(self._rng.integers(len(own)))])
        outline = self._writers.bank[index]
        if outline is None or outline.height <= 0:
            return None
        points = np.concatenate([shape.outer.reshape(-1, 2), shape.inner.reshape(-1, 2)])
        (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        height = bottom - top
        stretch = height / (outline.height * _STAFF_SPACE)
        width = outline.width * _STAFF_SPACE * min(max(stretch, 0.25), 4.0) ** 0.3
        across = min(width, 1.6 * (right - left)) / max(outline.width, 1e-6)
        x = (outline.points.real - outline.high.real) * across + right
        y = (outline.points.imag - outline.low.imag) * (height / outline.height) + top
        rings = np.split(np.stack([x, y], axis=1), outline.ends[:-1])
        color = ink_color(self._writers.writer, float(self._rng.standard_normal()))
        return LineGlyph.from_contours_along(
            _BRACE, Contours(tuple(rings)), None, shape.start, shape.end, color
        )


class _Grid:
    """Arrays that depend only on the number of points along a curve."""

    def __init__(self, count: int) -> None:
        self.part = np.linspace(0.0, 1.0, count)
        """Position along the curve, from 0 at its start to 1 at its end."""
        self.bends = np.sin(np.pi * BEND_MODES[:, np.newaxis] * self.part)
        self.waves = np.sin(np.pi * np.arange(1, 4)[:, np.newaxis] * self.part)
        self.plan: RibbonPlan = plan_open_ribbon(count)


def _flattened(chain: NDArray[np.float64]) -> tuple[NDArray[np.complex128], NDArray[np.float64]]:
    """Points along a chain of cubic Béziers (k, 4, 2), and their distances from its start along it."""
    control = chain[..., 0] + 1j * chain[..., 1]
    t = np.arange(1, _DENSE + 1) / _DENSE
    s = 1 - t
    basis = np.stack([s**3, 3 * s * s * t, 3 * s * t * t, t**3])
    dense = np.append(control[0, 0], (control @ basis).ravel())
    return dense, np.append(0.0, np.cumsum(np.abs(np.diff(dense))))
