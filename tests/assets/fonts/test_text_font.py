"""The text font."""

from __future__ import annotations

from importlib.resources import files

import pytest
from lxml import etree

from smashcima.assets.fonts import TextFont


def test_the_width_of_letters_is_that_of_times() -> None:
    font = TextFont.load()
    assert font.glyph("a").advance == pytest.approx(0.444, abs=0.001)
    assert font.glyph("m").advance == pytest.approx(0.778, abs=0.001)


@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True), (True, True)])
def test_all_faces_are_as_wide_as_the_engraver_reckons(bold: bool, italic: bool) -> None:
    style = "".join(f"-{name}" for name, on in (("bold", bold), ("italic", italic)) if on)
    table = etree.parse(str(files("verovio") / "data" / "text" / f"Times{style}.xml")).getroot()
    # The engraver's table leaves the width out for some letters.
    widths = {chr(int(g.get("c"), 16)): float(g.get("h-a-x", 0)) / 2048 for g in table.iterfind("g")}
    font = TextFont.load(bold, italic)
    compared = [c for c, width in widths.items() if width and c.isalnum() and font.has(c)]
    assert len(compared) >= 40
    wrong = {
        c: (font.glyph(c).advance, widths[c])
        for c in compared
        if abs(font.glyph(c).advance - widths[c]) > 0.01
    }
    assert wrong == {}


def test_letters_stand_on_the_baseline() -> None:
    box = TextFont.load().glyph("H").outline.bbox()
    assert box.bottom == pytest.approx(0, abs=0.001)
    assert -0.7 < box.top < -0.6


def test_an_o_has_a_hole() -> None:
    assert len(TextFont.load().glyph("o").outline.rings) == 2


def test_some_pairs_of_letters_move_together() -> None:
    font = TextFont.load()
    assert -0.2 < font.kern("V", "o") < -0.05
    assert font.kern("n", "n") == 0
    assert font.width("Vo") < font.glyph("V").advance + font.glyph("o").advance


@pytest.mark.parametrize("character", list("äßéčřœæøåñçğşłžŐŰΩλДж“”‘’–—…½"))
def test_european_letters_are_there(character: str) -> None:
    assert TextFont.load().glyph(character).substitutes == ""


def test_a_letter_that_is_lacking_is_drawn_without_its_diacritic() -> None:
    font = TextFont.load()
    glyph = font.glyph("ạ")
    assert glyph.substitutes == "base letter"
    assert glyph.advance == font.glyph("a").advance


def test_what_cannot_be_drawn_at_all_is_a_box() -> None:
    glyph = TextFont.load().glyph("中")
    assert glyph.substitutes == "box"
    assert not glyph.outline.is_empty


def test_a_stroke_through_a_figure_takes_no_room() -> None:
    glyph = TextFont.load().glyph("\u0338")
    assert (glyph.advance, glyph.substitutes) == (0.0, "")
    assert glyph.outline.bbox().right < 0


def test_spaces_have_width_but_no_ink() -> None:
    space = TextFont.load().glyph(" ")
    assert space.outline.is_empty
    assert space.advance == 0.25
