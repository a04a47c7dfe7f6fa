from __future__ import annotations

import numpy as np
import pytest

from smashcima.exporting import DefaultCompositor, Postprocessor
from smashcima.geometry import Contours, Rectangle
from smashcima.imaging import Outlines, ProjectiveMap, Regions
from smashcima.imaging.regions.clipping import clipped
from smashcima.scene.visual import Page, ViewBox

MM = 25.4


def regions_of(*contours: Contours) -> Regions:
    """Regions with these areas, in pixels."""
    objects = [object() for _ in contours]
    outlines = Outlines.of(contours, [(1, 0, 0, 1, 0, 0)] * len(contours))
    names = [f"r{number}" for number in range(len(contours))]
    return Regions.of(names, ["thing"] * len(contours), objects, outlines)  # type: ignore[arg-type]


def box(left: float, top: float, right: float, bottom: float) -> Contours:
    return Contours.from_rectangle(Rectangle.from_sides(left, top, right, bottom))


def ring(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, float)


def test_what_is_inside_stays_the_same_value():
    regions = regions_of(box(0, 0, 100, 50), box(5, 5, 6, 6))
    assert regions.clipped(100, 50) is regions
    assert regions.visible.tolist() == [1, 1]


def test_areas_are_cut_at_all_four_edges_and_say_what_is_left():
    regions = regions_of(
        box(-10, 10, 30, 20),
        box(90, 10, 110, 20),
        box(10, -30, 20, 10),
        box(10, 40, 20, 60),
        box(-50, -50, 150, 100),
    )
    cut = regions.clipped(100, 50)
    assert cut.bboxes.tolist() == [
        [0, 10, 30, 20],
        [90, 10, 100, 20],
        [10, 0, 20, 10],
        [10, 40, 20, 50],
        [0, 0, 100, 50],
    ]
    # 300 of 400, 100 of 200, 100 of 400, 100 of 200, and 5000 of 30000 square pixels.
    assert cut.visible == pytest.approx([0.75, 0.5, 0.25, 0.5, 1 / 6])
    assert [region.visible for region in cut] == cut.visible.tolist()
    assert cut.dropped == 0
    assert cut.ids == regions.ids


def test_a_triangle_across_a_corner_is_cut_to_a_pentagon():
    """The triangle (-10, 10) (30, 10) (10, 50) loses a quarter of its width at the left edge."""
    cut = regions_of(Contours((ring((-10, 10), (30, 10), (10, 50)),))).clipped(100, 30)
    # Left of x = 0 lies a triangle of 10 by 20, of which all is above y = 30; below y = 30, one of half the height.
    assert cut.visible == pytest.approx([(800 - 100 - 200) / 800])
    assert cut.bboxes.tolist() == [[0, 10, 30, 30]]


def test_what_lies_outside_is_dropped_and_counted():
    regions = regions_of(box(-10, 0, -1, 5), box(1, 1, 2, 2), box(0, 50, 5, 60), box(101, 0, 105, 5))
    cut = regions.clipped(100, 50)
    assert cut.ids == ("r1",)
    assert cut.dropped == 3
    assert cut.of_object(regions.scene_objects[1]).id == "r1"
    assert cut.of_object(regions.scene_objects[0]) is None
    assert cut.clipped(1.5, 50).dropped == 3
    assert cut.clipped(1.5, 50).visible.tolist() == [0.5]
    assert cut.clipped(1.5, 50).clipped(1.5, 1.5).visible.tolist() == [0.25]
    assert cut.clipped(0.5, 50).dropped == 4


def test_holes_are_cut_with_what_they_are_in():
    frame = Contours((*box(-20, 0, 20, 40).rings, *box(-10, 10, 10, 30).reversed().rings))
    cut = regions_of(frame).clipped(100, 100)
    # Half of 1600 - 400.
    assert Contours(cut[0].rings).area == pytest.approx(600)
    assert cut.visible == pytest.approx([0.5])


def test_a_shape_that_comes_back_into_the_picture_keeps_both_parts():
    """A U that lies on its side, its bend beyond the left edge."""
    u = ring((10, 10), (10, 20), (-10, 20), (-10, 30), (10, 30), (10, 40), (-20, 40), (-20, 10))
    cut = regions_of(Contours((u,))).clipped(100, 100)
    assert Contours(cut[0].rings).area == pytest.approx(200)
    assert cut.bboxes.tolist() == [[0, 10, 10, 40]]


