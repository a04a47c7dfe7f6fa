"""Printed curves: exactly the engraver's outlines."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, flatten_cubics, stroke_polyline
from smashcima.scene.visual import BLACK, AffineSpace, ColorBGRA, LineGlyph, ScenePoint, merge_contours
from smashcima.scene.visual.labels import Label
from smashcima.synthesis.interfaces import CurveShape, CurveSynthesizer, dash_polyline

TOLERANCE = 0.004
"""In mm: a tenth of a pixel at 600 pixels per inch."""

_ROUND_STEPS = 8


class PrintedCurveSynthesizer(CurveSynthesizer):
    """Draws curves of every label as the engraver shaped them."""

    def __init__(self, color: ColorBGRA = BLACK) -> None:
        self.color = color

    def supports_label(self, label: Label) -> bool:
        return True

    def create_glyph(self, label: str, shape: CurveShape) -> LineGlyph:
        space = AffineSpace()
        start, end = ScenePoint(space, shape.start), ScenePoint(space, shape.end)
        return LineGlyph.from_contours_between(label, outline_curve(shape), start, end, self.color)


def outline_curve(shape: CurveShape) -> Contours:
    """The area that a curve covers, its thickening pen included."""
    outer = flatten_cubics(shape.outer, TOLERANCE)
    if len(shape.inner) == 0:
        strokes = dash_polyline(outer, shape.dashes) if shape.dashes else [outer]
        return merge_contours(stroke_polyline(stroke, shape.stroke_width, "round") for stroke in strokes)
    inner = flatten_cubics(shape.inner, TOLERANCE)
    if shape.stroke_width <= 0:
        return Contours((np.concatenate([outer, inner[1:-1]]),))
    return Contours((_thickened(outer, inner, shape.stroke_width / 2),))


def _thickened(outer: NDArray[np.float64], inner: NDArray[np.float64], radius: float) -> NDArray[np.float64]:
    """The ring around two sides of a curve, `radius` farther out, with round ends.

    `outer` leads from the start to the end, `inner` back.
    """
    there, back = _directions(outer), _directions(inner)
    # The right hand of the way there looks outwards if the way back lies on its left.
    across = inner[len(inner) // 2] - outer[len(outer) // 2]
    middle = there[len(there) // 2]
    hand = radius if middle[0] * across[1] - middle[1] * across[0] < 0 else -radius
    return np.concatenate(
        [
            outer + hand * _right_of(there),
            _round(outer[-1], hand, there[-1], back[0]),
            inner + hand * _right_of(back),
            _round(outer[0], hand, back[-1], there[0]),
        ]
    )


def _directions(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit tangents at the points of a polyline."""
    steps = np.diff(points, axis=0)
    lengths = np.hypot(steps[:, 0], steps[:, 1])[:, np.newaxis]
    steps = steps / np.where(lengths > 0, lengths, 1.0)
    tangents = np.concatenate([steps[:1], steps[:-1] + steps[1:], steps[-1:]])
    lengths = np.hypot(tangents[:, 0], tangents[:, 1])[:, np.newaxis]
    return np.asarray(tangents / np.where(lengths > 0, lengths, 1.0))


def _right_of(directions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Unit vectors to the right hand, as seen with y down."""
    return np.stack([-directions[:, 1], directions[:, 0]], axis=1)


def _round(
    tip: NDArray[np.float64], hand: float, arriving: NDArray[np.float64], leaving: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points of the arc around a tip, between the two sides."""
    first = math.atan2(arriving[0] * hand, -arriving[1] * hand)
    last = math.atan2(leaving[0] * hand, -leaving[1] * hand)
    # On the outside one turns away from the hand that looks outwards.
    turn = (last - first) % (2 * math.pi) if hand < 0 else -((first - last) % (2 * math.pi))
    angles = first + turn * np.arange(1, _ROUND_STEPS) / _ROUND_STEPS
    return tip + abs(hand) * np.stack([np.cos(angles), np.sin(angles)], axis=1)
