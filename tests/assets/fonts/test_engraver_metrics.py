"""Symbols and words are as large as the engraver takes them to be."""

from __future__ import annotations

import pytest

from smashcima.assets.fonts import TextFont, glyph_name, symbol_box, text_heights, text_width

WORDS = "Langsam und schauerlich, (1779) #5 = 80; Composed & written: O! ja?"


@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True), (True, True)])
def test_the_width_of_words_is_that_of_the_font_that_draws_them(bold: bool, italic: bool) -> None:
    font = TextFont.load(bold=bold, italic=italic)
    drawn = sum(font.glyph(character).advance for character in WORDS)
    assert text_width(WORDS, 1.0, bold=bold, italic=italic) == pytest.approx(drawn, rel=0.015)


def test_letter_spacing_is_added_after_every_character() -> None:
    assert text_width("abc", 2.0, letter_spacing=0.5) == text_width("abc", 2.0) + 1.5


def test_a_music_font_measures_the_symbols_among_words() -> None:
    box = symbol_box("metNoteQuarterUp", "Bravura")
    assert box is not None
    assert text_width("\ueca5", 4.0, family="Bravura") == box.advance


def test_a_symbol_is_found_by_name_and_by_code_point() -> None:
    box = symbol_box("noteheadBlack", "Bravura")
    assert box == symbol_box(0xE0A4, "Bravura")
    assert box is not None
    assert (box.left, box.bottom, box.right, box.top) == (0.0, -0.5, 1.18, 0.5)


def test_a_symbol_that_a_font_lacks_has_the_box_of_leipzig() -> None:
    box = symbol_box("accidentalTripleFlat", "Gootville")
    assert box is not None
    assert (
        box == symbol_box("accidentalTripleFlat", "Leipzig") != symbol_box("accidentalTripleFlat", "Bravura")
    )


def test_an_unknown_symbol_has_no_box_and_the_name_of_its_code_point() -> None:
    assert symbol_box("noSuchSymbol", "Leland") is None
    assert symbol_box(0xF8FF, "Leland") is None
    assert glyph_name(0xF8FF, "Leland") == "uniF8FF"


def test_capitals_reach_above_the_baseline_and_p_below_it() -> None:
    ascent, descent = text_heights("Hp", 10.0)
    assert 6.0 < ascent < 7.5
    assert 1.5 < descent < 2.5
    assert text_heights("H", 10.0)[1] < 0.1
