"""Checking and placing of glyphs that hooks returned, shared by the interfaces."""

from __future__ import annotations

import math

from smashcima.errors import SceneGraphError, UnsupportedLabelError
from smashcima.geometry import Point, Transform, Vector2
from smashcima.scene.visual import AffineSpace, Glyph, LineGlyph, ScenePoint
from smashcima.scene.visual.unmade_ink import place_unmade, remove_unmade, unmade_ink

_SAME_LENGTH = 1e-9


def place_glyph(glyph: Glyph, parent_space: AffineSpace, transform: Transform, maker: object) -> None:
    """Places a new glyph in a space; raises a `SceneGraphError` if it is placed already."""
    ink = unmade_ink(glyph)
    if ink is not None and ink.parent_space is None:
        place_unmade(ink, glyph, parent_space, transform)
        return
    space = glyph.space
    if space.parent_space is not None:
        raise SceneGraphError(
            f"{type(maker).__name__} returned a glyph whose space is placed already. A hook must return a new "
            f"glyph with a new AffineSpace (without a parent) each time; bitmaps and contours may be shared."
        )
    space.place(parent_space, transform)


def move_glyph(glyph: Glyph, by: Transform) -> None:
    """Moves a placed glyph by a transform of the space in which it is placed."""
    ink = unmade_ink(glyph)
    if ink is None:
        glyph.space.transform = glyph.space.transform.then(by)
    else:
        ink.transform = ink.transform.then(by)


def remove_glyph(glyph: Glyph) -> None:
    """Takes a glyph out of the space in which it is placed."""
    ink = unmade_ink(glyph)
    if ink is None:
        glyph.space.parent_space = None
    else:
        remove_unmade(ink, glyph)


def unsupported(maker: object, label: str) -> UnsupportedLabelError:
    """The error for a label that a synthesizer does not draw."""
    return UnsupportedLabelError(
        f"{type(maker).__name__} does not draw {label!r}. "
        f"Check supports_label first, or combine it with one that does in a FallbackGlyphSynthesizer."
    )


def line_placement(glyph: LineGlyph, start: Point, end: Point, maker: object) -> Transform:
    """The transform that moves the ends of a line glyph to two points.

    A glyph of the right length and direction is only translated; any other is rotated, and stretched along its
    own direction, so that its thickness does not change.
    """
    own_start, own_end = _ends(glyph, maker)
    # With numbers, since nearly all lines take this branch.
    longer = own_end.x - own_start.x - (end.x - start.x)
    higher = own_end.y - own_start.y - (end.y - start.y)
    if math.hypot(longer, higher) <= _SAME_LENGTH:
        return Transform(e=start.x - own_start.x, f=start.y - own_start.y)
    own, wanted = own_end - own_start, end - start
    to_origin = Transform.translate(-own_start.vector)
    length = own.magnitude
    if length <= _SAME_LENGTH:
        return to_origin.then(Transform.translate(start.vector))
    stretch = Transform.scale(wanted.magnitude / length, 1.0)
    return (
        to_origin.then(_turn(own, back=True))
        .then(stretch)
        .then(_turn(wanted, back=False))
        .then(Transform.translate(start.vector))
    )


def _turn(direction: Vector2, back: bool) -> Transform:
    """The rotation from the x axis to a direction, or its inverse if `back`."""
    length = direction.magnitude
    if length == 0:
        return Transform.identity()
    cos, sin = direction.x / length, direction.y / length
    return Transform(cos, -sin, sin, cos) if back else Transform(cos, sin, -sin, cos)


def _ends(glyph: LineGlyph, maker: object) -> tuple[Point, Point]:
    """The start and end point of a line in its own space."""
    ink = unmade_ink(glyph)
    if ink is not None and ink.start is not None and ink.end is not None:
        return ink.start, ink.end
    first, last, space = glyph.start_point, glyph.end_point, glyph.space
    if first is not None and last is not None and first.space is space and last.space is space:
        return first.point, last.point
    return _in_glyph(first, glyph, maker), _in_glyph(last, glyph, maker)


def _in_glyph(point: ScenePoint | None, glyph: LineGlyph, maker: object) -> Point:
    if point is None:
        raise SceneGraphError(
            f"{type(maker).__name__} returned a line glyph without start_point or end_point; "
            f"set both to ScenePoints in the glyph's space."
        )
    return point.point if point.space is glyph.space else point.in_space(glyph.space)
