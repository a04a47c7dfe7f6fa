"""Boxes of primitives, and the staff or measure that they fall on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.fonts.engraver_metrics import symbol_box
from smashcima.engraving.engraving import EngravedSystem
from smashcima.engraving.primitives import (
    Box,
    Curve,
    Disc,
    FilledPolygon,
    GenericShape,
    Line,
    Polyline,
    Primitive,
    Symbol,
    Text,
    TextRun,
)
from smashcima.geometry import Point, Rectangle, Transform, Vector2

_AT_A_BARLINE = 0.2
"""What starts so few mm before a barline begins in the measure after it."""


def bounds(primitive: Primitive) -> Rectangle:  # noqa: PLR0911 - one return for each type of primitive
    """Box of the ink in mm; of words as wide as the engraver measures them."""
    if isinstance(primitive, Symbol):
        return _symbol_bounds(primitive)
    if isinstance(primitive, Line):
        points = np.array(
            [(primitive.start.x, primitive.start.y), (primitive.end.x, primitive.end.y)], dtype=np.float64
        )
        return _hull(points, 0.0).dilate(primitive.width / 2)
    if isinstance(primitive, Text):
        return _text_bounds(primitive)
    if isinstance(primitive, Polyline):
        return _hull(primitive.points, primitive.width / 2)
    if isinstance(primitive, FilledPolygon):
        return _hull(primitive.points, 0.0)
    if isinstance(primitive, Curve):
        # A curve stays inside the hull of its control points, which is close to it for slurs and ties.
        control = np.concatenate([primitive.outer, primitive.inner]).reshape(-1, 2)
        return _hull(control, primitive.stroke_width / 2)
    if isinstance(primitive, Disc):
        c, rx, ry = primitive.center, primitive.radius_x, primitive.radius_y
        return Rectangle(c.x - rx, c.y - ry, 2 * rx, 2 * ry)
    if isinstance(primitive, Box):
        return primitive.rectangle.dilate(primitive.stroke_width / 2)
    if isinstance(primitive, GenericShape):
        return _hull(np.concatenate(primitive.rings), 0.0)
    raise TypeError(f"{type(primitive).__name__} is no primitive of an engraving")


def _hull(points: NDArray[np.float64], margin: float) -> Rectangle:
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return Rectangle.from_sides(
        float(left) - margin, float(top) - margin, float(right) + margin, float(bottom) + margin
    )


def _symbol_bounds(symbol: Symbol) -> Rectangle:
    glyph = symbol_box(symbol.code_point, symbol.font)
    x, y = symbol.origin.x, symbol.origin.y
    if glyph is None:
        return Rectangle(x, y, 0.0, 0.0)
    upright = Rectangle.from_sides(
        glyph.left * symbol.scale_x,
        -glyph.top * symbol.scale_y,
        glyph.right * symbol.scale_x,
        -glyph.bottom * symbol.scale_y,
    )
    if symbol.rotation_deg:
        upright = Transform.rotateDegCC(-symbol.rotation_deg).apply_to(upright).bbox()
    return upright.translate(Vector2(x, y))


def chunks(text: Text) -> list[list[TextRun]]:
    """The runs of a text in groups that are placed together."""
    result: list[list[TextRun]] = []
    for run in text.runs:
        if run.origin is not None or not result:
            result.append([])
        result[-1].append(run)
    return result


def _text_bounds(text: Text) -> Rectangle:
    boxes = []
    for chunk in chunks(text):
        first = chunk[0]
        origin = first.origin or Point(0.0, 0.0)
        width = sum(run.width for run in chunk)
        left = origin.x - {"start": 0.0, "middle": width / 2, "end": width}[first.anchor]
        top = bottom = origin.y
        for run in chunk:
            ascent, descent = run.heights
            baseline = origin.y - run.baseline_shift
            top, bottom = min(top, baseline - ascent), max(bottom, baseline + descent)
        boxes.append(Rectangle.from_sides(left, top, left + width, bottom))
    return Rectangle.hull(boxes)


def vertical_range(primitive: Primitive) -> tuple[float, float]:
    """Topmost and lowest y of a primitive in mm."""
    if isinstance(primitive, Line):
        return min(primitive.start.y, primitive.end.y), max(primitive.start.y, primitive.end.y)
    box = bounds(primitive)
    return box.top, box.bottom


def staff_between(system: EngravedSystem, top: float, bottom: float) -> int | None:
    """Number of the one staff that something from y `top` to y `bottom` stands on; `None` between staves."""
    for staff in system.staves:
        if staff.line_ys:
            # Barlines of a staff of one line reach one staff space beyond it.
            reach = staff.staff_space * (1.1 if len(staff.line_ys) == 1 else 0.1)
            if staff.line_ys[0] - reach <= top and bottom <= staff.line_ys[-1] + reach:
                return staff.number
    return None


def measure_at(system: EngravedSystem, primitive: Primitive) -> int | None:
    """Index of the measure in which the left end of a primitive lies; the nearest one if it lies in none."""
    if not system.measures:
        return None
    x = bounds(primitive).left + _AT_A_BARLINE
    for measure in system.measures:
        if x < measure.right:
            return measure.index
    return system.measures[-1].index
