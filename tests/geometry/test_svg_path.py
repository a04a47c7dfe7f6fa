"""Path data of SVG as curves and as rings."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal

from smashcima.errors import GeometryError
from smashcima.geometry.svg_path import read_svg_path, read_svg_rings


def test_a_cubic_keeps_its_control_points() -> None:
    (subpath,) = read_svg_path("M1,2 C3,4 5,6 7,8")
    assert_array_equal(subpath.cubics(), [[(1, 2), (3, 4), (5, 6), (7, 8)]])
    assert not subpath.closed


def test_relative_commands_start_where_the_last_one_ended() -> None:
    (subpath,) = read_svg_path("m1 2h3v4l-1-1c1 0 2 1 2 2s1 1 2 2")
    ends = [curve[-1].tolist() for curve in subpath.cubics()]
    assert ends == [[4, 2], [4, 6], [3, 5], [5, 7], [7, 9]]
    assert_array_equal(subpath.cubics()[-1][1], (5, 8))  # (5, 6) mirrored at (5, 7)


def test_a_line_becomes_a_cubic_of_equal_steps() -> None:
    (subpath,) = read_svg_path("M0 0L3 6")
    assert_array_equal(subpath.cubics(), [[(0, 0), (1, 2), (2, 4), (3, 6)]])


def test_a_quadratic_curve_becomes_the_same_cubic_curve() -> None:
    (subpath,) = read_svg_path("M0 0Q3 6 6 0T12 0")
    assert_allclose(subpath.cubics()[0], [(0, 0), (2, 4), (4, 4), (6, 0)])
    assert_allclose(subpath.cubics()[1], [(6, 0), (8, -4), (10, -4), (12, 0)])


def test_a_closed_subpath_is_drawn_back_to_its_start() -> None:
    (subpath,) = read_svg_path("M0 0H2V2Z")
    assert subpath.closed
    assert_array_equal(subpath.cubics()[-1][-1], (0, 0))
    assert_array_equal(subpath.flattened(0.1), [(0, 0), (2, 0), (2, 2), (0, 0)])


def test_a_relative_move_after_a_close_starts_from_where_the_subpath_began() -> None:
    _, second = read_svg_path("M10 10h5v5zm1 1h1v1z")
    assert second.start == (11, 11)


def test_rings_repeat_no_point_and_have_an_area() -> None:
    (square,) = read_svg_rings("M0 0H2H2V2H0ZM5 5L6 6ZM9 9", 0.1)
    assert_array_equal(square, [(0, 0), (2, 0), (2, 2), (0, 2)])


def test_curves_are_flattened_within_the_tolerance() -> None:
    (ring,) = read_svg_rings("M0 0C0 40 60 40 60 0Z", 0.01)
    assert len(ring) > 20
    assert np.max(ring[:, 1]) == pytest.approx(30, abs=0.01)


@pytest.mark.parametrize(
    "data",
    [
        "M0 0A5 5 0 0 1 9 9",
        "M0 0L1",
        "L1 1",
        "1 2 3",
        "M0 0X3 4",
        "M0 0L1 nan",
        "M0 0L007 1",
        "M0 0ZL1 1",
        "?",
    ],
)
def test_arcs_and_nonsense_are_errors(data: str) -> None:
    with pytest.raises(GeometryError, match="cannot be parsed"):
        read_svg_path(data)


def test_empty_data_draw_nothing() -> None:
    assert read_svg_path("") == []
    assert read_svg_path(" M1 1 z ") == []
