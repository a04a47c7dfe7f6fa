from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smashcima.errors import GeometryError
from smashcima.imaging import DisplacementMap

WIDTH, HEIGHT = 400, 600


def wave(points: np.ndarray) -> np.ndarray:
    """Up to 12 px of displacement; where a point of the picture after comes from."""
    x, y = points.T
    return np.stack([x + 12 * np.sin(y / 90), y + 9 * np.sin(x / 70) * np.cos(y / 110)], axis=1)


def random_points(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).random((count, 2)) * (WIDTH, HEIGHT)


def test_a_field_comes_from_a_function():
    field = DisplacementMap.from_function(wave, WIDTH, HEIGHT, step_px=20)
    points = random_points(1000)
    assert np.abs(field.backward(points) - wave(points)).max() < 0.02


def test_the_way_there_is_the_inverse_of_the_way_back():
    field = DisplacementMap.from_function(wave, WIDTH, HEIGHT)
    points = random_points(1000)
    assert np.abs(field.forward(field.backward(points)) - points).max() < 0.02
    assert np.abs(field.inverse().forward(field.forward(points)) - points).max() < 0.02


def test_a_rough_field_is_solved_for_each_point():
    """A wave of 40 px, whose slope is 0.8: no table of the inverse is right to a hundredth."""

    def rough(points: np.ndarray) -> np.ndarray:
        x, y = points.T
        return np.stack([x + 5 * np.sin(x / 6.4), y], axis=1)

    field = DisplacementMap.from_function(rough, WIDTH, HEIGHT, step_px=4)
    points = random_points(1000)
    assert np.abs(field.forward(field.backward(points)) - points).max() < 0.02


@given(
    st.lists(st.floats(-6, 6), min_size=24, max_size=24),
    st.floats(-40, 40),
    st.floats(0.6, 1.6),
    st.integers(0, 1000),
)
@settings(max_examples=40, deadline=None)
def test_any_field_that_does_not_fold_has_an_inverse_everywhere(numbers, degrees, scale, seed):
    """Displacements of up to 6 px on a lattice of 100 px or more, on top of a turn and a scaling."""
    field = np.reshape(numbers, (4, 3, 2))
    xs, ys = np.meshgrid(np.linspace(0, WIDTH, 3), np.linspace(0, HEIGHT, 4))
    turn = np.radians(degrees)
    turned = np.stack(
        [
            scale * (np.cos(turn) * xs + np.sin(turn) * ys),
            scale * (np.cos(turn) * ys - np.sin(turn) * xs),
        ],
        axis=2,
    )
    found = DisplacementMap(turned + field, WIDTH, HEIGHT)
    around = random_points(50, seed) * 3 - (WIDTH, HEIGHT)
    assert np.abs(found.forward(found.backward(around)) - around).max() < 0.03
    assert found.backward(np.stack([xs.ravel(), ys.ravel()], axis=1)) == pytest.approx(
        (turned + field).reshape(-1, 2), abs=1e-3
    )


def test_cubic_fields_are_met_exactly_between_the_points_given():
    def cubic(points: np.ndarray) -> np.ndarray:
        x, y = points.T
        return np.stack([x + 4e-7 * (y - 200) ** 3, y + 1e-4 * (x - 100) ** 2], axis=1)

    field = DisplacementMap.from_function(cubic, WIDTH, HEIGHT, step_px=100)
    points = random_points(500)
    assert np.abs(field.backward(points) - cubic(points)).max() < 0.01


def test_slopes_have_no_steps_not_even_at_the_edge_of_the_picture():
    field = DisplacementMap.from_function(wave, WIDTH, HEIGHT)
    line = np.stack([np.full(2000, 150.0), np.linspace(-100, HEIGHT + 100, 2000)], axis=1)
    slopes = np.diff(field.backward(line), axis=0) / np.diff(line[:, 1])[:, np.newaxis]
    # Over 0.4 px, a slope changes by the second derivative times 0.4, and by the chords of the table.
    assert np.abs(np.diff(slopes, axis=0)).max() < 0.02


def test_displacements_are_added_to_where_points_are():
    field = DisplacementMap.from_displacements(np.full((3, 4, 2), (2.0, -3.0)), WIDTH, HEIGHT)
    assert field.backward(np.array([[10.0, 20.0]])) == pytest.approx(np.array([[12.0, 17.0]]))
    assert field.forward(np.array([[12.0, 17.0]])) == pytest.approx(np.array([[10.0, 20.0]]))


def test_a_field_that_folds_is_refused_and_says_where():
    def folded(points: np.ndarray) -> np.ndarray:
        x, y = points.T
        return np.stack([x + 60 * np.exp(-(((x - 200) / 30) ** 2)), y], axis=1)

    with pytest.raises(GeometryError, match=r"folds the image over itself near \((\d+), 0\) px") as caught:
        DisplacementMap.from_function(folded, WIDTH, HEIGHT, step_px=8)
    # The slope -120 (x - 200) / 900 exp(-((x - 200) / 30)^2) falls below -1 first at x = 207.9.
    assert int(str(caught.value).split("(")[1].split(",")[0]) == pytest.approx(208, abs=8)


def test_a_field_that_folds_only_outside_of_the_picture_is_welcome():
    def steep(points: np.ndarray) -> np.ndarray:
        x, y = points.T
        return np.stack([x, y * (1 + 0.9 * (x / WIDTH)) * (1 - 0.45 * y / HEIGHT)], axis=1)

    field = DisplacementMap.from_function(steep, WIDTH, HEIGHT)
    points = random_points(300)
    assert np.abs(field.forward(field.backward(points)) - points).max() < 0.02


@pytest.mark.parametrize(
    "positions", [np.zeros((3, 3)), np.zeros((1, 3, 2)), np.full((3, 3, 2), np.nan), np.zeros((3, 3, 2))]
)
def test_positions_that_make_no_map_are_refused(positions):
    with pytest.raises(GeometryError):
        DisplacementMap(positions, WIDTH, HEIGHT)


def test_the_same_field_is_the_same_map_in_every_bit():
    first, second = (DisplacementMap.from_function(wave, WIDTH, HEIGHT) for _ in range(2))
    points = random_points(100)
    assert first.forward(points).tobytes() == second.forward(points).tobytes()
