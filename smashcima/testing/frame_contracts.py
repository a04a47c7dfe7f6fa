"""Contracts of synthesizers of the page frame (staff lines, paper, pages) and of style domains."""

from __future__ import annotations

from abc import ABC, abstractmethod

from smashcima.geometry import Rectangle
from smashcima.scene.visual import AffineSpace, InkPath, Sprite
from smashcima.synthesis.interfaces import (
    PageSynthesizer,
    PaperSynthesizer,
    StafflinesSynthesizer,
    StyleDomain,
)
from smashcima.testing.checks import check_glyph, ink_bytes
from smashcima.testing.page_start_contract import StartsPagesContract


class StafflinesSynthesizerContract(StartsPagesContract[StafflinesSynthesizer]):
    """Requirements of a `StafflinesSynthesizer`."""

    @abstractmethod
    def make_synthesizer(self) -> StafflinesSynthesizer:
        """A new synthesizer."""

    def draw_samples(self, synthesizer: StafflinesSynthesizer) -> list[bytes]:
        page = AffineSpace()
        lines = [
            line
            for top in (20.0, 60.0)
            for line in synthesizer.synthesize_stafflines(page, 10.0, 190.0, [top, top + 1.8], 0.13)
        ]
        return [ink for line in lines for ink in ink_bytes(line, page)]

    def test_makes_one_line_for_each_height(self) -> None:
        heights = [20.0, 21.8, 23.6, 25.4, 27.2]
        page = AffineSpace()
        lines = self.make_synthesizer().synthesize_stafflines(page, 10.0, 190.0, heights, 0.13)
        assert len(lines) == 5
        for line, y in zip(lines, heights, strict=True):
            check_glyph(line, "smashcima::staffLine", page)
            box = line.bbox_in(page)
            assert abs(box.center.y - y) < 0.9, (
                "a staff line is closer to the position of an adjacent line than to its own"
            )
            assert abs(box.left - 10) < 5
            assert abs(box.right - 190) < 5

    def test_makes_staves_of_one_line_and_of_none(self) -> None:
        synthesizer, page = self.make_synthesizer(), AffineSpace()
        assert len(synthesizer.synthesize_stafflines(page, 0.0, 50.0, [10.0], 0.13)) == 1
        assert synthesizer.synthesize_stafflines(page, 0.0, 50.0, [], 0.13) == []


class PaperSynthesizerContract(StartsPagesContract[PaperSynthesizer]):
    """Requirements of a `PaperSynthesizer`."""

    @abstractmethod
    def make_synthesizer(self) -> PaperSynthesizer:
        """A new synthesizer."""

    def draw_samples(self, synthesizer: PaperSynthesizer) -> list[bytes]:
        paper = synthesizer.synthesize_paper(AffineSpace(), Rectangle(0, 0, 60, 80))
        return [_look_of(paper)]

    def test_covers_the_sheet(self) -> None:
        page, sheet = AffineSpace(), Rectangle(0, 0, 60, 80)
        paper = self.make_synthesizer().synthesize_paper(page, sheet)
        if isinstance(paper, Sprite):
            height, width = paper.bitmap.shape[:2]
            transform = page.transform_from(paper.space)
            corners = paper.pixels_to_space.then(transform).apply_to(Rectangle(0, 0, width, height))
            covered = corners.bbox()
        else:
            assert isinstance(paper, InkPath)
            covered = paper.bbox_in(page)
        assert covered.contains(sheet, tolerance=0.1), f"{covered} does not cover {sheet}"


class PageSynthesizerContract(StartsPagesContract[PageSynthesizer]):
    """Requirements of a `PageSynthesizer`."""

    @abstractmethod
    def make_synthesizer(self) -> PageSynthesizer:
        """A new synthesizer."""

    def draw_samples(self, synthesizer: PageSynthesizer) -> list[bytes]:
        page = synthesizer.synthesize_page(3, 60.0, 80.0, AffineSpace())
        assert page.paper is not None
        return [_look_of(page.paper)]

    def test_makes_pages_of_the_size_that_is_asked_for(self) -> None:
        root = AffineSpace()
        page = self.make_synthesizer().synthesize_page(2, 210.0, 297.0, root, left=440.0)
        assert page.index == 2
        assert (page.width, page.height) == (210.0, 297.0)
        assert page.view_box.space is page.space
        corner = root.transform_from(page.space)
        assert (corner.e, corner.f) == (440.0, 0.0)

    def test_puts_paper_on_the_page(self) -> None:
        page = self.make_synthesizer().synthesize_page(0, 50.0, 60.0, AffineSpace())
        assert page.paper is not None
        page.space.transform_from(page.paper.space)


class StyleDomainContract(ABC):
    """Requirements of a `StyleDomain`."""

    @abstractmethod
    def make_domain(self) -> StyleDomain:
        """A new domain; domains from two calls must make the same choices."""

    def test_says_what_it_has_picked(self) -> None:
        domain = self.make_domain()
        assert domain.name
        domain.pick_style()
        assert domain.current_style

    def test_picks_the_same_again_from_the_same_start(self) -> None:
        picked = []
        for _ in range(2):
            domain = self.make_domain()
            chosen = []
            for _ in range(5):
                domain.pick_style()
                chosen.append(domain.current_style)
            picked.append(chosen)
        assert picked[0] == picked[1]


def _look_of(paper: Sprite | InkPath) -> bytes:
    """Pixels of an image of paper, or its colour."""
    return paper.bitmap.tobytes() if isinstance(paper, Sprite) else bytes(paper.color)