def test_shapes_are_clipped_to_images_of_their_own_sizes():
    shapes = regions_of(box(-5, -5, 50, 50), box(-5, -5, 50, 50), box(1, 1, 2, 2)).outlines
    cut = clipped(shapes, np.array([10.0, 20.0, 30.0]), np.array([40.0, 30.0, 20.0]))
    assert cut.bboxes().tolist() == [[0, 0, 10, 40], [0, 0, 20, 30], [1, 1, 2, 2]]
    assert cut.areas().tolist() == [400, 600, 1]


def test_a_band_that_passes_around_a_corner_does_not_claim_it():
    """It enters at the top and at the left, and turns outside of the picture."""
    band = ring(
        (20, 10),
        (20, -20),
        (-20, -20),
        (-20, 20),
        (10, 20),
        (10, 30),
        (-30, 30),
        (-30, -30),
        (30, -30),
        (30, 10),
    )
    cut = regions_of(Contours((band,)), Contours((band[::-1],))).clipped(100, 100)
    for region in cut:
        assert Contours(region.rings).area == pytest.approx(200)
        assert region.bbox == (0, 0, 30, 30)
        corners = np.concatenate(region.rings)
        assert not ((corners == (0, 0)).all(axis=1)).any()
    assert cut.visible == pytest.approx([200 / band_area(band)] * 2)


def test_a_band_around_a_corner_of_which_one_end_is_seen_has_a_tight_box():
    band = ring((20, 10), (20, -20), (-20, -20), (-20, 20), (-30, 20), (-30, -30), (30, -30), (30, 10))
    cut = regions_of(Contours((band,))).clipped(100, 100)
    assert cut.bboxes.tolist() == [[20, 0, 30, 10]]


def band_area(points: np.ndarray) -> float:
    return Contours((points,)).area


def test_an_empty_area_is_not_dropped():
    cut = regions_of(Contours.empty(), box(-5, -5, 5, 5)).clipped(10, 10)
    assert cut.ids == ("r0", "r1")
    assert cut.visible.tolist() == [1, 0.25]


def test_clipping_agrees_with_shapely_on_anything():
    import shapely

    rng = np.random.default_rng(4)
    angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
    shapes = []
    for _ in range(150):
        radii = rng.uniform(5, 40, 16)
        center = rng.uniform(-20, 120, 2)
        shapes.append(
            Contours((center + np.stack([radii * np.cos(angles), radii * np.sin(angles)], axis=1),))
        )
    cut = regions_of(*shapes).clipped(100, 80)
    sheet = shapely.box(0, 0, 100, 80)
    expected = {
        f"r{number}": shape.to_shapely().intersection(sheet)
        for number, shape in enumerate(shapes)
        if shape.to_shapely().intersection(sheet).area > 1e-6
    }
    assert set(cut.ids) == set(expected)
    assert 0 < cut.dropped == 150 - len(expected)
    for region in cut:
        assert Contours(region.rings).area == pytest.approx(expected[region.id].area)
        assert region.bbox == pytest.approx(expected[region.id].bounds)


def test_the_compositor_clips_in_the_end(music_page):
    class Shift(Postprocessor):
        def process_image(self, image, rng):
            assert image.regions.dropped == 0
            return image.warped(ProjectiveMap.translation(-240, 0), image.width, image.height)

    image = DefaultCompositor(Shift()).compose(music_page, dpi=60)
    # Half of the page is gone: half of the width of 20 staff lines, and all measures on the left.
    lines = [region for region in image.regions if region.label == "staffLine"]
    assert [region.visible for region in lines] == pytest.approx([0.5] * 20)
    assert image.regions.dropped >= 2 + 4
    assert image.regions.of_object(music_page).visible == pytest.approx(0.5)
    assert (image.regions.bboxes[:, :2] >= 0).all()
    assert (image.regions.bboxes[:, 2] <= 480).all()


def test_a_view_box_clips_too(music_page):
    part = ViewBox(music_page.space, Rectangle(0, 0, 4 * MM, 10 * MM))
    image = DefaultCompositor().compose(part, dpi=60)
    assert image.regions.of_object(Page.many_of(music_page.space, "space")[0]).visible == pytest.approx(0.5)
