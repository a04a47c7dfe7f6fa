"""Parts of outlines between two heights."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from smashcima.geometry import Contours, Rectangle
from smashcima.geometry.clipping import clip_to_band


def test_a_rectangle_is_cut_at_both_heights() -> None:
    part = clip_to_band(Contours.from_rectangle(Rectangle(1, 2, 3, 10)), 4, 7)
    assert part.bbox() == Rectangle(1, 4, 3, 3)
    assert part.area == pytest.approx(9)


def test_what_lies_inside_stays_and_what_lies_outside_goes() -> None:
    square = Contours.from_rectangle(Rectangle(0, 0, 1, 1))
    assert clip_to_band(square, -1, 2) == square
    assert clip_to_band(square, 2, 3).rings == ()


def test_holes_are_cut_too() -> None:
    ring = Contours.from_rectangle(Rectangle(0, 0, 10, 10)).rings[0]
    hole = Contours.from_rectangle(Rectangle(4, 4, 2, 2)).rings[0][::-1]
    part = clip_to_band(Contours((ring, hole)), 0, 5)
    assert part.area == pytest.approx(50 - 2)


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=3, max_size=12), st.floats(-4, 4))
def test_the_parts_on_both_sides_have_the_area_of_the_whole(
    points: list[tuple[float, float]], at: float
) -> None:
    def signed(contours: Contours) -> float:
        return sum(
            float((x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2)
            for x, y in (ring.T for ring in contours.rings)
        )

    whole = Contours((np.array(points),))
    above, below = clip_to_band(whole, -9, at), clip_to_band(whole, at, 9)
    assert signed(above) + signed(below) == pytest.approx(signed(whole), abs=1e-9)
    for part, low, high in ((above, -9, at), (below, at, 9)):
        for ring in part.rings:
            assert ring[:, 1].min() >= low - 1e-9
            assert ring[:, 1].max() <= high + 1e-9


def test_a_ring_that_begins_outside_is_cut_at_its_last_side_too() -> None:
    ring = np.array([(0.0, 0.0), (2.0, 0.0), (2.0, 4.0), (0.0, 4.0)])
    (low,) = clip_to_band(Contours((ring,)), 1.0, 9.0).rings
    assert low.tolist() == [[2.0, 1.0], [2.0, 4.0], [0.0, 4.0], [0.0, 1.0]]


def test_a_ring_that_crosses_the_height_twice_keeps_both_parts() -> None:
    zigzag = np.array([(0.0, 0.0), (1.0, 2.0), (2.0, 0.0), (3.0, 2.0), (4.0, 0.0)])
    (low,) = clip_to_band(Contours((zigzag,)), 1.0, 9.0).rings
    assert low.tolist() == [[0.5, 1.0], [1.0, 2.0], [1.5, 1.0], [2.5, 1.0], [3.0, 2.0], [3.5, 1.0]]
