from __future__ import annotations

import numpy as np
import pytest

from smashcima.errors import ExportError
from smashcima.exporting import DefaultCompositor
from smashcima.geometry import Contours
from smashcima.imaging import DisplacementMap, Masks, Outlines, Regions


def test_what_is_drawn_later_hides_what_was_drawn_earlier(build):
    page = build.page(8, 6)
    below = build.path(page, build.inch_box(1, 1, 5, 3), label="below")
    above = build.path(page, build.inch_box(3, 2, 7, 5), label="above")
    image = DefaultCompositor().compose(page, dpi=1)
    masks = image.masks()
    first, second = (image.regions.index_of(thing) for thing in (below, above))
    assert np.argwhere(masks.full(first).on(8, 6)).tolist() == [[y, x] for y in (1, 2) for x in (1, 2, 3, 4)]
    assert masks.visible(first).on(8, 6)[1:3, 1:5].astype(int).tolist() == [[1, 1, 1, 1], [1, 1, 0, 0]]
    assert masks.visible(second).area == masks.full(second).area == 12
    assert masks.instance_map.tolist() == [
        [0, 0, 0, 0, 0, 0, 0, 0],
        [0, 2, 2, 2, 2, 0, 0, 0],
        [0, 2, 2, 3, 3, 3, 3, 0],
        [0, 0, 0, 3, 3, 3, 3, 0],
        [0, 0, 0, 3, 3, 3, 3, 0],
        [0, 0, 0, 0, 0, 0, 0, 0],
    ]
    assert masks.label_ids() == {"above": 1, "below": 2}
    assert masks.semantic_map()[1:3].tolist() == [[0, 2, 2, 2, 2, 0, 0, 0], [0, 2, 2, 1, 1, 1, 1, 0]]
    assert masks.semantic_map({"below": 700}).max() == 700
    assert masks.semantic_map({"below": 700}).dtype == np.uint16
    assert masks.semantic_map({"below": 7}).dtype == np.uint8


def test_staff_lines_lie_below_ink_even_if_they_come_later(build):
    page = build.page(6, 4)
    ink = build.path(page, build.inch_box(2, 0, 4, 4))
    line = build.path(page, build.inch_box(0, 1, 6, 2), layer="stafflines", label="smashcima::staffLine")
    image = DefaultCompositor().compose(page, dpi=1)
    masks = image.masks()
    assert masks.full(image.regions.index_of(line)).area == 6
    assert masks.visible(image.regions.index_of(line)).area == 4
    assert masks.visible(image.regions.index_of(ink)).area == 8
    assert masks.staff_line_mask.astype(int).tolist() == [[0] * 6, [1] * 6, [0] * 6, [0] * 6]
    assert masks.ink_mask.sum() == 6 + 8 - 2


def test_pages_systems_staves_and_measures_hide_nothing(music_page):
    image = DefaultCompositor().compose(music_page, dpi=60)
    masks = image.masks()
    assert (image.regions.drawn < 0).sum() == 1 + 2 * (1 + 2 + 2 + 4)
    assert masks.full(0).on(480, 600).all()
    assert masks.visible(0).pixels.all()
    assert masks.full_masks()[0].pixels.size == 0
    assert set(np.unique(masks.instance_map)) <= {0, *(1 + np.flatnonzero(image.regions.drawn >= 0))}


def test_visible_masks_share_out_the_ink(music_page):
    """No pixel belongs to two, and all ink belongs to somebody; the ink is where the picture is dark."""
    image = DefaultCompositor().compose(music_page, dpi=200)
    masks = image.masks()
    count = np.zeros((image.height, image.width), int)
    union = np.zeros_like(count)
    for full, visible in zip(masks.full_masks(), masks.visible_masks(), strict=True):
        assert (visible.left, visible.top) == (full.left, full.top)
        assert not (visible.pixels & ~full.pixels).any()
        count += visible.on(image.width, image.height)
        union |= full.on(image.width, image.height)
    assert count.max() == 1
    assert np.array_equal(count > 0, masks.ink_mask)
    assert np.array_equal(union > 0, masks.ink_mask)
    dark = image.bitmap[:, :, 0] <= 127
    assert (dark & masks.ink_mask).sum() / (dark | masks.ink_mask).sum() > 0.99


