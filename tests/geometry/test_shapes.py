"""Points, rectangles, polygons and contours: values computed by hand."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.errors import GeometryError
from smashcima.geometry import (
    Contours,
    Point,
    Polygon,
    Quad,
    Rectangle,
    Transform,
    Vector2,
    mm_to_px,
    px_to_mm,
)

SQUARE = Polygon(np.array([(0, 0), (4, 0), (4, 4), (0, 4)]))
HOLE = np.array([(1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (2.0, 1.0)])


def test_an_inch_has_dpi_pixels() -> None:
    assert mm_to_px(25.4, dpi=300) == 300
    assert px_to_mm(300, dpi=300) == 25.4


def test_points_differ_by_vectors() -> None:
    assert Point(5, 7) - Point(2, 3) == Vector2(3, 4)
    assert (Point(5, 7) - Point(2, 3)).magnitude == 5
    assert Point(1, 1) + Vector2(2, 3) == Point(3, 4)
    assert Vector2(3, 4).normalize() == Vector2(0.6, 0.8)
    assert Vector2(0, 0).normalize() == Vector2(0, 0)


def test_rectangles_know_their_sides() -> None:
    r = Rectangle(1, 2, 3, 4)
    assert (r.left, r.top, r.right, r.bottom) == (1, 2, 4, 6)
    assert r.center == Point(2.5, 4)
    assert r.dilate(1) == Rectangle(0, 1, 5, 6)
    assert r.dilate(-9) == Rectangle(2.5, 4, 0, 0)
    assert Rectangle.hull([r, Rectangle(10, 0, 1, 1)]) == Rectangle(1, 0, 10, 6)
    assert r.intersection(Rectangle(3, 3, 9, 9)) == Rectangle(3, 3, 1, 3)
    assert r.intersection(Rectangle(30, 3, 9, 9)) is None


def test_a_negative_side_is_an_error() -> None:
    with pytest.raises(GeometryError, match="negative"):
        Rectangle(0, 0, -1, 1)


def test_area_of_a_square_with_a_hole() -> None:
    contours = Contours((SQUARE.points, HOLE))
    assert contours.area == 15
    assert contours.to_shapely().area == 15
    assert Contours.from_shapely(contours.to_shapely()).area == 15
    assert contours.bbox() == Rectangle(0, 0, 4, 4)


def test_mirrored_contours_keep_their_holes() -> None:
    mirrored = Transform.scale(-1, 1).apply_to(Contours((SQUARE.points, HOLE)))
    assert mirrored.area == 15
    assert mirrored.bbox() == Rectangle(-4, 0, 4, 4)


def test_the_union_of_two_overlapping_squares() -> None:
    other = Transform.translate(Vector2(2, 0)).apply_to(Contours.from_polygons([SQUARE]))
    assert Contours.union([Contours.from_polygons([SQUARE]), other.reversed()]).area == 24
    assert Contours.union([]).is_empty


def test_empty_contours_have_no_box() -> None:
    with pytest.raises(GeometryError, match="no bounding box"):
        Contours.empty().bbox()


def test_polygons_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        SQUARE.points[0, 0] = 9


def test_the_box_of_a_turned_rectangle() -> None:
    quad = Transform.rotateDegCC(90).apply_to(Rectangle(0, 0, 2, 1))
    assert isinstance(quad, Quad)
    box = quad.bbox()
    assert (round(box.left, 9), round(box.top, 9), round(box.right, 9), round(box.bottom, 9)) == (0, -2, 1, 0)


def test_a_shape_of_many_points_has_a_short_repr() -> None:
    assert repr(Contours((SQUARE.points, HOLE))) == "Contours(2 rings, 8 points)"
    assert repr(SQUARE) == "Polygon(4 points)"
