"""Our own synthesizers keep the contracts that we ship."""

from __future__ import annotations

import re

import numpy as np
import pytest

from smashcima.assets.fonts import SMUFL_FONT_NAMES
from smashcima.geometry import Vector2
from smashcima.scene.visual import LineGlyph, SmuflLabels
from smashcima.synthesis.curve import PrintedCurveSynthesizer
from smashcima.synthesis.glyph import FallbackGlyphSynthesizer, SmuflGlyphSynthesizer
from smashcima.synthesis.interfaces import LinePen, StyleDomain
from smashcima.synthesis.line import PrintedLineSynthesizer, PrintedStafflinesSynthesizer
from smashcima.synthesis.page import SimplePageSynthesizer
from smashcima.synthesis.paper import SolidColorPaperSynthesizer
from smashcima.synthesis.text import PrintedTextSynthesizer
from smashcima.testing import (
    CurveSynthesizerContract,
    GlyphSynthesizerContract,
    LineSynthesizerContract,
    PageSynthesizerContract,
    PaperSynthesizerContract,
    StafflinesSynthesizerContract,
    StyleDomainContract,
    TextSynthesizerContract,
)

SYMBOLS = (
    "smufl::noteheadBlack",
    "smufl::gClef",
    "smufl::augmentationDot",
    "smufl::dynamicPiano",
    "smufl::rest8th",
)


class TestSmuflGlyphs(GlyphSynthesizerContract):
    labels = SYMBOLS

    def make_synthesizer(self) -> SmuflGlyphSynthesizer:
        return SmuflGlyphSynthesizer("Leland")

    def test_every_font_draws_every_symbol_of_the_label_table(self) -> None:
        for font in SMUFL_FONT_NAMES:
            synthesizer = SmuflGlyphSynthesizer(font)
            lacking = {label.value for label in SmuflLabels if not synthesizer.supports_label(label)}
            whole_notes = {name for name in lacking if re.fullmatch(r"smufl::note[A-Z0-9]\w*(Up|Down)", name)}
            # Lines are not taken from a font, and the engraver draws no notes in one piece.
            assert lacking - whole_notes <= {"smufl::stem", "smufl::bracket", "smufl::barlineSingle"}


class TestFallbackGlyphs(GlyphSynthesizerContract):
    labels = SYMBOLS

    def make_synthesizer(self) -> FallbackGlyphSynthesizer:
        return FallbackGlyphSynthesizer(
            [SmuflGlyphSynthesizer("Gootville"), SmuflGlyphSynthesizer("Bravura")]
        )


class TestPrintedLines(LineSynthesizerContract):
    def make_synthesizer(self) -> PrintedLineSynthesizer:
        return PrintedLineSynthesizer()


class TestPrintedCurves(CurveSynthesizerContract):
    def make_synthesizer(self) -> PrintedCurveSynthesizer:
        return PrintedCurveSynthesizer()


class TestPrintedText(TextSynthesizerContract):
    def make_synthesizer(self) -> PrintedTextSynthesizer:
        return PrintedTextSynthesizer()


class TestPrintedStafflines(StafflinesSynthesizerContract):
    def make_synthesizer(self) -> PrintedStafflinesSynthesizer:
        return PrintedStafflinesSynthesizer()


class TestSolidColorPaper(PaperSynthesizerContract):
    def make_synthesizer(self) -> SolidColorPaperSynthesizer:
        return SolidColorPaperSynthesizer()


class TestSimplePages(PageSynthesizerContract):
    def make_synthesizer(self) -> SimplePageSynthesizer:
        return SimplePageSynthesizer(SolidColorPaperSynthesizer())


class AlternatingInk(StyleDomain):
    """Blue and black in turn."""

    def __init__(self) -> None:
        self._count = 0

    def pick_style(self) -> None:
        self._count += 1

    @property
    def current_style(self) -> str:
        return "blue" if self._count % 2 else "black"


class TestStyleDomain(StyleDomainContract):
    def make_domain(self) -> AlternatingInk:
        return AlternatingInk()


class KeepsAStock(PrintedLineSynthesizer):
    """Draws widths ahead, and does not forget them when a page begins."""

    def __init__(self, rng: np.random.Generator) -> None:
        super().__init__()
        self._rng = rng
        self._widths: list[float] = []

    def create_line(self, label: str, delta: Vector2, pen: LinePen) -> LineGlyph:
        self._widths = self._widths or self._rng.uniform(0.1, 0.3, 7).tolist()
        return super().create_line(label, delta, LinePen(self._widths.pop()))

    def create_glyph(self, label: str, delta: Vector2) -> LineGlyph:
        return self.create_line(label, delta, LinePen(0.2))


class StockContract(LineSynthesizerContract):
    def make_synthesizer(self) -> KeepsAStock:
        return KeepsAStock(self.streams.generator("lines"))


def test_a_stock_that_outlives_a_page_breaks_the_contract() -> None:
    StockContract().test_equal_generators_give_equal_ink()
    with pytest.raises(AssertionError, match="drawn before begin_page"):
        StockContract().test_a_page_does_not_depend_on_the_page_before()
