"""Affine maps: order, inverse and what they do to each shape."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smashcima.errors import GeometryError
from smashcima.geometry import Point, Transform, Vector2

numbers = st.floats(-100, 100)
transforms = st.builds(Transform, numbers, numbers, numbers, numbers, numbers, numbers)


def test_then_applies_the_first_one_first() -> None:
    move, grow = Transform.translate(Vector2(1, 0)), Transform.scale(10)
    assert move.then(grow).apply_to(Point(1, 1)) == Point(20, 10)
    assert grow.then(move).apply_to(Point(1, 1)) == Point(11, 10)


def test_a_quarter_turn_counter_clockwise_points_right_up() -> None:
    turned = Transform.rotateDegCC(90).apply_to(Vector2(1, 0))
    assert math.isclose(turned.x, 0, abs_tol=1e-12)
    assert math.isclose(turned.y, -1)


def test_vectors_are_not_translated() -> None:
    assert Transform.translate(Vector2(5, 5)).apply_to(Vector2(1, 2)) == Vector2(1, 2)


def test_a_flattening_transform_has_no_inverse() -> None:
    with pytest.raises(GeometryError, match="no inverse"):
        Transform.scale(1, 0).inverse()


@given(transforms, numbers, numbers)
def test_arrays_and_points_are_mapped_alike(transform: Transform, x: float, y: float) -> None:
    point = transform.apply_to(Point(x, y))
    assert np.allclose(transform.apply_to(np.array([(x, y)])), [(point.x, point.y)])
    assert np.allclose(transform.matrix @ [x, y, 1], [point.x, point.y, 1])
    assert Transform.from_matrix(transform.matrix) == transform


@given(transforms, transforms, numbers, numbers)
def test_inverse_undoes_and_then_composes(a: Transform, b: Transform, x: float, y: float) -> None:
    assert np.allclose(a.then(b).matrix, b.matrix @ a.matrix)
    if abs(a.determinant) > 1e-3:
        back = a.then(a.inverse()).apply_to(Point(x, y))
        assert math.isclose(back.x, x, abs_tol=1e-4)
        assert math.isclose(back.y, y, abs_tol=1e-4)
