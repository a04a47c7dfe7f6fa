"""Compiled kernels of filters and maps of pixels give the same results as NumPy."""

import numpy as np
import pytest

from smashcima.imaging import (
    DisplacementMap,
    ImageLayer,
    ProjectiveMap,
    resample,
)
from smashcima.imaging.filters import SensorNoise
from smashcima.imaging.filters.draws import Draws
from smashcima.imaging.filters.light import multiply
from smashcima.kernels import kernels_are_used


def test_points_are_mapped_in_the_same_way(both, rng):
    displacements = rng.normal(0, 3, (6, 5, 2))
    points = rng.uniform(-60, 360, (500, 2))

    def mapped():
        bent = DisplacementMap.from_displacements(displacements, 300, 250)
        return bent.forward(points), bent.backward(points)

    for one, other in zip(*both(mapped), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize(
    "matrix", [((1.2, 0.3, 5), (-0.2, 0.9, 7), (0, 0, 1)), ((1, 0, 3), (0, 2, 0), (0.01, -0.003, 1))]
)
def test_points_are_mapped_by_matrices_in_the_same_way(both, rng, matrix):
    # Some are behind the viewer.
    points = rng.uniform(-400, 400, (500, 2))
    points.setflags(write=False)
    pixel_map = ProjectiveMap(matrix)
    for one, other in zip(
        *both(lambda: (pixel_map.forward(points), pixel_map.backward(points[::2]))), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_places_that_are_not_numbers_are_nowhere(both):
    bent = DisplacementMap.from_displacements(np.ones((3, 3, 2)), 90, 90)
    points = np.array([(np.nan, 4.0), (5.0, np.nan), (30.0, 40.0)])
    points.setflags(write=False)
    _, compiled = both(lambda: bent.forward(points) if kernels_are_used() else None)
    assert np.isnan(compiled[:2]).any(axis=1).all()
    np.testing.assert_allclose(compiled[2], (29, 39), atol=0.01)


@pytest.mark.parametrize("bend_px", [0.01, 0.8, 6.0, 20.0])
@pytest.mark.parametrize("size", [(1300, 300), (641, 129), (90, 70)])
def test_bent_pictures_have_the_same_pixels(both, rng, bend_px, size):
    width, height = size
    picture = rng.integers(0, 256, (height, width, 4), dtype=np.uint8)

    def back(points: np.ndarray) -> np.ndarray:
        x, y = points.T
        return np.stack([x + bend_px * np.sin(y / 50 + x / 90), 0.99 * y - bend_px * np.cos(x / 70)], axis=1)

    bend = DisplacementMap.from_function(back, width, height)
    without, with_kernels = both(lambda: resample(picture, bend, width, height, (9, 8, 7, 255)))
    np.testing.assert_array_equal(without, with_kernels)


@pytest.mark.parametrize("shape", [(97, 130, 4), (200, 203), (16, 9, 4), (5, 900)])
def test_light_gives_the_same_pixels(both, rng, shape):
    picture = rng.integers(0, 256, shape, dtype=np.uint8)
    factors = rng.uniform(0.2, 1, (max(2, shape[0] // 12), max(2, shape[1] // 20))).astype(np.float32)

    def lit():
        result = picture.copy()
        multiply(result, factors)
        return result

    arrays, compiled = both(lit)
    assert not np.array_equal(arrays, picture)
    np.testing.assert_array_equal(arrays, compiled)


@pytest.mark.parametrize("shape", [(97, 130, 4), (600, 530), (1, 9, 4)])
@pytest.mark.parametrize("shot", [0.004, 0.03, 0.2])
def test_sensor_noise_gives_the_same_pixels(both, shape, shot):
    picture = np.random.default_rng(0).integers(0, 256, shape, dtype=np.uint8)

    def noisy():
        draws = Draws(np.random.default_rng(1), 1.0)
        return SensorNoise(shot=shot, read=0.0).change_image(ImageLayer(picture.copy(), 150), draws).bitmap

    arrays, compiled = both(noisy)
    assert not np.array_equal(arrays, picture)
    np.testing.assert_array_equal(arrays, compiled)


@pytest.mark.parametrize("swing", [0.0, 2.0, 9.0])
def test_points_are_solved_alike(both, rng, swing):
    waves = rng.normal(0, swing, (9, 7, 2)).cumsum(axis=0).cumsum(axis=1) / 20
    points = rng.uniform(-150, 700, (5000, 2))
    arrays, compiled = both(lambda: DisplacementMap.from_displacements(waves, 400, 550).forward(points))
    np.testing.assert_array_equal(arrays, compiled)
