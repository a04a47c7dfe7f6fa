"""Random affine distortion."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from smashcima.geometry import Point
from smashcima.mashcima.distortion import Distortion

NOTHING = Distortion(0, 1, 0, 0, 0, 0, 0)


def samples(width: int, height: int) -> list[Distortion]:
    rng = np.random.default_rng(1)
    return [Distortion.sample(width, height, rng) for _ in range(2000)]


def test_samples_fill_the_ranges_of_mashcima():
    found = samples(300, 354)
    for name, low, high in (
        ("skew_deg", -10, 10),
        ("stretch", 1 / 1.2, 1.2),
        ("rotation_deg", -10, 10),
        ("left_px", 0, 59),
        ("right_px", 0, 59),
        ("top_px", -11.8, 11.8),
        ("bottom_px", -11.8, 11.8),
    ):
        values = [getattr(each, name) for each in found]
        assert low <= min(values) < low + 0.02 * (high - low), name
        assert high >= max(values) > high - 0.02 * (high - low), name


def test_long_staves_are_rotated_less():
    for each in samples(1500, 354):
        rise = math.sin(math.radians(each.rotation_deg)) * 1500 * each.stretch / 2
        assert abs(rise) <= 0.3 * 177 + 1e-9


def test_no_distortion_is_the_identity():
    assert NOTHING.size(600, 354) == (600, 354)
    assert NOTHING.transform(600, 354).apply_to(Point(20, 30)) == Point(20, 30)


@pytest.mark.parametrize(
    ("change", "size", "corner", "middle"),
    [
        ({"left_px": 10, "right_px": 20, "top_px": -5, "bottom_px": 8}, (230, 103), (10, -5), (110, 45)),
        ({"stretch": 1.1}, (220, 100), (0, 0), (110, 50)),
        ({"skew_deg": 45}, (200, 100), (50, 0), (100, 50)),
        ({"rotation_deg": 90}, (200, 100), (50, 150), (100, 50)),
    ],
)
def test_each_distortion(change: dict, size: tuple, corner: tuple, middle: tuple):
    made = replace(NOTHING, **change)
    assert made.size(200, 100) == size
    transform = made.transform(200, 100)
    for point, expected in ((Point(0, 0), corner), (Point(100, 50), middle)):
        there = transform.apply_to(point)
        assert (there.x, there.y) == pytest.approx(expected)
