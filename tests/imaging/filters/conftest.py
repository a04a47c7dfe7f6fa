"""A page with marks that can be found again, and a list of all filters."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from smashcima.geometry import Contours, Rectangle, Transform
from smashcima.imaging import ImageLayer, LayerSet, draw_layers, filters, merge_layers
from smashcima.imaging.filters import Filter, FilterStack
from smashcima.randomness import stream
from smashcima.scene.visual import (
    AffineSpace,
    Glyph,
    InkPath,
    LabeledRegion,
    Notehead,
    Page,
    Sprite,
    StaffLine,
    ViewBox,
)

DPI = 100.0
"""Lower than usual, so that tests are quick."""

WIDTH, HEIGHT = 90.0, 120.0
"""mm."""


def marked_page(paper: tuple[int, int, int, int] = (225, 240, 245, 255)) -> Page:
    """A sheet with two staves and, between them, twelve discs of 1.5 mm radius with nothing else near."""
    space = AffineSpace()
    sheet = Rectangle(0, 0, WIDTH, HEIGHT)
    ground = None if paper[3] == 0 else Sprite.rectangle(space, sheet, paper)
    page = Page(
        space, ViewBox(space, sheet), 0, ground, LabeledRegion(space, "page", Contours.from_rectangle(sheet))
    )
    for top in (15.0, 95.0):
        for line in range(5):
            stroke = Contours.from_rectangle(Rectangle(10, top + 2 * line, WIDTH - 20, 0.25))
            glyph = Glyph.from_contours("smashcima::staffLine", stroke, space=space)
            StaffLine(glyph, None, page, layer="stafflines")
    for x, y in marks():
        add_disc(page, x, y)
    return page


def marks() -> list[tuple[float, float]]:
    """Middles of the discs, in mm."""
    return [(15.0 + 20 * column, 35.0 + 20 * row) for row in range(3) for column in range(4)]


def add_disc(page: Page, x: float, y: float, radius: float = 1.5) -> Notehead:
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    disc = Contours((radius * np.stack([np.cos(angles), np.sin(angles)], axis=1),))
    space = AffineSpace(page.space, Transform(e=x, f=y))
    glyph = Glyph(
        space, LabeledRegion(space, "smufl::noteheadBlack", disc), [], [InkPath(space, disc, (0, 0, 0, 255))]
    )
    return Notehead(glyph, None, page)


def layers_of(page: Page, dpi: float = DPI) -> LayerSet:
    return draw_layers(page, dpi)


def processed(item: Filter, page: Page, seed: int = 1, dpi: float = DPI) -> ImageLayer:
    """The page after a filter, as the compositor does it."""
    rng = stream(seed, 0, "test")
    layers = item.process_layers(draw_layers(page, dpi), rng)
    return item.process_image(merge_layers(layers), rng)


def leaf_filters() -> list[Filter]:
    """One of each kind of filter, always applied."""
    kinds = [getattr(filters, name) for name in filters.__all__]
    made = [
        kind()
        for kind in kinds
        if isinstance(kind, type)
        and issubclass(kind, Filter)
        and kind is not FilterStack
        and kind not in (filters.BaseHandwrittenPostprocessor, filters.PixelFunction)
        and not getattr(kind, "__abstractmethods__", None)
        and kind is not Filter
        and kind not in (filters.Resolution, filters.ToneCurve, filters.Thumb)
        # The pages of these tests have no staves, only lines.
        and kind is not filters.EmptyStaves
    ]
    return [
        *made,
        filters.Binarize(method=("sauvola",), name="sauvola"),
        # The pages of these tests have a low resolution, and the curve is neutral by default.
        filters.Resolution(dpi=70.0, least_dpi=30.0),
        filters.ToneCurve(veil=0.1, contrast=1.3),
        # Their margins have no room for a thumb of the usual size.
        filters.Thumb(width_mm=5.0, reach=0.5),
    ]


@pytest.fixture(scope="session")
def build() -> SimpleNamespace:
    """The functions of this file, for tests (which cannot import it)."""
    return SimpleNamespace(
        marked_page=marked_page,
        marks=marks,
        add_disc=add_disc,
        processed=processed,
        layers_of=layers_of,
        leaf_filters=leaf_filters,
        DPI=DPI,
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Tests with an argument `item` run for one of each kind of filter."""
    if "item" in metafunc.fixturenames:
        made = leaf_filters()
        metafunc.parametrize("item", made, ids=[one.name for one in made])
