"""What holds for all filters, whatever they do."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from smashcima.imaging.filters import (
    Filter,
    FilterStack,
    LieOn,
    SaltAndPepper,
    Skew,
)

OTHER_SIZES = {"resolution", "crop", "quarter_turn", "facing_page", "color_bar"}
"""Filters that change the size of the picture."""


def test_the_list_of_filters_is_long(build: SimpleNamespace):
    names = {one.name for one in build.leaf_filters()}
    assert len(names) >= 35
    assert {"ink_bleed", "perspective", "jpeg", "photocopy", "lie_on"} <= names


def on_something(item: Filter) -> Filter:
    """A backing shows only where a sheet was moved."""
    return FilterStack([Skew(angle_deg=5.0), item]) if isinstance(item, LieOn) else item


def test_strength_zero_changes_no_byte(item: Filter, build: SimpleNamespace):
    page = build.marked_page()
    plain = build.processed(FilterStack([]), page)
    item.strength = 0
    assert np.array_equal(build.processed(item, page).bitmap, plain.bitmap)
    assert item.last_applied == ()
    item.strength = 1


def test_it_changes_something_and_the_same_seed_gives_the_same_bytes(item: Filter, build: SimpleNamespace):
    page = build.marked_page()
    item.strength = 2
    subject = on_something(item)
    plain = build.processed(FilterStack([Skew(angle_deg=5.0)] if subject is not item else []), page)
    first, second = build.processed(subject, page), build.processed(subject, page)
    item.strength = 1
    assert np.array_equal(first.bitmap, second.bitmap)
    assert not np.array_equal(first.bitmap, plain.bitmap)
    assert np.array_equal(first.regions.bboxes, second.regions.bboxes, equal_nan=True)
    assert item.name in subject.last_applied[-1].name


def test_opaque_pages_stay_opaque_and_every_disc_keeps_its_region(item: Filter, build: SimpleNamespace):
    image = build.processed(
        FilterStack([item, LieOn()]) if not isinstance(item, LieOn) else item, build.marked_page()
    )
    assert image.bitmap[:, :, 3].min() == 255
    assert image.bitmap.dtype == np.uint8
    assert sum(label == "smufl::noteheadBlack" for label in image.regions.labels) == 12
    assert sum(label == "smashcima::staffLine" for label in image.regions.labels) == 10


@pytest.mark.parametrize("size", [(1, 1), (33, 2)])
def test_tiny_pictures(item: Filter, size: tuple[int, int], build: SimpleNamespace):
    page = build.marked_page()
    page.view_box.rectangle = type(page.view_box.rectangle)(0, 0, size[0] * 25.4 / 72, size[1] * 25.4 / 72)
    image = build.processed(item, page, dpi=72)
    assert image.bitmap.shape[2] == 4
    assert image.bitmap.size > 0


def test_small_view_at_high_resolution(item: Filter, build: SimpleNamespace):
    page = build.marked_page()
    page.view_box.rectangle = type(page.view_box.rectangle)(10, 30, 10, 8)
    image = build.processed(item, page, dpi=1200)
    assert image.bitmap.shape == (378, 472, 4) or item.name in OTHER_SIZES


def test_transparent_pages_show_their_ink_and_nothing_else(item: Filter, build: SimpleNamespace):
    plain = build.processed(FilterStack([]), build.marked_page((0, 0, 0, 0)))
    image = build.processed(item, build.marked_page((0, 0, 0, 0)))
    opaque = float((image.bitmap[:, :, 3] > 127).mean())
    before = float((plain.bitmap[:, :, 3] > 127).mean())
    assert 0.5 * before < opaque < 1.5 * before + 0.03


def test_empty_pages(item: Filter, build: SimpleNamespace):
    from smashcima.geometry import Rectangle
    from smashcima.scene.visual import AffineSpace, Page, Sprite, ViewBox

    space, sheet = AffineSpace(), Rectangle(0, 0, 40, 30)
    page = Page(space, ViewBox(space, sheet), 0, Sprite.rectangle(space, sheet, (255, 255, 255, 255)))
    image = build.processed(item, page)
    if item.name not in OTHER_SIZES:
        assert image.bitmap.shape == (118, 157, 4)
    if not isinstance(item, SaltAndPepper):
        # An even page does not become a black one.
        assert image.bitmap[:, :, :3].mean() > 110


@pytest.mark.parametrize("dpi", [150])
def test_looks_alike_at_any_resolution(item: Filter, dpi: int, build: SimpleNamespace):
    """The mean tone of a page with a filter differs little from that at the usual resolution."""
    page = build.marked_page()
    usual = build.processed(item, page).bitmap[:, :, :3].mean()
    assert build.processed(item, page, dpi=dpi).bitmap[:, :, :3].mean() == pytest.approx(usual, abs=6)
