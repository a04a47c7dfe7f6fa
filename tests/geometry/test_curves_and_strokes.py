"""Flattened curves stay near the true ones; strokes have the area that they should."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smashcima.errors import GeometryError
from smashcima.geometry import Point, flatten_cubic, flatten_cubics, stroke_line, stroke_polyline

coordinate = st.integers(-500, 500).map(lambda tenth: tenth / 10)


@given(st.lists(st.tuples(coordinate, coordinate), min_size=4, max_size=4), st.sampled_from([0.01, 0.1, 1.0]))
def test_a_flattened_cubic_is_within_tolerance(control: list[tuple[float, float]], tolerance: float) -> None:
    from shapely import LineString
    from shapely import Point as ShapelyPoint

    array = np.array(control)
    polyline = flatten_cubic(array, tolerance)
    assert np.allclose(polyline[[0, -1]], array[[0, -1]])
    line = LineString(polyline)
    for t in np.linspace(0, 1, 37):
        s = 1 - t
        exact = s**3 * array[0] + 3 * s * s * t * array[1] + 3 * s * t * t * array[2] + t**3 * array[3]
        assert line.distance(ShapelyPoint(*exact)) <= tolerance * 1.001


def test_a_straight_cubic_needs_no_points_between() -> None:
    assert flatten_cubic(np.array([(0, 0), (1, 0), (2, 0), (3, 0.0)]), 0.01).tolist() == [[0, 0], [3, 0]]


def test_a_chain_of_cubics_repeats_no_point() -> None:
    one = np.array([(0, 0), (1, 0), (2, 0), (3, 0.0)])
    chained = flatten_cubics(np.stack([one, one + np.array((3, 0))]), 0.01)
    assert chained.tolist() == [[0, 0], [3, 0], [6, 0]]


def test_a_tolerance_must_be_positive() -> None:
    with pytest.raises(GeometryError, match="positive"):
        flatten_cubic(np.zeros((4, 2)), 0)


def test_caps_add_what_they_should() -> None:
    start, end = Point(0, 0), Point(10, 0)
    assert stroke_line(start, end, 2).area == 20
    assert stroke_line(start, end, 2, "square").area == 24
    assert math.isclose(stroke_line(start, end, 2, "round").area, 20 + math.pi, rel_tol=0.01)
    assert stroke_line(start, start, 2).is_empty
    assert stroke_line(start, start, 2, "square").area == 4


def test_a_mitred_corner_is_filled() -> None:
    corner = np.array([(0, 0), (10, 0), (10, 10.0)])
    assert math.isclose(stroke_polyline(corner, 2, join="mitre").area, 40)
    assert math.isclose(stroke_polyline(corner, 2, join="bevel").area, 39.5)


def test_a_closed_stroke_has_a_hole() -> None:
    ring = np.array([(0, 0), (10, 0), (10, 10), (0, 10.0)])
    frame = stroke_polyline(ring, 2, join="mitre", closed=True)
    assert len(frame.rings) == 2
    assert math.isclose(frame.area, 12 * 12 - 8 * 8)


def test_strokes_have_no_negative_width() -> None:
    with pytest.raises(GeometryError, match="mm wide"):
        stroke_line(Point(0, 0), Point(1, 0), -1)
