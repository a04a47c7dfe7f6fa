from __future__ import annotations

import copy
import pickle

import numpy as np
import pytest

from smashcima.assets.paper import PaperPatch
from smashcima.geometry import Rectangle
from smashcima.imaging import DefaultCompositor
from smashcima.randomness import Stream
from smashcima.scene.visual import AffineSpace, Page, ViewBox
from smashcima.synthesis.page import SimplePageSynthesizer
from smashcima.synthesis.paper import (
    PaperSprite,
    PaperStyleDomain,
    ProceduralPaperSynthesizer,
    QuiltedPaperSynthesizer,
)
from smashcima.testing import PageSynthesizerContract, PaperSynthesizerContract, StyleDomainContract


def synthesizer(choice="laid-18th-century", seed: int = 0, rng=None) -> ProceduralPaperSynthesizer:
    rng = rng or Stream(seed).child("model").generator()
    styles = PaperStyleDomain(rng)
    styles.choice = choice
    styles.pick_style()
    made = ProceduralPaperSynthesizer(styles, rng)
    made.dpi = 75
    return made


def quilted(rng=None) -> QuiltedPaperSynthesizer:
    noise = np.random.default_rng(0).integers(190, 220, (200, 200, 3), dtype=np.uint8)
    made = QuiltedPaperSynthesizer([PaperPatch(noise, 100)], rng or np.random.default_rng(0))
    made.dpi = 75
    return made


class TestProceduralPaper(PaperSynthesizerContract):
    def make_synthesizer(self) -> ProceduralPaperSynthesizer:
        return synthesizer(rng=self.streams.generator("paper"))


class TestQuiltedPaper(PaperSynthesizerContract):
    def make_synthesizer(self) -> QuiltedPaperSynthesizer:
        return quilted(self.streams.generator("paper"))


class TestPages(PageSynthesizerContract):
    def make_synthesizer(self) -> SimplePageSynthesizer:
        return SimplePageSynthesizer(synthesizer(rng=self.streams.generator("paper")))


class TestPaperStyleDomain(StyleDomainContract):
    def make_domain(self) -> PaperStyleDomain:
        return PaperStyleDomain(Stream(0).child("model").generator())


SHEET = Rectangle(0, 0, 90, 120)


def test_sheets_of_a_sample_are_of_one_book_bound_in_turn():
    made = synthesizer()
    sheets = [made.synthesize_paper(AffineSpace(), SHEET).sheet for _ in range(4)]
    assert len({sheet.book_seed for sheet in sheets}) == 1
    assert len({sheet.seed for sheet in sheets}) == 4
    first = sheets[0].number
    assert [sheet.number for sheet in sheets] == [first, first + 1, first + 2, first + 3]


def test_the_next_sample_is_another_book():
    made = synthesizer()
    one = made.synthesize_paper(AffineSpace(), SHEET).sheet
    made.styles.pick_style()
    assert made.synthesize_paper(AffineSpace(), SHEET).sheet.book_seed != one.book_seed


def test_the_same_sample_is_the_same_paper():
    one, same = (synthesizer(choice=None, seed=3).synthesize_paper(AffineSpace(), SHEET) for _ in range(2))
    assert one.sheet == same.sheet
    assert np.array_equal(one.bitmap, same.bitmap)


def test_a_sheet_lies_where_it_is_placed():
    paper = synthesizer().synthesize_paper(AffineSpace(), Rectangle(-5, 7, 90, 120))
    height, width = paper.bitmap.shape[:2]
    covered = paper.pixels_to_space.apply_to(Rectangle(0, 0, width, height)).bbox()
    assert (covered.left, covered.top) == (-5, 7)
    assert 85 <= covered.right < 85 + 25.4 / 75
    assert 127 <= covered.bottom < 127 + 25.4 / 75


def test_the_bitmap_is_drawn_once_and_read_only():
    paper = synthesizer().synthesize_paper(AffineSpace(), SHEET)
    assert paper.bitmap is paper.bitmap
    with pytest.raises(ValueError, match="read-only"):
        paper.bitmap[0, 0] = 0
    fresh = paper.draw_afresh(75)
    assert np.array_equal(fresh, paper.bitmap)
    fresh[0, 0] = 0  # belongs to the caller
    assert paper.draw_afresh(150).shape == (709, 532, 4)


def test_pixels_of_any_resolution_have_their_place():
    paper = synthesizer().synthesize_paper(AffineSpace(), Rectangle(10, 20, 90, 120))
    place = paper.pixels_at(254).apply_to(Rectangle(0, 0, 100, 50)).bbox()
    assert (place.left, place.top, place.width, place.height) == pytest.approx((10, 20, 10, 5))


def test_paper_is_small_in_a_file_and_comes_back_the_same():
    paper = synthesizer().synthesize_paper(AffineSpace(), SHEET)
    stored = pickle.dumps(paper)
    assert len(stored) < 4000
    again = pickle.loads(stored)
    assert isinstance(again, PaperSprite)
    assert np.array_equal(again.bitmap, paper.bitmap)
    assert np.array_equal(copy.deepcopy(paper).bitmap, paper.bitmap)


def page_of(paper: PaperSprite, space: AffineSpace) -> Page:
    return Page(space, ViewBox(space, SHEET), 0, paper)


def test_at_its_resolution_the_sheet_is_the_picture_of_an_empty_page():
    space = AffineSpace()
    paper = synthesizer().synthesize_paper(space, SHEET)
    image = DefaultCompositor().compose(page_of(paper, space), 75).bitmap
    assert np.array_equal(image, paper.draw_afresh(75)[: image.shape[0], : image.shape[1]])
    assert image.shape == (354, 266, 4)


@pytest.mark.parametrize("dpi", [40, 150])
def test_at_other_resolutions_the_page_has_the_same_tone(dpi: float):
    space = AffineSpace()
    paper = synthesizer().synthesize_paper(space, SHEET)
    image = DefaultCompositor().compose(page_of(paper, space), dpi).bitmap
    assert (image[2:-2, 2:-2, 3] == 255).all()

    def tone(picture: np.ndarray, px: float) -> np.ndarray:
        margin = round(20 * px)
        return picture[margin:-margin, margin:-margin, :3].mean(axis=(0, 1))

    assert np.abs(tone(image, dpi / 25.4) - tone(paper.bitmap, 75 / 25.4)).max() < 1


def test_a_part_of_a_page_shows_its_part_of_the_sheet():
    space = AffineSpace()
    paper = synthesizer("aged").synthesize_paper(space, SHEET)
    whole = DefaultCompositor().compose(page_of(paper, space), 75).bitmap
    page = page_of(paper, space)
    # 25.4 mm at 75 DPI are 75 px.
    part = DefaultCompositor().compose(ViewBox(page.space, Rectangle(25.4, 50.8, 25.4, 25.4)), 75).bitmap
    assert np.abs(part.astype(int) - whole[150:225, 75:150]).max() <= 1
