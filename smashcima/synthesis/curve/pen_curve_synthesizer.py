"""Handwritten slurs, ties and braces."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Point
from smashcima.scene.visual import LineGlyph
from smashcima.scene.visual.labels import LabelLike
from smashcima.synthesis.interfaces import CurveShape, CurveSynthesizer, dash_polyline
from smashcima.synthesis.pen import (
    Nib,
    PenWriterDomain,
    RibbonPlan,
    ink_color,
    outline_points,
    plan_open_ribbon,
)

_STEP = 0.9
"""Approximate distance of samples in mm."""

_FEWEST, _MOST = 13, 72

_WIDTH = 1.1
"""Thickness of slurs relative to stems. Measured in MUSCIMA++: mean 1.22, standard deviation between writers 0.14."""

_BENDS = np.array([1.0, 0.6, 0.2, 0.1])

_BEND = 0.9
"""Amplitude of the first bend, relative to the writer's wobble and the length of the curve."""

_FURTHEST_END = 0.3
"""Largest distance, in mm, of an end from its engraved position."""


class PenCurveSynthesizer(CurveSynthesizer):
    """Draws curves of every label as one stroke of the writer's pen along the middle of the engraver's shape."""

    def __init__(self, writers: PenWriterDomain, rng: np.random.Generator) -> None:
        """`writers` is the style domain of writers; `rng` draws the variation between curves."""
        self._writers = writers
        self._rng = rng
        self._plans: dict[int, RibbonPlan] = {}
        self._grids: dict[tuple[int, int], _Grid] = {}

    def supports_label(self, label: LabelLike) -> bool:
        return True

    def create_glyph(self, label: str, shape: CurveShape) -> LineGlyph:
        writer = self._writers.writer
        draws = self._rng.standard_normal(16)
        np.maximum(draws, -2.5, out=draws)  # `np.clip` has four times the overhead
        np.minimum(draws, 2.5, out=draws)
        samples, grid = self._sampled(shape.centre_line)
        length = float(np.abs(samples[1:] - samples[:-1]).sum()) or 1e-9
        tangent = np.empty_like(samples)
        tangent[1:-1] = samples[2:] - samples[:-2]
        tangent[0], tangent[-1] = samples[1] - samples[0], samples[-1] - samples[-2]
        tangent /= np.maximum(np.abs(tangent), 1e-9)

        amplitude = _BEND * writer.wobble * length / (1 + length / 25)
        cycles = min(writer.tremor_frequency * length, len(samples) / 8)
        shake = np.sin(2 * np.pi * (cycles * grid.part + draws[4]))
        across = (amplitude * draws[:4]) @ grid.bends + (0.6 * writer.tremor * draws[5]) * shake
        # Handwritten curves do not start and end exactly: the ends are shifted along and across the curve.
        reach = writer.overshoot_jitter * min(1.0, length / 8)
        ends = [min(max(draw * reach, -_FURTHEST_END), _FURTHEST_END) for draw in draws[6:10].tolist()]
        shift = complex(ends[0], 0.6 * ends[1]) * grid.first + complex(ends[2], 0.6 * ends[3]) * grid.last
        moved = samples + tangent * (1j * across + shift)

        start = (writer.start_taper - writer.start_blob) * (1 + 0.4 * draws[13])
        end = (writer.end_taper - writer.end_blob) * (1 + 0.4 * draws[14])
        parts = np.array(
            [
                writer.pressure * 0.6 * draws[10],
                writer.pressure * 0.7 * draws[11],
                writer.pressure * 0.7 * draws[12],
                writer.curve_swelling,
                -start,
                -end,
            ]
        )
        width = writer.pen_width * writer.stem_width * _WIDTH
        halves = np.maximum(width / 2 * (1 + parts @ grid.swells), 0.05)

        contours = self._outline(moved, halves, shape.dashes, writer.outline_nib)
        first, last = (Point(point.real, point.imag) for point in moved[[0, -1]].tolist())
        color = ink_color(writer, float(draws[15]))
        return LineGlyph.from_contours_along(label, contours, None, first, last, color)

    def _sampled(self, chain: NDArray[np.float64]) -> tuple[NDArray[np.complex128], _Grid]:
        """Samples along a chain of cubic Béziers (k, 4, 2), including both ends."""
        control = chain[..., 0] + 1j * chain[..., 1]
        extent = float(np.abs(control[:, 1:] - control[:, :-1]).sum())
        steps = math.ceil(min(max(_FEWEST, extent / _STEP), _MOST) / len(control))
        grid = self._grids.get((len(control), steps))
        if grid is None:
            grid = self._grids[len(control), steps] = _Grid(len(control), steps)
        samples = np.empty(len(grid.part), np.complex128)
        samples[0] = control[0, 0]
        samples[1:] = (control @ grid.basis).ravel()
        return samples, grid

    def _outline(
        self,
        centres: NDArray[np.complex128],
        halves: NDArray[np.float64],
        dashes: tuple[float, ...],
        nib: Nib | None,
    ) -> Contours:
        if not dashes:
            return Contours((self._ring(centres, halves, nib),))
        rings = []
        for dash in dash_polyline(np.stack([centres.real, centres.imag], axis=1), dashes):
            points = dash[:, 0] + 1j * dash[:, 1]
            rings.append(self._ring(points, np.full(len(points), halves.mean()), nib))
        return Contours(tuple(rings))

    def _ring(
        self,
        centres: NDArray[np.complex128],
        halves: NDArray[np.float64],
        nib: Nib | None,
    ) -> NDArray[np.float64]:
        plan = self._plans.get(len(centres))
        if plan is None:
            plan = self._plans[len(centres)] = plan_open_ribbon(len(centres))
        ring: NDArray[np.float64] = outline_points(centres[np.newaxis], halves[np.newaxis], plan, nib)[0]
        return ring


class _Grid:
    """Arrays that depend only on the number of samples."""

    def __init__(self, pieces: int, steps: int) -> None:
        t = np.arange(1, steps + 1) / steps
        s = 1 - t
        self.basis = np.stack([s**3, 3 * s * s * t, 3 * s * t * t, t**3])
        self.part = np.linspace(0.0, 1.0, pieces * steps + 1)
        """Position along the curve, from 0 at its start to 1 at its end."""
        self.bends = np.sin(np.pi * np.arange(1, 5)[:, np.newaxis] * self.part) * _BENDS[:, np.newaxis]
        self.first = np.maximum(1 - self.part / 0.4, 0.0) ** 2
        """Weight that decreases from 1 at the start to 0."""
        self.last = self.first[::-1]
        self.swells = np.stack(
            [
                np.ones_like(self.part),
                np.cos(np.pi * self.part),
                np.cos(2 * np.pi * self.part),
                np.sin(np.pi * self.part) - 0.5,
                np.maximum(1 - self.part / 0.15, 0.0),
                np.maximum(1 - (1 - self.part) / 0.15, 0.0),
            ]
        )
        """Basis of the variation of width."""
