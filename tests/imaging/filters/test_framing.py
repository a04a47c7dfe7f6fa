"""Crops, quarter turns, facing pages, and objects in margins."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from smashcima.geometry import Rectangle
from smashcima.imaging import DefaultCompositor, draw_layers
from smashcima.imaging.filters import Crop, FacingPage, FilterStack, HolesAndStaples, QuarterTurn, Thumb
from smashcima.randomness import stream
from smashcima.scene.visual import AffineSpace, Page, Sprite, ViewBox


def composed(item, build: SimpleNamespace, seed: int = 1):
    return DefaultCompositor(FilterStack([item])).compose(build.marked_page(), 100, stream(seed, 0, "test"))


def test_a_crop_has_the_size_asked_for_and_labels_nothing_outside(build: SimpleNamespace):
    image = composed(Crop(width=0.5, height=0.5), build)
    assert image.bitmap.shape == (236, 177, 4)
    boxes = image.regions.bboxes
    assert boxes[:, :2].min() >= 0
    assert (boxes[:, 2] <= 177).all()
    assert (boxes[:, 3] <= 236).all()
    discs = [label == "smufl::noteheadBlack" for label in image.regions.labels]
    assert 1 <= sum(discs) < 12
    for x0, y0, x1, y1 in boxes[discs].round().astype(int).tolist():
        if x1 - x0 >= 10 and y1 - y0 >= 10:
            assert image.bitmap[(y0 + y1) // 2, (x0 + x1) // 2, 0] < 60


@pytest.mark.parametrize(
    ("turn", "shape", "place"),
    [("right", (354, 472), (433, 39)), ("left", (354, 472), (39, 315)), ("over", (472, 354), (315, 433))],
)
def test_a_turn_moves_the_upper_left_corner(turn, shape, place, build: SimpleNamespace):
    image = composed(QuarterTurn(turns=(turn,)), build)
    assert image.bitmap.shape[:2] == shape
    # The point 10 mm from the upper left corner in both directions, at 100 dpi.
    assert np.allclose(image.locate(np.array([[10.0, 10.0]])), [place], atol=0.7)


def test_a_facing_page_makes_the_picture_wider_and_the_spine_dark(build: SimpleNamespace):
    image = composed(FacingPage(share=0.3, shade=0.6), build)
    assert image.bitmap.shape == (472, 460, 4)
    columns = image.bitmap[30:40, :, 0].mean(axis=0)
    spine = int(columns.argmin())
    assert min(abs(spine - 106), abs(spine - 354)) < 6
    assert columns[spine] < 0.6 * np.median(columns)
    assert sum(label == "smufl::noteheadBlack" for label in image.regions.labels) == 12


def test_holes_and_staples_lie_beside_the_music(build: SimpleNamespace):
    page = build.marked_page()
    plain = draw_layers(page, 100)
    marked = HolesAndStaples(kinds=("two holes",), margin_mm=5.0).process_layers(
        draw_layers(page, 100), stream(1, 0, "test")
    )
    changed = (plain.paper.bitmap != marked.paper.bitmap).any(axis=2)
    # The edges of the circles are soft.
    assert changed.sum() == pytest.approx(2 * np.pi * (3.2 * 100 / 25.4) ** 2, rel=0.15)
    assert not (changed & (marked.ink.coverage > 0)).any()


def test_a_thumb_hides_no_symbol(build: SimpleNamespace):
    thumbs = 0
    for seed in range(12):
        plain = composed(FilterStack([], name="none"), build, seed)
        image = composed(Thumb(width_mm=6.0, reach=0.4), build, seed)
        changed = (np.abs(image.bitmap.astype(int) - plain.bitmap) > 3).any(axis=2)
        thumbs += bool(changed.any())
        for x0, y0, x1, y1 in plain.regions.bboxes[plain.regions.drawn >= 0].astype(int).tolist():
            assert not changed[y0:y1, x0:x1].any()
    assert thumbs >= 6


def test_there_is_no_thumb_where_all_is_music(build: SimpleNamespace):
    space, sheet = AffineSpace(), Rectangle(0, 0, 40, 30)
    page = Page(space, ViewBox(space, sheet), 0, Sprite.rectangle(space, sheet, (255, 255, 255, 255)))
    build.add_disc(page, 20.0, 15.0, radius=25.0)
    plain = DefaultCompositor().compose(page, 100)
    image = DefaultCompositor(FilterStack([Thumb()])).compose(page, 100)
    assert np.array_equal(image.bitmap, plain.bitmap)
