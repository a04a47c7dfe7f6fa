from __future__ import annotations

import numpy as np
import pytest

from smashcima.exporting import BitmapRenderer
from smashcima.geometry import Contours, Rectangle
from smashcima.imaging import Outlines, ProjectiveMap, Regions


def regions_of(*contours: Contours) -> Regions:
    outlines = Outlines.of(contours, [(1, 0, 0, 1, 0, 0)] * len(contours))
    objects = [object() for _ in contours]
    return Regions.of([""] * len(contours), [""] * len(contours), objects, outlines)  # type: ignore[arg-type]


def test_an_upright_rectangle_is_its_own_box():
    regions = regions_of(Contours.from_rectangle(Rectangle(10, 20, 30, 5)))
    assert regions.oriented_boxes().tolist() == [[[10, 20], [40, 20], [40, 25], [10, 25]]]


@pytest.mark.parametrize("degrees", [-70, -45, -10, 5, 30, 60])
def test_a_turned_rectangle_is_its_own_box(degrees):
    rectangle = Contours.from_rectangle(Rectangle(1000, 2000, 300, 50))
    turned = regions_of(rectangle).moved(ProjectiveMap.rotation(degrees, (1150, 2025)))
    (box,) = turned.oriented_boxes()
    for corner in turned[0].rings[0]:
        assert np.hypot(*(box - corner).T).min() < 0.01
    sides = np.roll(box, -1, axis=0) - box
    assert sorted(np.hypot(*sides.T)) == pytest.approx([50, 50, 300, 300], abs=0.01)
    # Clockwise as seen: each side turns to the right, where y points down.
    assert (
        np.cross(np.c_[sides, np.zeros(4)], np.c_[np.roll(sides, -1, axis=0), np.zeros(4)])[:, 2] > 0
    ).all()


def test_boxes_hold_all_points_and_are_no_larger_than_the_upright_ones(music_page):
    regions = BitmapRenderer(60).regions_of(music_page).moved(ProjectiveMap.rotation(17, (240, 300)))
    for region, box in zip(regions, regions.oriented_boxes(), strict=True):
        sides = np.roll(box, -1, axis=0) - box
        away = region.rings[0][:, np.newaxis] - box
        inwards = sides[:, 0] * away[:, :, 1] - sides[:, 1] * away[:, :, 0]
        assert (inwards / np.hypot(*sides.T) > -1e-2).all()
        left, top, right, bottom = region.bbox
        assert np.hypot(*sides[0]) * np.hypot(*sides[1]) <= (right - left) * (bottom - top) + 1e-6


def test_an_empty_area_has_no_box():
    assert np.isnan(regions_of(Contours.empty()).oriented_boxes()).all()
