"""Outlines of masks."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from shapely.geometry import box

from smashcima.geometry.polygon import signed_area
from smashcima.scene.visual import outline_mask


def mask(*rows: str) -> np.ndarray:
    return np.array([[character == "#" for character in row] for row in rows])


def test_a_pixel_is_a_square() -> None:
    (ring,) = outline_mask(mask("...", ".#.")).rings
    assert ring.tolist() == [[1, 1], [2, 1], [2, 2], [1, 2]]


def test_a_block_has_four_corners_whatever_its_size() -> None:
    (ring,) = outline_mask(mask("####", "####", "####")).rings
    assert ring.tolist() == [[0, 0], [4, 0], [4, 3], [0, 3]]


def test_a_hole_runs_against_the_ring_around_it() -> None:
    outer, hole = outline_mask(mask("###", "#.#", "###")).rings
    assert signed_area(outer) == 9
    assert signed_area(hole) == -1


def test_pixels_that_touch_at_a_corner_have_rings_of_their_own() -> None:
    for rows in (("#.", ".#"), (".#", "#.")):
        rings = outline_mask(mask(*rows)).rings
        assert [len(ring) for ring in rings] == [4, 4]


def test_nothing_has_no_outline() -> None:
    assert outline_mask(mask("...", "...")).is_empty
    assert outline_mask(np.zeros((0, 0), dtype=bool)).is_empty


@settings(max_examples=150, deadline=None)
@given(arrays(bool, st.tuples(st.integers(1, 9), st.integers(1, 9))))
def test_the_outline_covers_exactly_the_pixels(pixels: np.ndarray) -> None:
    shape = outline_mask(pixels).to_shapely()
    assert shape.area == pixels.sum()
    for row, column in zip(*np.nonzero(pixels), strict=True):
        assert shape.intersection(box(column, row, column + 1, row + 1)).area == 1
