from __future__ import annotations

import numpy as np
import pytest

from smashcima.exporting import BitmapRenderer
from smashcima.geometry import Contours, Rectangle
from smashcima.imaging import Masks, Outlines, Regions


def regions_of(*contours: Contours) -> Regions:
    objects = [object() for _ in contours]
    outlines = Outlines.of(contours, [(1, 0, 0, 1, 0, 0)] * len(contours))
    return Regions.of([""] * len(contours), ["thing"] * len(contours), objects, outlines)  # type: ignore[arg-type]


def box(left: float, top: float, right: float, bottom: float) -> Contours:
    return Contours.from_rectangle(Rectangle.from_sides(left, top, right, bottom))


@pytest.mark.parametrize("turned", [False, True])
def test_a_rectangle_grows_on_all_sides_whichever_way_it_runs(turned):
    shape = box(10, 20, 30, 60).reversed() if turned else box(10, 20, 30, 60)
    grown = regions_of(shape).grown(2)
    assert grown.bboxes.tolist() == [[8, 18, 32, 62]]
    assert Contours(grown[0].rings).area == pytest.approx(24 * 44)
    assert regions_of(shape).grown(-2).bboxes.tolist() == [[12, 22, 28, 58]]


def test_holes_close_as_the_ink_spreads():
    frame = Contours((*box(0, 0, 40, 40).rings, *box(10, 10, 30, 30).reversed().rings))
    for shape in (frame, frame.reversed()):
        grown = regions_of(shape).grown(3)
        assert Contours(grown[0].rings).area == pytest.approx(46**2 - 14**2)


def test_each_region_may_grow_by_its_own_amount_and_only_some_of_them():
    regions = regions_of(box(0, 0, 10, 10), box(0, 0, 10, 10), box(0, 0, 10, 10))
    grown = regions.grown(np.array([1.0, 2.0, 3.0]), np.array([True, False, True]))
    assert grown.bboxes.tolist() == [[-1, -1, 11, 11], [0, 0, 10, 10], [-3, -3, 13, 13]]


def test_areas_around_ink_do_not_grow_unless_they_are_asked_to(music_page):
    regions = BitmapRenderer(60).regions_of(music_page)
    grown = regions.grown(1)
    ink = regions.drawn >= 0
    assert ink.sum() == 52
    assert np.array_equal(grown.bboxes[~ink], regions.bboxes[~ink])
    assert grown.bboxes[ink] == pytest.approx(regions.bboxes[ink] + (-1, -1, 1, 1))


def test_grown_masks_are_those_of_ink_that_was_spread():
    """Against a dilation of the drawn mask by a disc, at eight times the size."""
    import cv2

    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    radii = 100 + 30 * np.sin(3 * angles)
    outer = np.stack([200 + radii * np.cos(angles), 200 + radii * np.sin(angles)], axis=1)
    inner = np.stack([200 + 40 * np.cos(-angles), 200 + 40 * np.sin(-angles)], axis=1)
    regions = regions_of(Contours((outer, inner)))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (33, 33))
    before = Masks(regions, 400, 400).full(0).on(400, 400).astype(np.uint8)
    for by_px, spread in ((16, cv2.dilate(before, disc)), (-16, cv2.erode(before, disc))):
        after = Masks(regions.grown(by_px), 400, 400).full(0).on(400, 400)
        both, either = (after & (spread > 0)).sum(), (after | (spread > 0)).sum()
        assert both / either > 0.98


def test_sharp_ends_do_not_run_out_into_needles():
    needle = Contours((np.array([(0, 0), (100, 2), (0, 4)], float),))
    grown = regions_of(needle).grown(2)
    assert grown.bboxes == pytest.approx(np.array([[-2, -2, 102, 6]]))


def test_thin_ink_does_not_turn_over_when_it_shrinks():
    line = regions_of(box(0, 0, 200, 3)).grown(-5)
    _, top, _, bottom = line[0].bbox
    assert 0 < top < bottom < 3
    assert Contours(line[0].rings).area > 100


def test_points_that_are_there_twice_do_no_harm():
    twice = Contours((np.array([(0, 0), (10, 0), (10, 0), (10, 10), (0, 10), (0, 0)], float),))
    grown = regions_of(twice).grown(1)
    assert np.isfinite(grown.outlines.points).all()
    assert grown.bboxes.tolist() == [[-1, -1, 11, 11]]
    assert Contours(grown[0].rings).area == pytest.approx(144, abs=2)


def test_nothing_grows_where_there_is_nothing():
    assert len(Regions.empty().grown(1)) == 0
    assert np.isnan(regions_of(Contours.empty()).grown(1).bboxes).all()
