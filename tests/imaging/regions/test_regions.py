from __future__ import annotations

import numpy as np
import pytest

from smashcima.exporting import BitmapRenderer
from smashcima.geometry import Contours, Rectangle
from smashcima.imaging import Outlines, PixelGrid, rasterize
from smashcima.imaging.compositing.painting import paint_ink
from smashcima.imaging.compositing.space_maps import SpaceMaps
from smashcima.scene.visual import Glyph, Page, StaffMeasure, System, ViewBox, VisualObject

MM = 25.4


def masks_of_objects(page: Page, dpi: float) -> dict[VisualObject, np.ndarray]:
    """The ink of each object, drawn alone."""
    grid = PixelGrid.over(page.view_box.rectangle, dpi)
    maps = SpaceMaps(page.space, grid.to_px)
    return {
        drawn: paint_ink(drawn.glyph.paths, grid, maps).coverage
        for drawn in VisualObject.many_of(page, "page")
    }


def test_boxes_and_polygons_contain_the_ink_and_are_tight(music_page):
    dpi = 60
    regions = BitmapRenderer(dpi).regions_of(music_page)
    masks = masks_of_objects(music_page, dpi)
    assert len(masks) == 52
    for drawn, mask in masks.items():
        region = regions.of_object(drawn)
        ys, xs = np.nonzero(mask)
        left, top, right, bottom = region.pixel_box
        assert left <= xs.min() <= left + 1
        assert top <= ys.min() <= top + 1
        assert right - 1 <= xs.max() + 1 <= right
        assert bottom - 1 <= ys.max() + 1 <= bottom
        (window,) = rasterize(
            Outlines.of([Contours(region.rings)], [(1, 0, 0, 1, 0, 0)]), mask.shape[1], mask.shape[0]
        )
        area = np.zeros_like(mask)
        rows, columns = window.clear.shape
        area[window.top : window.top + rows, window.left : window.left + columns] = 255 - window.clear
        assert np.array_equal(area, mask)


def test_regions_go_from_the_outside_to_the_single_signs(music_page):
    regions = BitmapRenderer(60).regions_of(music_page)
    assert regions.ids[:5] == ("p1", "p1-s1", "p1-s1-m1", "p1-s1-m2", "p1-s1-st1")
    assert regions.ids[5] == "p1-staff_line-1"
    assert regions.ids[10:13] == ("p1-s1-st1-m1", "p1-notehead-6", "p1-notehead-7")
    assert len(set(regions.ids)) == len(regions) == 1 + 2 * (1 + 2 + 2 + 4) + 20 + 32
    assert [type(thing) for thing in regions.scene_objects[:2]] == [Page, System]
    assert sum(isinstance(thing, StaffMeasure) for thing in regions.scene_objects) == 8


def test_regions_are_in_pixels_of_the_view(build):
    page = build.page(4, 4)
    drawn = build.path(page, build.inch_box(1, 2, 3, 2.5))
    region = BitmapRenderer(100).regions_of(page).of_object(drawn)
    assert region.bbox == pytest.approx((100, 200, 300, 250))
    assert region.label == "thing"
    part = ViewBox(page.space, Rectangle(0.5 * MM, MM, MM, MM))
    assert BitmapRenderer(10).regions_of(part).of_object(drawn).bbox == pytest.approx((5, 10, 25, 15))


def test_holes_keep_running_against_what_they_are_in(build):
    page = build.page(4, 4)
    frame = Contours(
        (*build.inch_box(1, 1, 3, 3).rings, *build.inch_box(1.5, 1.5, 2.5, 2.5).reversed().rings)
    )
    drawn = build.path(page, frame)
    region = BitmapRenderer(100).regions_of(page).of_object(drawn)
    assert [len(ring) for ring in region.rings] == [4, 4]
    assert Contours(region.rings).area == pytest.approx(200 * 200 - 100 * 100)


def test_an_empty_area_has_an_empty_box(build):
    page = build.page(1, 1)
    drawn = build.path(page, Contours.empty())
    regions = BitmapRenderer(100).regions_of(page)
    region = regions.of_object(drawn)
    assert region.rings == ()
    assert region.pixel_box == (0, 0, 0, 0)
    assert regions.pixel_boxes()[-1].tolist() == [0, 0, 0, 0]


def test_a_map_moves_all_points_and_boxes(music_page):
    regions = BitmapRenderer(60).regions_of(music_page)
    moved = regions.mapped(lambda points: points * 2 + (10, 0))
    assert len(moved) == len(regions)
    assert moved[3].id == regions[3].id
    assert moved.bboxes == pytest.approx(regions.bboxes * 2 + (10, 0, 10, 0))
    assert np.array_equal(moved[7].rings[0], regions[7].rings[0] * 2 + (10, 0))


def test_regions_are_a_sequence(music_page):
    regions = BitmapRenderer(60).regions_of(music_page)
    assert regions[-1].id == regions.ids[-1]
    assert [region.id for region in regions] == list(regions.ids)
    with pytest.raises(IndexError):
        regions[len(regions)]
    assert regions.of_object(Page.many_of(music_page.space, "space")[0]).id == "p1"


def test_a_glyph_without_visual_object_has_a_region_too(build):
    page = build.page(2, 2)
    Glyph.from_contours("scribble", build.inch_box(0, 0, 1, 1), space=page.space)
    regions = BitmapRenderer(10).regions_of(page)
    assert (regions[-1].id, regions[-1].label) == ("glyph-1", "scribble")
    assert regions[-1].pixel_box == (0, 0, 10, 10)
