"""Words are as wide for the layout as they are when they are drawn, give or take the slant of an italic."""

from __future__ import annotations

import pytest

from smashcima.assets.fonts import TextFont
from smashcima.engravers.verovio.font_metrics import run_width
from smashcima.engraving.primitives import TextRun

WORDS = "Langsam und schauerlich, (1779) #5 = 80; Composed & written: O! ja?"


@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True), (True, True)])
def test_the_width_of_words_is_that_of_the_font_that_draws_them(bold: bool, italic: bool) -> None:
    font = TextFont.load(bold=bold, italic=italic)
    drawn = sum(font.glyph(character).advance for character in WORDS)
    assert run_width(TextRun(WORDS, 1.0, bold=bold, italic=italic)) == pytest.approx(drawn, rel=0.015)
