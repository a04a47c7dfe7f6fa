"""Tests of the cubic interpolation of lattices."""

import numpy as np

from smashcima.synthesis.paper.cubic import interpolated

LATTICE = np.array([[0, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]], np.float32)


def test_the_points_of_the_lattice_keep_their_values():
    assert np.array_equal(interpolated(LATTICE, np.arange(4.0), np.arange(3.0)), LATTICE)


def test_a_single_peak_shows_the_kernel():
    # The kernel with slope -3/4: 19/32 half a step from the peak, -3/32 one and a half steps from it.
    found = interpolated(LATTICE, np.array([1.0]), np.array([0.5, 1.0, 1.5, 2.5]))
    assert found.tolist() == [[19 / 32, 1.0, 19 / 32, -3 / 32]]


def test_rows_and_columns_are_interpolated_independently():
    found = interpolated(LATTICE, np.array([0.5, 2.5]), np.array([1.5]))
    assert found.tolist() == [[(19 / 32) ** 2], [-3 / 32 * 19 / 32]]


def test_values_of_the_border_are_repeated_beyond_it():
    ramp = np.array([[3, 5]], np.float32)
    assert interpolated(ramp, np.array([-9.0, 9.0]), np.array([-9.0, 9.0])).tolist() == [[3, 5], [3, 5]]