def test_a_pixel_belongs_to_what_covers_half_of_it(build):
    page = build.page(4, 1)
    drawn = build.path(page, build.inch_box(0.51, 0, 2.49, 1))
    image = DefaultCompositor().compose(page, dpi=1)
    masks = image.masks()
    assert masks.full(image.regions.index_of(drawn)).on(4, 1).tolist() == [[False, True, False, False]]
    page = build.page(4, 1)
    drawn = build.path(page, build.inch_box(0.49, 0, 2.51, 1))
    image = DefaultCompositor().compose(page, dpi=1)
    masks = image.masks()
    assert masks.full(image.regions.index_of(drawn)).on(4, 1).tolist() == [[True, True, True, False]]


def test_hairlines_have_pixels_too(build):
    page = build.page(6, 3)
    drawn = build.path(page, build.inch_box(1, 1.4, 5, 1.6))
    image = DefaultCompositor().compose(page, dpi=1)
    masks = image.masks()
    assert masks.full(image.regions.index_of(drawn)).on(6, 3)[1].tolist() == [False, *[True] * 4, False]


def test_what_has_no_pixel_has_an_empty_mask(build):
    page = build.page(6, 3)
    build.path(page, Contours.empty())
    outside = build.path(page, build.inch_box(-5, 0, -2, 2))
    image = DefaultCompositor().compose(page, dpi=1)
    assert image.regions.index_of(outside) is None
    masks = image.masks()
    assert masks.full(1).pixels.shape == (0, 0)
    assert masks.visible(1).area == 0
    assert not masks.ink_mask.any()
    assert Masks(Regions.empty(), 3, 2).instance_map.tolist() == [[0] * 3] * 2


def test_long_thin_shapes_have_the_same_mask_whether_they_are_sliced_or_not(build, monkeypatch):
    """A staff line of 8 inches on paper that is bent."""
    page = build.page(9, 2)
    build.path(page, build.inch_box(0.5, 1, 8.5, 1.03), layer="stafflines", label="smashcima::staffLine")
    image = DefaultCompositor().compose(page, dpi=100)
    bend = DisplacementMap.from_function(
        lambda points: points + np.stack([0 * points[:, 0], 30 * np.sin(points[:, 0] / 140)], axis=1),
        900,
        200,
    )
    regions = image.regions.moved(bend)
    sliced = Masks(regions, 900, 200).full(1)
    monkeypatch.setattr("smashcima.imaging.regions.masks._SPARSE", 1e9)
    whole = Masks(regions, 900, 200).full(1)
    assert whole.area > 1500
    assert (sliced.left, sliced.top) == (whole.left, whole.top)
    assert np.array_equal(sliced.pixels, whole.pixels)


def test_numbers_of_labels_have_to_fit(build):
    page = build.page(2, 2)
    build.path(page, build.inch_box(0, 0, 1, 1))
    masks = DefaultCompositor().compose(page, dpi=1).masks()
    for number in (-1, 70_000):
        with pytest.raises(ExportError, match="from 0 to 65535"):
            masks.semantic_map({"thing": number})


def test_more_regions_than_two_bytes_can_count_get_four():
    count = 65_536
    shape = Contours((np.array([(0, 0), (1, 0), (1, 1), (0, 1)], float),))
    outlines = Outlines.of(
        [shape] * count, [(1, 0, 0, 1, float(i % 256), float(i // 256)) for i in range(count)]
    )
    regions = Regions.of([""] * count, [""] * count, [object()] * count, outlines)  # type: ignore[arg-type]
    found = Masks(regions, 256, 256).instance_map
    assert found.dtype == np.uint32
    assert np.array_equal(found, np.arange(1, count + 1).reshape(256, 256))
