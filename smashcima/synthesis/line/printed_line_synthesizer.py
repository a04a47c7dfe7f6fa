"""Printed lines: straight strokes with sharp edges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Point, Vector2, stroke_polyline
from smashcima.scene.visual import (
    BLACK,
    ColorBGRA,
    Glyph,
    LineGlyph,
    SmashcimaLabels,
    merge_contours,
)
from smashcima.scene.visual.labels import LabelLike
from smashcima.synthesis.interfaces import LinePen, LineSynthesizer, dash_polyline

_ORIGIN = Point(0.0, 0.0)
_CAP_ANGLES = np.linspace(-math.pi / 2, math.pi / 2, 13)
_CAP = np.stack([np.cos(_CAP_ANGLES), np.sin(_CAP_ANGLES)], axis=1)
"""Half a unit circle around the end of a line along the x axis."""

_SHARPEST_MITRE = 2 / 4.0**2 - 1
"""Cosine of the turn at which a mitre is four times as long as the line is wide."""

DEFAULT_PEN = LinePen(0.2)
DEFAULT_PENS: dict[str, LinePen] = {
    SmashcimaLabels.beam.value: LinePen(0.9, "vertical"),
    SmashcimaLabels.beamHook.value: LinePen(0.9, "vertical"),
    SmashcimaLabels.tremoloStroke.value: LinePen(0.9, "vertical"),
    SmashcimaLabels.staffLine.value: LinePen(0.13),
    SmashcimaLabels.legerLine.value: LinePen(0.22),
}
"""Pens by label for lines drawn without one: those of the engraver at a staff space of 1.8 mm."""


class PrintedLineSynthesizer(LineSynthesizer):
    """Draws lines of every label exactly with the engraver's pen."""

    RECIPE_OPTIONS: tuple[str, ...] = ("color",)

    def __init__(self, color: ColorBGRA = BLACK) -> None:
        self.color = color

    def supports_label(self, label: LabelLike) -> bool:
        return True

    def create_glyph(self, label: str, delta: Vector2) -> LineGlyph:
        return self.create_line(label, delta, DEFAULT_PENS.get(label, DEFAULT_PEN))

    def create_line(self, label: str, delta: Vector2, pen: LinePen) -> LineGlyph:
        x, y = delta.x, delta.y
        if pen.dashes:
            strokes = dash_polyline(np.array([(0.0, 0.0), (x, y)]), pen.dashes)
            contours = merge_contours(
                _stroke(x0, y0, x1, y1, pen)
                for (x0, y0), (x1, y1) in (stroke[[0, -1]].tolist() for stroke in strokes)
            )
        else:
            contours = _stroke(0.0, 0.0, x, y, pen)
        return LineGlyph.from_contours_along(label, contours, None, _ORIGIN, Point(x, y), self.color)

    def create_polyline(self, label: str, deltas: Sequence[Vector2], pen: LinePen) -> Glyph:
        points = np.cumsum([(0.0, 0.0), *((delta.x, delta.y) for delta in deltas)], axis=0)
        cap = "butt" if pen.cap == "vertical" else pen.cap
        join: Literal["mitre", "bevel"] = "bevel" if _has_sharp_corner(points) else "mitre"
        if pen.dashes:
            contours = merge_contours(
                stroke_polyline(stroke, pen.width, cap, join) for stroke in dash_polyline(points, pen.dashes)
            )
        else:
            closed = len(points) > 3 and bool(np.allclose(points[0], points[-1]))
            ring = points[:-1] if closed else points
            contours = stroke_polyline(ring, pen.width, cap, join, closed)
        return Glyph.from_contours(label, contours, self.color)


def _has_sharp_corner(points: NDArray[np.float64]) -> bool:
    """Whether the line has a corner so sharp that SVG bevels it (a mitre limit of 4)."""
    steps = np.diff(points, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])
    along = (steps[:-1] * steps[1:]).sum(axis=1)
    cosines = along / np.maximum(lengths[:-1] * lengths[1:], 1e-12)
    return bool((cosines < _SHARPEST_MITRE).any())


def _stroke(x0: float, y0: float, x1: float, y1: float, pen: LinePen) -> Contours:
    """The area of one straight stroke."""
    dx, dy, half = x1 - x0, y1 - y0, pen.width / 2
    if pen.cap == "vertical":
        return Contours((np.array([(x0, y0 - half), (x1, y1 - half), (x1, y1 + half), (x0, y0 + half)]),))
    length = math.hypot(dx, dy)
    if length == 0:
        if pen.cap == "butt":
            return Contours.empty()
        dx, length = 1.0, 1.0
        dy = 0.0
        x1 = x0
    ux, uy = dx / length * half, dy / length * half
    if pen.cap == "round":
        along = _CAP @ np.array([(ux, uy), (-uy, ux)])
        return Contours((np.concatenate([along + (x1, y1), (x0, y0) - along]),))
    if pen.cap == "square":
        x0, y0, x1, y1 = x0 - ux, y0 - uy, x1 + ux, y1 + uy
    ring = [(x0 + uy, y0 - ux), (x1 + uy, y1 - ux), (x1 - uy, y1 + ux), (x0 - uy, y0 + ux)]
    return Contours((np.array(ring),))
