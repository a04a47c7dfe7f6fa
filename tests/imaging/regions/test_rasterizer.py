from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smashcima.errors import ExportError
from smashcima.geometry import Contours
from smashcima.imaging import Outlines, rasterize

IDENTITY = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def ring(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, dtype=np.float64)


def box(left: float, top: float, right: float, bottom: float) -> np.ndarray:
    return ring((left, top), (right, top), (right, bottom), (left, bottom))


def cover(width: int, height: int, *rings: np.ndarray) -> np.ndarray:
    """Coverage 0 to 255 of one shape on a whole image."""
    image = np.zeros((height, width), np.int64)
    for window in rasterize(Outlines.of([Contours(rings)], [IDENTITY]), width, height):
        rows, columns = window.clear.shape
        image[window.top : window.top + rows, window.left : window.left + columns] += (
            255 - window.clear.astype(int)
        )
    return image


def test_a_rectangle_on_the_grid_covers_its_pixels_and_no_others():
    expected = np.zeros((4, 5), int)
    expected[1:3, 1:4] = 255
    assert np.array_equal(cover(5, 4, box(1, 1, 4, 3)), expected)


def test_sides_between_pixels_cover_their_share():
    # From x = 1.25 to 3.5, from y = 0.5 to 1.75: columns 0.75, 1, 0.5; rows 0.5, 0.75.
    expected = [
        [0, 0.375, 0.5, 0.25],
        [0, 0.5625, 0.75, 0.375],
    ]
    assert np.array_equal(cover(4, 2, box(1.25, 0.5, 3.5, 1.75)), np.rint(np.array(expected) * 255))


def test_a_rectangle_inside_one_pixel_covers_its_area():
    assert cover(3, 3, box(1.25, 1.5, 1.75, 1.75)).tolist() == [[0, 0, 0], [0, 32, 0], [0, 0, 0]]  # 1/8


def test_a_diagonal_halves_the_pixels_it_crosses():
    expected = [[128, 0, 0], [255, 128, 0], [255, 255, 128]]
    assert cover(3, 3, ring((0, 0), (3, 3), (0, 3))).tolist() == expected


def test_a_flat_triangle_is_cut_into_columns():
    # Above the line y = x / 4 over one row lie 1/8, 3/8, 5/8 and 7/8 of the columns.
    assert cover(4, 1, ring((0, 0), (4, 0), (4, 1))).tolist() == [[32, 96, 159, 223]]
    assert cover(4, 1, ring((0, 0), (4, 1), (0, 1))).tolist() == [[223, 159, 96, 32]]


def test_a_ring_in_the_other_direction_is_a_hole():
    image = cover(6, 6, box(0, 0, 6, 6), box(1.5, 2, 4, 4)[::-1])
    expected = np.full((6, 6), 255)
    expected[2:4, 1:4] = [128, 0, 0]
    assert np.array_equal(image, expected)


def test_the_direction_of_a_shape_does_not_matter():
    rings = (box(0.3, 0.2, 5.1, 5.9), box(1.5, 2, 4, 4)[::-1])
    assert np.array_equal(cover(6, 6, *rings), cover(6, 6, *(r[::-1] for r in rings)))


def test_rings_that_overlap_unite():
    image = cover(6, 3, box(0, 0, 4, 3), box(2, 0, 6, 3))
    assert (image == 255).all()


def test_both_loops_of_a_figure_of_eight_are_filled():
    image = cover(4, 2, ring((0, 0), (4, 2), (4, 0), (0, 2)))
    assert image[:, 0].tolist() == [191, 191]
    assert image[:, 3].tolist() == [191, 191]


@pytest.mark.parametrize(
    "shape",
    [
        box(-5, -5, 20, 20),
        box(-1e7, -1e7, 1e7, 1e7),
        ring((-100, -50), (400, -50), (400, 80), (-100, 80)),
    ],
)
def test_a_shape_around_the_image_covers_all_of_it(shape):
    assert (cover(7, 5, shape) == 255).all()


@pytest.mark.parametrize(
    "shape", [box(-9, 1, 0, 3), box(8, 1, 12, 3), box(1, -4, 3, 0), box(1, 6, 3, 9), box(2, 2, 2, 4)]
)
def test_a_shape_outside_of_the_image_or_of_no_area_covers_nothing(shape):
    assert not cover(8, 6, shape).any()


def test_shapes_that_reach_over_a_border_are_cut_there():
    whole = ring((-7.3, -4.1), (9.8, 3.3), (16.2, 14.9), (2.4, 11.7))
    large = cover(40, 40, whole + 12)
    assert np.array_equal(cover(9, 8, whole), large[12:20, 12:21])


def test_windows_larger_than_a_portion_are_drawn_in_bands():
    image = cover(1200, 1100, ring((600, 2), (1190, 550), (600, 1090), (10, 550)))
    assert image.sum() / 255 == pytest.approx(1180 * 1088 / 2, rel=1e-5)
    assert np.array_equal(image, image[:, ::-1])


def test_windows_come_in_the_order_of_the_shapes():
    outlines = Outlines.of([Contours((box(0, 0, 2, 2),))] * 4, [(1, 0, 0, 1, 3 * i, 0) for i in (2, 0, 3, 1)])
    assert [(w.shape, w.left) for w in rasterize(outlines, 20, 5)] == [(0, 6), (1, 0), (2, 9), (3, 3)]


def test_thin_strokes_keep_their_ink_wherever_they_lie():
    for shift in np.linspace(0, 1, 9):
        image = cover(30, 6, box(2, 2 + shift, 28, 2.4 + shift))
        assert image.sum() / 255 == pytest.approx(26 * 0.4, rel=0.01)


def test_numbers_that_are_not_finite_are_refused():
    with pytest.raises(ExportError, match="not finite"):
        Outlines.of([Contours((box(0, 0, math.nan, 1),))], [IDENTITY])


def test_nothing_to_draw_gives_no_windows():
    assert list(rasterize(Outlines.of([], []), 5, 5)) == []
    assert (
        list(
            rasterize(Outlines.of([Contours.empty(), Contours((box(0, 0, 1, 1)[:2],))], [IDENTITY] * 2), 5, 5)
        )
        == []
    )


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0.15, 1)), min_size=4, max_size=40), st.floats(0, 3))
def test_the_ink_of_a_polygon_is_its_area(polar, turn):
    """Star-shaped polygons, which never cross themselves."""
    angles = (np.arange(len(polar)) + [0.8 * early for early, _ in polar]) / len(polar) * 2 * math.pi + turn
    radii = np.array([radius for _, radius in polar]) * 90
    points = np.stack([100.3 + radii * np.cos(angles), 99.8 + radii * np.sin(angles)], axis=1)
    x, y = points.T
    area = abs(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1))) / 2
    ink = cover(200, 200, points).sum() / 255
    # A part in a thousand; and for slivers, half an 8-bit step on the pixels of the outline.
    assert ink == pytest.approx(area, rel=1e-3, abs=0.5)


def test_the_same_shapes_give_the_same_bytes():
    rng = np.random.default_rng(1)
    shapes = [Contours((rng.random((12, 2)) * 60,)) for _ in range(50)]

    def draw() -> list[bytes]:
        outlines = Outlines.of(shapes, [IDENTITY] * len(shapes))
        return [window.clear.tobytes() for window in rasterize(outlines, 64, 64)]

    assert draw() == draw()
    assert len(draw()) == 50
