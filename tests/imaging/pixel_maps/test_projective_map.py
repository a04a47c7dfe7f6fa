from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smashcima.errors import GeometryError
from smashcima.geometry import Transform
from smashcima.imaging import ChainMap, DisplacementMap, ProjectiveMap


def at(x: float, y: float) -> np.ndarray:
    return np.array([[x, y]], dtype=float)


def test_the_simple_maps_do_what_they_are_called():
    assert ProjectiveMap.identity().forward(at(3, 4)).tolist() == [[3, 4]]
    assert ProjectiveMap.translation(5, -1).forward(at(3, 4)).tolist() == [[8, 3]]
    assert ProjectiveMap.scaling(2).forward(at(3, 4)).tolist() == [[6, 8]]
    assert ProjectiveMap.scaling(2, 0.5).forward(at(3, 4)).tolist() == [[6, 2]]
    assert ProjectiveMap.affine(Transform(1, 2, 3, 4, 5, 6)).forward(at(1, 1)).tolist() == [[9, 12]]
    assert ProjectiveMap.affine([[1, 3, 5], [2, 4, 6]]).forward(at(1, 1)).tolist() == [[9, 12]]


def test_a_turn_is_counter_clockwise_as_seen():
    turn = ProjectiveMap.rotation(90, center=(10, 10))
    assert turn.forward(at(15, 10)) == pytest.approx(at(10, 5))
    assert turn.forward(at(10, 10)) == pytest.approx(at(10, 10))


def test_corners_go_to_corners():
    before = [[0, 0], [100, 0], [100, 200], [0, 200]]
    after = [[10, 5], [90, 0], [100, 190], [0, 200]]
    found = ProjectiveMap.between_quads(before, after)
    assert found.forward(np.array(before, float)) == pytest.approx(np.array(after, float))
    # The diagonals of the one are those of the other: they meet where they meet.
    center = found.forward(at(50, 100))[0]
    for start, end in ((0, 2), (1, 3)):
        (x0, y0), (x1, y1) = after[start], after[end]
        assert (x1 - x0) * (center[1] - y0) == pytest.approx((y1 - y0) * (center[0] - x0))


@given(
    st.lists(st.floats(-0.3, 0.3), min_size=8, max_size=8),
    st.lists(st.tuples(st.floats(-50, 150), st.floats(-50, 250)), min_size=1, max_size=5),
)
def test_there_and_back_again(moves, points):
    before = np.array([[0, 0], [100, 0], [100, 200], [0, 200]], float)
    after = before + np.reshape(moves, (4, 2)) * (100, 200) / 2
    found = ProjectiveMap.between_quads(before, after)
    inside = np.clip(np.array(points), 0, (100, 200))
    assert found.backward(found.forward(inside)) == pytest.approx(inside, abs=1e-6)
    assert found.inverse().backward(inside) == pytest.approx(found.forward(inside), abs=1e-9)


def test_maps_one_after_the_other_become_one_matrix():
    moved_and_scaled = ProjectiveMap.translation(10, 0).then(ProjectiveMap.scaling(2))
    assert isinstance(moved_and_scaled, ProjectiveMap)
    assert moved_and_scaled.is_affine
    assert moved_and_scaled.matrix.tolist() == [[2, 0, 20], [0, 2, 0], [0, 0, 1]]
    assert moved_and_scaled.forward(at(1, 1)).tolist() == [[22, 2]]


def test_matrices_in_a_longer_chain_are_merged_too():
    bend = DisplacementMap.from_function(lambda points: points + (0, 1), 100, 100)
    move = ProjectiveMap.translation(10, 0)
    chain = move.then(move).then(bend).then(move).then(move.then(bend))
    assert isinstance(chain, ChainMap)
    assert [type(step) for step in chain.steps] == [ProjectiveMap, DisplacementMap] * 2
    assert chain.forward(at(1, 1)) == pytest.approx(at(41, -1), abs=1e-6)
    assert chain.inverse().forward(at(41, -1)) == pytest.approx(at(1, 1), abs=1e-6)
    assert chain.inverse().inverse().forward(at(1, 1)) == pytest.approx(at(41, -1), abs=1e-6)
    assert not chain.keeps_lines_straight
    assert move.keeps_lines_straight


def test_values_do_not_change():
    found = ProjectiveMap.identity()
    with pytest.raises(ValueError, match="read-only"):
        found.matrix[0, 0] = 2


@pytest.mark.parametrize(
    "matrix", [np.zeros((3, 3)), np.ones((3, 3)), np.eye(2), np.diag([1, 1, np.nan]), np.diag([1, 0, 1])]
)
def test_matrices_without_inverse_are_refused(matrix):
    with pytest.raises(GeometryError):
        ProjectiveMap(matrix)


def test_corners_that_make_no_quadrilateral_are_refused():
    square = [[0, 0], [1, 0], [1, 1], [0, 1]]
    with pytest.raises(GeometryError, match="not convex"):
        ProjectiveMap.between_quads(square, [[0, 0], [1, 1], [1, 0], [0, 1]])
    with pytest.raises(GeometryError, match="not convex"):
        ProjectiveMap.between_quads([[0, 0], [1, 0], [2, 0], [0, 1]], square)
    with pytest.raises(GeometryError, match="four finite corners"):
        ProjectiveMap.between_quads(square[:3], square)
