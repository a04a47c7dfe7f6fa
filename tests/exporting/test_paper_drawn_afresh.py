"""Paper that draws itself is drawn for the picture, rather than resampled into it."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.exporting import BitmapRenderer, SvgExporter
from smashcima.geometry import Rectangle
from smashcima.scene.visual import AffineSpace, Page, ViewBox
from smashcima.synthesis.paper import PaperStyleDomain, ProceduralPaperSynthesizer


@pytest.fixture
def page() -> Page:
    rng = np.random.default_rng(1)
    styles = PaperStyleDomain(rng)
    styles.choice = "aged"
    space = AffineSpace()
    sheet = Rectangle(0, 0, 50.8, 25.4)
    paper = ProceduralPaperSynthesizer(styles, rng).synthesize_paper(space, sheet)
    return Page(space, ViewBox(space, sheet), 0, paper)


@pytest.mark.parametrize("dpi", [72, 150, 300, 301])
def test_the_picture_is_that_of_the_sheet_at_its_resolution(page: Page, dpi: int) -> None:
    drawn = page.paper.draw_afresh(dpi)
    shown = BitmapRenderer(dpi).render(page)
    assert shown.shape[:2] == (dpi, 2 * dpi)
    assert np.array_equal(shown, drawn[:dpi, : 2 * dpi])


def test_a_part_of_the_sheet_is_resampled_from_it(page: Page) -> None:
    part = ViewBox(page.space, Rectangle(5.08, 2.54, 25.4, 12.7))
    shown = BitmapRenderer(300).render(part)
    assert np.array_equal(shown, BitmapRenderer(300).render(page)[30:180, 60:360])


def test_pages_with_papers_of_their_own_keep_them_in_one_drawing(page: Page) -> None:
    for index in (1, 2, 3):
        space = AffineSpace(page.space)
        rng = np.random.default_rng(index)
        styles = PaperStyleDomain(rng)
        styles.choice = index
        paper = ProceduralPaperSynthesizer(styles, rng).synthesize_paper(space, Rectangle(0, 0, 9, 9))
        Page(space, ViewBox(space, Rectangle(0, 0, 9, 9)), index, paper)
    svg = SvgExporter().export_string(page.view_box)
    assert svg.count("data:image/png") == 4
