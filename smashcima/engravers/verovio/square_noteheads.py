"""Square noteheads, which Verovio draws in pieces: those of longas and maximas, and all long heads of mensural notation.

Verovio writes two bars, or a filled rectangle, and the sides of a head as separate shapes; the right side of a longa
is part of its stem, and in ligatures the left side of a head may be. One note has one head, so the pieces become one
symbol of the size of all of them, and stems become lines.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.fonts import SmuflFont
from smashcima.engraving import Box, FilledPolygon, GenericShape, Line, Primitive, PrimitiveKind, Symbol
from smashcima.geometry import Point, Rectangle

_CMN = "noteheadDoubleWholeSquare"
_MENSURAL = "mensuralNoteheadLonga"
_MENSURAL_MAXIMA = "mensuralNoteheadMaxima"

_BREVIS_ASPECT = 1.45
"""Heads that are wider than this, relative to their height, are those of maximas."""

_STEM_ASPECT = 1.5
"""Sides that are higher than this, relative to the head without them (`_SIDES` for those of a head), are stems."""

_SIDES = 4 / 3
"""Height of the sides of a head, relative to the head without them."""

_HEAD_KINDS = frozenset({PrimitiveKind.NOTEHEAD, PrimitiveKind.TABLATURE_NUMBER})
"""Kinds of the pieces; those of ligatures are directly in the group of their note, as the numbers of tablature are."""


def is_piece(primitive: Primitive) -> bool:
    """Whether a primitive is a piece of a square notehead."""
    return primitive.kind in _HEAD_KINDS and isinstance(primitive, Box | FilledPolygon)


def joined(pieces: Sequence[Primitive], font: str, is_mensural: bool) -> list[Primitive]:
    """The notehead and the stems of a note, made of its pieces and of the boxes of its stems.

    An oblique head, half of a ligature of two notes, is one shape, since it depends on the interval.
    """
    bodies = [piece for piece in pieces if is_piece(piece) and not _is_upright(piece)]
    sides = [piece for piece in pieces if isinstance(piece, Box) and _is_upright(piece)]
    if not bodies:
        return list(pieces)
    sample = bodies[0]
    body = _bounds(bodies)
    height = max(
        (box.rectangle.height for box in sides if not _is_stem(box, body)), default=_SIDES * body.height
    )
    middle = body.center.y
    reach = _bounds([*bodies, *sides])
    stems: list[Primitive] = [_stem(box, middle) for box in sides if _is_stem(box, body)]
    if any(isinstance(piece, FilledPolygon) and not _is_level(piece) for piece in bodies):
        rings = [_ring(piece) for piece in bodies]
        short = [_ring(box) for box in sides if not _is_stem(box, body)]
        shape = GenericShape(PrimitiveKind.NOTEHEAD, sample.place, sample.element, (*rings, *short))
        return [shape, *stems]
    is_filled = any(isinstance(piece, Box) for piece in bodies)
    if is_filled and not any(box.rectangle.height > body.height for box in sides):
        height = body.height
    area = Rectangle.from_sides(reach.left, middle - height / 2, reach.right, middle + height / 2)
    return [_symbol(sample, area, font, is_mensural, is_filled), *stems]


def _symbol(sample: Primitive, area: Rectangle, font: str, is_mensural: bool, is_filled: bool) -> Symbol:
    name = _CMN
    if is_mensural or is_filled:
        is_maxima = area.width > _BREVIS_ASPECT * area.height
        name = (_MENSURAL_MAXIMA if is_maxima else _MENSURAL) + ("Black" if is_filled else "White")
    glyph = SmuflFont.load(font).glyph(name)
    box = glyph.outline.bbox()
    scale_x, scale_y = area.width / box.width, area.height / box.height
    origin = Point(area.left - box.left * scale_x, area.center.y - box.center.y * scale_y)
    return Symbol(
        PrimitiveKind.NOTEHEAD,
        sample.place,
        sample.element,
        name,
        glyph.code_point,
        origin,
        scale_x,
        scale_y,
        font,
    )


def _is_upright(piece: Primitive) -> bool:
    """Whether a piece is a side of a head or a stem."""
    return isinstance(piece, Box) and (
        piece.kind is PrimitiveKind.STEM or piece.rectangle.height > 4 * piece.rectangle.width
    )


def _is_stem(box: Box, body: Rectangle) -> bool:
    return box.kind is PrimitiveKind.STEM or box.rectangle.height > _STEM_ASPECT * body.height


def _stem(box: Box, middle: float) -> Line:
    """A stem from its head to its other end."""
    r = box.rectangle
    x = r.center.x
    ends = (Point(x, r.bottom), Point(x, r.top))
    start, end = ends if middle - r.top > r.bottom - middle else ends[::-1]
    return Line(PrimitiveKind.STEM, box.place, box.element, start, end, r.width)


def _is_level(polygon: FilledPolygon) -> bool:
    corners = polygon.corners
    return bool(abs(corners[0, 1] - corners[1, 1]) < 1e-6)


def _bounds(pieces: Sequence[Primitive]) -> Rectangle:
    sides = [piece.sides() for piece in pieces]
    return Rectangle.from_sides(
        min(side[0] for side in sides),
        min(side[1] for side in sides),
        max(side[2] for side in sides),
        max(side[3] for side in sides),
    )


def _ring(piece: Primitive) -> NDArray[np.float64]:
    if isinstance(piece, FilledPolygon):
        return piece.corners
    assert isinstance(piece, Box)
    r = piece.rectangle
    return np.array([(r.left, r.top), (r.right, r.top), (r.right, r.bottom), (r.left, r.bottom)])
