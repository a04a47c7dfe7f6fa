"""Regions of many parts of an image, computed at once: each as if its part were the only one."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from smashcima.geometry import Contours, Rectangle
from smashcima.imaging import Outlines, ProjectiveMap, Regions
from smashcima.imaging.regions.cutting import clipped_together, regions_in_boxes


def regions_of(*contours: Contours) -> Regions:
    """Regions with these areas, in pixels."""
    outlines = Outlines.of(contours, [(1, 0, 0, 1, 0, 0)] * len(contours))
    names = [f"r{number}" for number in range(len(contours))]
    return Regions.of(names, ["thing"] * len(contours), [object() for _ in contours], outlines)  # type: ignore[misc]


def box(left: float, top: float, right: float, bottom: float) -> Contours:
    return Contours.from_rectangle(Rectangle.from_sides(left, top, right, bottom))


def stars(count: int) -> list[Contours]:
    rng = np.random.default_rng(7)
    angles = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    ways = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    rings = [rng.uniform(2, 40, (24, 1)) * ways + rng.uniform(0, 200, 2) for _ in range(count)]
    return [Contours((ring, ring[::-1] * 0.5)) for ring in rings]


def test_each_part_has_the_regions_that_are_visible_in_it() -> None:
    regions = regions_of(box(10, 10, 30, 20), box(50, 10, 60, 20), Contours.empty(), box(0, 0, 100, 100))
    left, right = regions_in_boxes(regions, np.array([[0, 0, 20, 100], [55, 5, 100, 15]]))
    assert left.ids == ("r0", "r3")
    assert left.bboxes.tolist() == [[10, 10, 20, 20], [0, 0, 20, 100]]
    assert left.visible.tolist() == [0.5, 0.2]
    assert left.drawn.tolist() == [0, 3]
    assert left.dropped == 1
    assert right.ids == ("r1", "r3")
    assert right.bboxes.tolist() == [[0, 5, 5, 10], [0, 0, 45, 10]]
    assert right.visible.tolist() == [0.25, 0.045]
    assert right.scene_objects == (regions.scene_objects[1], regions.scene_objects[3])


def test_an_area_that_only_touches_a_part_is_dropped() -> None:
    """The box of the corner meets the part, but the triangle does not."""
    triangle = Contours((np.array([(0.0, 30.0), (30.0, 0.0), (30.0, 30.0)]),))
    (part,) = regions_in_boxes(replace(regions_of(triangle), dropped=2), np.array([[0, 0, 10, 10]]))
    assert len(part) == 0
    assert part.dropped == 3
    assert len(part.outlines) == 0


def test_without_boxes_there_are_no_parts() -> None:
    assert regions_in_boxes(regions_of(box(0, 0, 1, 1)), np.empty((0, 4), np.int64)) == []


def test_a_part_without_regions_is_empty() -> None:
    first, second = regions_in_boxes(regions_of(box(0, 0, 5, 5)), np.array([[10, 10, 20, 20], [0, 0, 9, 9]]))
    assert (len(first), first.dropped) == (0, 1)
    assert second.outlines.rings(0)[0].tolist() == [[0, 0], [5, 0], [5, 5], [0, 5]]


def test_images_of_several_sizes_are_clipped_together() -> None:
    first = replace(regions_of(box(-10, 0, 10, 10), box(50, 50, 60, 60), Contours.empty()), dropped=4)
    second = regions_of(box(0, 0, 40, 40))
    small, nothing, large = clipped_together(
        [first, Regions.empty(), second], np.array([[20, 20], [9, 9], [40, 30]])
    )
    assert small.ids == ("r0", "r2")
    assert small.bboxes[0].tolist() == [0, 0, 10, 10]
    assert np.isnan(small.bboxes[1]).all()
    assert small.visible.tolist() == [0.5, 1.0]
    assert small.dropped == 5
    assert (len(nothing), nothing.dropped) == (0, 0)
    assert large.bboxes.tolist() == [[0, 0, 40, 30]]
    assert large.visible.tolist() == [0.75]
    assert clipped_together([], np.empty((0, 2), np.int64)) == []


def assert_same_bytes(one: Regions, other: Regions) -> None:
    assert one.ids == other.ids
    assert one.outlines.points.tobytes() == other.outlines.points.tobytes()
    assert one.outlines.following.tolist() == other.outlines.following.tolist()
    assert one.outlines.ring_starts.tolist() == other.outlines.ring_starts.tolist()
    assert one.outlines.shape_rings.tolist() == other.outlines.shape_rings.tolist()
    assert one.bboxes.tobytes() == other.bboxes.tobytes()
    assert one.visible.tobytes() == other.visible.tobytes()
    assert one.drawn.tolist() == other.drawn.tolist()


def test_regions_clipped_together_are_the_same_bytes_as_one_by_one() -> None:
    images = [regions_of(*stars(count)) for count in (20, 1, 35)]
    sizes = np.array([[120, 100], [30, 30], [90, 170]])
    for given, (width, height), found in zip(
        images, sizes.tolist(), clipped_together(images, sizes), strict=True
    ):
        alone = given.clipped(width, height)
        assert_same_bytes(found, alone)
        assert found.dropped == alone.dropped


def test_parts_are_the_same_bytes_as_regions_that_are_moved_and_clipped_one_by_one() -> None:
    regions = regions_of(*stars(60), box(0, 0, 200, 200), box(20, 20, 180, 90))
    rng = np.random.default_rng(3)
    corners = rng.integers(0, 150, (40, 2))
    boxes = np.concatenate([corners, corners + rng.integers(1, 60, (40, 2))], axis=1)
    for (left, top, right, bottom), part in zip(
        boxes.tolist(), regions_in_boxes(regions, boxes), strict=True
    ):
        meets = (regions.bboxes[:, :2] < (right, bottom)) & (regions.bboxes[:, 2:] > (left, top))
        seen = regions.chosen(np.flatnonzero(meets.all(axis=1)))
        alone = seen.moved(ProjectiveMap.translation(-left, -top)).clipped(right - left, bottom - top)
        assert_same_bytes(part, alone)
        assert part.dropped == alone.dropped + len(regions) - len(seen)
