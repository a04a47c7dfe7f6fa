"""What the facing page of an open book shows."""

from __future__ import annotations

from dataclasses import field
from types import SimpleNamespace

import numpy as np

from smashcima.geometry import Rectangle
from smashcima.imaging import DefaultCompositor, Regions
from smashcima.imaging.filters import FacingPage, FilterStack
from smashcima.imaging.filters.other_music import other_music
from smashcima.imaging.filters.other_pages import facing, other_side
from smashcima.randomness import stream
from smashcima.scene.graph import Scene
from smashcima.scene.visual import Page


class Book(Scene):
    """A scene of some pages."""

    pages: list[Page] = field(default_factory=list)


def book(build: SimpleNamespace, count: int) -> Book:
    pages = [build.marked_page() for _ in range(count)]
    for index, page in enumerate(pages):
        page.index = index
    return Book(pages=pages)


def shown(page: Page, **options):
    stack = FilterStack([FacingPage(share=0.5, shade=0.0, lift_mm=0.0, **options)])
    return DefaultCompositor(stack).compose(page, 100, stream(1, 0, "test"))


def test_pages_two_and_three_are_an_opening_and_pages_one_and_two_a_sheet(build: SimpleNamespace):
    scene = book(build, 4)
    assert [facing(page) for page in scene.pages] == [None, scene.pages[2], scene.pages[1], None]
    assert other_side(scene.pages[0]) is scene.pages[1]


def test_the_facing_page_of_a_scene_shows_the_music_of_that_page(build: SimpleNamespace):
    scene = book(build, 3)
    build.add_disc(scene.pages[2], 20.0, 110.0, 3.0)
    image = shown(scene.pages[1])
    assert image.width == 354 + 177
    # Page 2 lies on the left, so the disc that is 20 mm from the left edge of page 3 is right of the spine.
    x, rows = 354 + round(20 / 0.254), slice(380, 472)
    assert image.bitmap[rows, x - 4 : x + 4, 0].min() < 60
    assert sum(label == "smufl::noteheadBlack" for label in image.regions.labels) == 12


def test_a_given_page_takes_precedence(build: SimpleNamespace):
    other = build.marked_page()
    build.add_disc(other, 45.0, 110.0, 8.0)
    with_disc = (shown(build.marked_page(), facing=other).bitmap[:, :, 0] < 60).sum()
    without = (shown(build.marked_page(), facing=build.marked_page()).bitmap[:, :, 0] < 60).sum()
    assert with_disc > without + 500


def regions_of(areas: list[tuple[str, Rectangle]]) -> Regions:
    boxes = np.array([[area.left, area.top, area.right, area.bottom] for _, area in areas], float)
    return SimpleNamespace(labels=[f"smashcima::{name}" for name, _ in areas], bboxes=boxes)


def test_measures_stand_in_another_order_and_the_title_is_gone():
    page = np.full((100, 100), 255, np.uint8)
    page[5:10, 30:60] = 0  # title
    page[40:60, 10:40], page[40:60, 40:60], page[40:60, 60:90] = 10, 20, 30
    system = [("system", Rectangle(10, 40, 80, 20))]
    measures = [("systemMeasure", Rectangle(x, 40, width, 20)) for x, width in ((10, 30), (40, 20), (60, 30))]
    other = other_music(
        page, regions_of([*system, *measures, ("title", Rectangle(30, 5, 30, 5))]), slice(None)
    )
    assert (other[:30] == 255).all()
    assert other[50, [10, 30, 60]].tolist() == [20, 10, 30]


def test_leaning_barlines_are_not_cut():
    page = np.full((100, 200), 255, np.uint8)
    page[40:50, 58:60], page[50:60, 61:63] = 0, 0
    areas = [("system", Rectangle(10, 40, 180, 20)), ("barlineSingle", Rectangle(58, 40, 5, 20))]
    areas += [("systemMeasure", Rectangle(x, 40, width, 20)) for x, width in ((10, 50), (60, 40), (100, 90))]
    other = other_music(page, regions_of(areas), slice(None))
    # The first measure, with its whole barline, comes before the last one, from 100 on.
    assert other[45, 94:96].tolist() == other[55, 97:99].tolist() == [0, 0]
    assert (other[40:60] == 0).sum() == (page == 0).sum()


def test_systems_of_one_form_take_each_others_place():
    page = np.full((200, 100), 255, np.uint8)
    page[40:60, 10:90], page[140:160, 10:90] = 10, 20
    areas = []
    for top in (40, 140):
        areas.append(("system", Rectangle(10, top, 80, 20)))
        areas += [("systemMeasure", Rectangle(x, top, 40, 20)) for x in (10, 50)]
    other = other_music(page, regions_of(areas), slice(None))
    assert other[50, 50] == 20
    assert other[150, 50] == 10


def test_a_part_of_the_page_is_the_same_as_that_of_the_whole():
    page = np.full((100, 100), 230, np.uint8)
    page[np.random.default_rng(1).random((100, 100)) < 0.02] = 20
    areas = [("system", Rectangle(10, 40, 80, 20))]
    areas += [("systemMeasure", Rectangle(x, 40, 40, 20)) for x in (10, 50)]
    whole = other_music(page, regions_of(areas), slice(None))
    part = other_music(page, regions_of(areas), slice(20, 70))
    # The brightness of paper is estimated on a lattice that begins with the part.
    assert np.abs(part.astype(int) - whole[:, 20:70]).max() <= 3


def test_a_page_without_labelled_measures_stays_as_it_is():
    page = np.arange(100, dtype=np.uint8).reshape(10, 10)
    assert (other_music(page, Regions.empty(), slice(4, 7)) == page[:, 4:7]).all()
