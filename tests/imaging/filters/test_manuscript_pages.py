"""Pooled ink, empty staves and colour bars of manuscripts."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from smashcima.geometry import Contours, Rectangle
from smashcima.imaging import DefaultCompositor, draw_layers
from smashcima.imaging.filters import (
    ColorBar,
    EmptyStaves,
    FacingPage,
    FilterStack,
    LieOn,
    PooledInk,
    StaffLineThicken,
    UnevenRuling,
)
from smashcima.randomness import stream
from smashcima.scene.visual import Glyph, Page, Stem


def staff_regions(layers):
    return [region for region in layers.regions if region.id.startswith("emptyStaff")]


def ruled(music_page, **options):
    layers = draw_layers(music_page, 100)
    return EmptyStaves(**options).process_layers(layers, stream(1, 0, "test"))


def test_empty_staves_reach_down_to_the_margin_at_the_foot(music_page: Page):
    layers = ruled(music_page, foot_mm=5.0, distance=0.6)
    staves = [region for region in staff_regions(layers) if region.label == "smashcima::staff"]
    assert staves
    before = [r for r in draw_layers(music_page, 100).regions if r.label in ("staff", "smashcima::staff")]
    lowest = max(region.bbox[3] for region in before)
    assert all(region.bbox[1] > lowest for region in staves)
    assert max(region.bbox[3] for region in staves) <= layers.height - 5 / 0.254
    lines = [region for region in staff_regions(layers) if region.label == "smashcima::staffLine"]
    assert len(lines) == 5 * len(staves)
    assert len(set(layers.regions.ids)) == len(layers.regions)


def test_the_lines_of_empty_staves_lie_where_their_regions_are(music_page: Page):
    rng = stream(2, 0, "test")
    layers = ruled(music_page, foot_mm=5.0, distance=0.6)
    for item in (UnevenRuling(swing_mm=0.4), StaffLineThicken()):
        layers = item.process_layers(layers, rng)
    assert staff_regions(layers)
    for region in staff_regions(layers):
        if region.label != "smashcima::staffLine":
            continue
        ring = region.rings[0]
        middle = np.median(ring[:, 0])
        near = ring[np.abs(ring[:, 0] - middle) < 20]
        column = layers.stafflines.coverage[:, int(middle)].astype(float)
        rows = np.arange(len(column)) + 0.5
        around = np.abs(rows - near[:, 1].mean()) < 3
        assert (rows * column)[around].sum() / column[around].sum() == pytest.approx(
            near[:, 1].mean(), abs=0.7
        )


def test_without_staves_nothing_is_ruled(build: SimpleNamespace):
    before = draw_layers(build.marked_page(), 100)
    after = EmptyStaves().process_layers(draw_layers(build.marked_page(), 100), stream(1, 0, "test"))
    assert (before.stafflines.coverage == after.stafflines.coverage).all()
    assert len(before.regions) == len(after.regions)


def test_a_color_bar_makes_the_picture_larger_and_covers_nothing(build: SimpleNamespace):
    stack = FilterStack([LieOn(materials=("black",)), ColorBar(kinds=("colours",), width_mm=15.0)])
    seen = set()
    for seed in range(6):
        image = DefaultCompositor(stack).compose(build.marked_page(), 100, stream(seed, 0, "test"))
        room = round(15 / 0.254 + 12 / 0.254)
        seen.add((image.width - 354, image.height - 472))
        assert (image.width - 354, image.height - 472) in ((room, 0), (0, room))
        left, top = image.locate(np.array([[0.0, 0.0]]))[0].round().astype(int).tolist()
        sheet = image.bitmap[top : top + 472, left : left + 354, :3].reshape(-1, 3).astype(int)
        # Nothing on the sheet has a colour; the card has.
        assert np.ptp(sheet, axis=1).max() < 40
        assert np.ptp(image.bitmap[:, :, :3].reshape(-1, 3).astype(int), axis=1).max() > 90
    assert len(seen) == 2


def test_an_opening_is_drawn_at_a_lower_resolution(build: SimpleNamespace):
    stack = FilterStack([FacingPage(most_dpi=60.0)])
    assert stack.drawing_dpi(100, stream(1, 0, "test")) == 60
    assert FilterStack([FacingPage()]).drawing_dpi(100, stream(1, 0, "test")) == 100


def test_thin_strokes_are_paler_and_end_in_drops(build: SimpleNamespace):
    page = build.marked_page()
    stroke = Contours.from_rectangle(Rectangle(44.9, 50, 0.3, 14))
    glyph = Glyph.from_contours("smufl::stem", stroke, space=page.space)
    Stem(glyph, None, page)
    layers = PooledInk(amount=0.5, ends=1.0, drop_mm=0.5).process_layers(
        draw_layers(page, 200), stream(1, 0, "test")
    )
    ink, mm = layers.ink.coverage, 200 / 25.4
    across = ink[:, round(44 * mm) : round(46.2 * mm)] > 60
    middle, end = (int(across[round(y * mm)].sum()) for y in (57, 50.1))
    assert middle <= 4
    assert end >= 5
    assert ink[round(57 * mm), round(45.05 * mm)] < 0.75 * ink[round(35 * mm), round(15 * mm)]
    stem = next(region for region in layers.regions if region.label == "smufl::stem")
    assert stem.bbox[2] - stem.bbox[0] > 0.3 * mm + 1
