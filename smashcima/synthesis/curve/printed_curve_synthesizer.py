"""Printed curves with the exact outlines of the engraving."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.caching import BoundedCache
from smashcima.geometry import Contours, flatten_cubics, stroke_polyline
from smashcima.geometry.contours import another_of
from smashcima.scene.visual import BLACK, ColorBGRA, LineGlyph, merge_contours
from smashcima.scene.visual.labels import LabelLike
from smashcima.synthesis.interfaces import CurveShape, CurveSynthesizer, dash_polyline

TOLERANCE = 0.004
"""Flattening tolerance in mm: a tenth of a pixel at 600 pixels per inch."""

_MOST_CURVES = 1024
"""Number of curves whose outlines are kept: those of a score that is drawn again."""

_ROUND_STEPS = np.arange(1, 8) / 8
"""Fractions of the turn at which a round end has points."""


class PrintedCurveSynthesizer(CurveSynthesizer):
    """Draws curves of every label exactly as engraved."""

    RECIPE_OPTIONS: tuple[str, ...] = ("color",)

    def __init__(self, color: ColorBGRA = BLACK) -> None:
        self.color = color
        self._outlines: BoundedCache[tuple[object, ...], Contours] = BoundedCache(_MOST_CURVES)

    def supports_label(self, label: LabelLike) -> bool:
        return True

    def create_glyph(self, label: str, shape: CurveShape) -> LineGlyph:
        key = (shape.outer.tobytes(), shape.inner.tobytes(), shape.stroke_width, shape.dashes)
        outline = another_of(self._outlines.get(key, lambda: outline_curve(shape)))
        return LineGlyph.from_contours_along(label, outline, None, shape.start, shape.end, self.color)


def outline_curve(shape: CurveShape) -> Contours:
    """The area that a curve covers, including its outline pen."""
    if len(shape.inner) == 0:
        line = flatten_cubics(shape.outer, TOLERANCE)
        strokes = dash_polyline(line, shape.dashes) if shape.dashes else [line]
        return merge_contours(stroke_polyline(stroke, shape.stroke_width, "round") for stroke in strokes)
    outer, inner = _sides(shape)
    if shape.stroke_width <= 0:
        return Contours((np.concatenate([outer, inner[1:-1]]),))
    return Contours((_thickened(outer, inner, shape.stroke_width / 2),))


def _sides(shape: CurveShape) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points along the outer chain and the inner chain."""
    if len(shape.outer) != len(shape.inner) or (shape.outer[-1, 3] != shape.inner[0, 0]).any():
        return flatten_cubics(shape.outer, TOLERANCE), flatten_cubics(shape.inner, TOLERANCE)
    ring = flatten_cubics(np.concatenate([shape.outer, shape.inner]), TOLERANCE)
    half = len(ring) // 2
    return ring[: half + 1], ring[half:]


def _thickened(outer: NDArray[np.float64], inner: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """The outline of the area between two sides of a curve, dilated by `radius`, with round ends.

    `outer` leads from start to end, `inner` from end to start.
    """
    there, back = _directions(outer), _directions(inner)
    # The right side of `outer` is outside if `inner` lies to its left.
    hand = radius if _signed_area(outer, inner) < 0 else -radius
    to_the_right = np.array([(0.0, hand), (-hand, 0.0)])
    return np.concatenate(
        [
            outer + there @ to_the_right,
            _round(outer[-1], hand, there[-1], back[0]),
            inner + back @ to_the_right,
            _round(outer[0], hand, back[-1], there[0]),
        ]
    )


def _signed_area(outer: NDArray[np.float64], inner: NDArray[np.float64]) -> float:
    """Area of the ring of two sides; positive if it turns right (y points down)."""
    x, y = np.concatenate([outer, inner]).T
    return float(x[:-1] @ y[1:] - x[1:] @ y[:-1] + x[-1] * y[0] - x[0] * y[-1]) / 2


def _directions(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit tangents at the points of a polyline; zero where points coincide."""
    tangents = np.empty_like(points)
    tangents[1:-1] = points[2:] - points[:-2]
    tangents[0], tangents[-1] = points[1] - points[0], points[-1] - points[-2]
    lengths = np.hypot(tangents[:, 0], tangents[:, 1])
    lengths[lengths == 0] = 1.0
    tangents /= lengths[:, np.newaxis]
    return tangents


def _round(
    tip: NDArray[np.float64], hand: float, arriving: NDArray[np.float64], leaving: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points of the arc around a tip, from one side to the other."""
    first = math.atan2(arriving[0] * hand, -arriving[1] * hand)
    last = math.atan2(leaving[0] * hand, -leaving[1] * hand)
    # If the outside is on the right, the outline turns left around the tip; else it turns right.
    turn = (last - first) % (2 * math.pi) if hand < 0 else -((first - last) % (2 * math.pi))
    angles = first + turn * _ROUND_STEPS
    return tip + abs(hand) * np.stack([np.cos(angles), np.sin(angles)], axis=1)
