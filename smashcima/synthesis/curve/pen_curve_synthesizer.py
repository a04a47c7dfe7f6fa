"""Slurs, ties and braces by hand."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Point
from smashcima.scene.visual import AffineSpace, LineGlyph, ScenePoint
from smashcima.scene.visual.labels import Label
from smashcima.synthesis.interfaces import CurveShape, CurveSynthesizer, dash_polyline
from smashcima.synthesis.pen import PenWriterDomain, RibbonPlan, ink_color, outline_points, plan_open_ribbon

_STEP = 0.9
"""Distance of samples in mm, about."""

_FEWEST, _MOST = 13, 72

_WIDTH = 1.15
"""Thickness of slurs relative to stems. Measured in MUSCIMA++: 1.22, between writers 0.14."""

_BENDS = np.array([1.0, 0.7, 0.35, 0.25])

_BEND = 0.9
"""Amplitude of the first of them, relative to the writer's wobble and the length of the curve."""

_FURTHEST_END = 0.3
"""How far, in mm, an end may lie from where it was placed."""


class PenCurveSynthesizer(CurveSynthesizer):
    """Draws curves of every label as one stroke of the writer's pen along the middle of the engraver's shape."""

    def __init__(self, writers: PenWriterDomain, rng: np.random.Generator) -> None:
        """`rng` is the generator of the model."""
        self._writers = writers
        self._rng = rng
        self._plans: dict[int, RibbonPlan] = {}

    def supports_label(self, label: Label) -> bool:
        return True

    def create_glyph(self, label: str, shape: CurveShape) -> LineGlyph:
        writer = self._writers.writer
        draws = np.clip(self._rng.standard_normal(15), -2.5, 2.5)
        samples = _sampled(shape.centre_line)
        step = np.diff(samples)
        along = np.append(0.0, np.cumsum(np.abs(step)))
        length = max(float(along[-1]), 1e-9)
        part = along / length
        tangent = np.gradient(samples)
        tangent /= np.maximum(np.abs(tangent), 1e-9)

        amplitude = _BEND * writer.wobble * length / (1 + length / 25)
        waves = np.sin(np.pi * np.arange(1, 5)[:, np.newaxis] * part) * _BENDS[:, np.newaxis]
        shake = np.sin(2 * np.pi * (writer.tremor_frequency * along + draws[4])) * (0.6 * writer.tremor * draws[5])
        moved = samples + 1j * tangent * (amplitude * draws[:4] @ waves + shake)
        # A hand comes in and leaves in a direction of its own: the ends are shifted along and across.
        ends = np.clip(draws[6:10] * writer.overshoot_jitter, -_FURTHEST_END, _FURTHEST_END) * min(
            1.0, length / 8
        )
        fade = np.clip(1 - part / 0.4, 0, 1) ** 2, np.clip(1 - (1 - part) / 0.4, 0, 1) ** 2
        moved += fade[0] * tangent * complex(ends[0], 0.6 * ends[1])
        moved += fade[1] * tangent * complex(ends[2], 0.6 * ends[3])

        pressure = 1 + writer.pressure * (
            0.6 * draws[10]
            + 0.7 * draws[11] * np.cos(np.pi * part)
            + 0.7 * draws[12] * np.cos(2 * np.pi * part)
        )
        swelling = 1 + writer.curve_swelling * (np.sin(np.pi * part) - 0.5)
        reach = max(min(writer.taper_length * 2, 0.3 * length), 1e-6)
        start = (writer.start_taper - writer.start_blob) * (1 + 0.4 * draws[13])
        end = (writer.end_taper - writer.end_blob) * (1 + 0.4 * draws[14])
        taper = (
            1 - start * np.clip(1 - along / reach, 0, 1) - end * np.clip(1 - (length - along) / reach, 0, 1)
        )
        width = writer.pen_width * writer.stem_width * _WIDTH
        halves = np.maximum(width / 2 * pressure * swelling * taper, 0.04)

        space = AffineSpace()
        contours = self._outline(moved, halves, shape.dashes)
        first, last = (ScenePoint(space, Point(point.real, point.imag)) for point in moved[[0, -1]].tolist())
        color = ink_color(writer, self._rng.standard_normal())
        return LineGlyph.from_contours_between(label, contours, first, last, color)

    def _outline(
        self,
        centres: NDArray[np.complex128],
        halves: NDArray[np.float64],
        dashes: tuple[float, ...],
    ) -> Contours:
        if not dashes:
            return Contours((self._ring(centres, halves),))
        rings = []
        for dash in dash_polyline(np.stack([centres.real, centres.imag], axis=1), dashes):
            points = dash[:, 0] + 1j * dash[:, 1]
            rings.append(self._ring(points, np.full(len(points), halves.mean())))
        return Contours(tuple(rings))

    def _ring(
        self,
        centres: NDArray[np.complex128],
        halves: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        plan = self._plans.get(len(centres))
        if plan is None:
            plan = self._plans[len(centres)] = plan_open_ribbon(len(centres))
        ring: NDArray[np.float64] = outline_points(centres[np.newaxis], halves[np.newaxis], plan)[0]
        return ring


def _sampled(chain: NDArray[np.float64]) -> NDArray[np.complex128]:
    """Samples along a chain of cubics (k, 4, 2), both ends included."""
    control = chain[..., 0] + 1j * chain[..., 1]
    extent = float(np.abs(np.diff(control, axis=1)).sum())
    steps = math.ceil(max(_FEWEST, min(extent / _STEP, _MOST)) / len(control))
    t = np.arange(1, steps + 1) / steps
    s = 1 - t
    basis = np.stack([s**3, 3 * s * s * t, 3 * s * t * t, t**3])
    return np.append(control[0, 0], (control @ basis).ravel())
