"""Measures that are kept with the package are those of the fonts, and other fonts are read."""

from __future__ import annotations

import subprocess
import sys

import pytest

from smashcima.assets.fonts import SMUFL_FONT_NAMES, SmuflFont, kept_measures, measuring, text_font
from smashcima.assets.fonts.font_tables import read_font_table
from smashcima.assets.fonts.kept_measures import kept_boxes, kept_face
from smashcima.assets.fonts.text_font import TextFont, open_face


@pytest.fixture
def _other_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    """As with a verovio package that has other fonts than those that were measured."""
    monkeypatch.setattr(kept_measures, "text_fonts_checksum", lambda: 1)


@pytest.mark.parametrize("font", SMUFL_FONT_NAMES)
def test_boxes_are_those_of_the_outlines(font: str) -> None:
    own = SmuflFont.load(font)
    boxes = kept_boxes(font, read_font_table(font).checksum)
    assert len(boxes) > 150
    for code_point in sorted(read_font_table(font).glyphs)[::9]:
        glyph = own.own_glyph(code_point)
        assert boxes.get(code_point) == (None if glyph.outline.is_empty else glyph.outline.bbox())
        if code_point in boxes:
            assert own.reserved_for(code_point) == glyph.reserved
        assert own.advance_of(code_point) == own.glyph(code_point).advance
        assert own.name_of(code_point) == own.glyph(code_point).name


def test_a_blank_symbol_reserves_nothing_and_one_of_a_fallback_is_read() -> None:
    leland = SmuflFont.load("Leland")
    assert leland.outline_box("noteheadNull") is None
    assert leland.reserved_for("noteheadNull") is None
    assert leland.reserved_for("noSuchSymbol") is None
    name = next(
        iter(sorted(SmuflFont.load("Bravura").names - leland.names - SmuflFont.load("Leipzig").names))
    )
    assert leland.reserved_for(name) == SmuflFont.load("Bravura").glyph(name).reserved


def test_a_music_font_with_another_table_has_no_kept_boxes() -> None:
    assert kept_boxes("Leland", read_font_table("Leland").checksum + 1) == {}


@pytest.mark.parametrize("index", range(4))
def test_advances_and_kernings_are_those_that_font_tools_reads(index: int) -> None:
    face = kept_face(index)
    font = open_face(index)
    names = font.getBestCmap()
    assert face is not None
    assert face.em == 2048
    assert face.advances == {chr(code_point): font["hmtx"][name][0] for code_point, name in names.items()}
    kerning = text_font.Kerning(font)
    letters = "AVTWYPLFoaey.,-1’ fi"
    for left in letters:
        for right in letters:
            kern = kerning.between(names[ord(left)], names[ord(right)])
            assert face.kerns.get(left, {}).get(right, 0) == kern


@pytest.mark.usefixtures("_other_fonts")
def test_texts_of_other_fonts_are_measured_by_them() -> None:
    assert kept_face(0) is None
    opened, kept = TextFont(bold=False, italic=True), TextFont.load(italic=True)
    for text in ("Allegro ma non troppo", "AVATAR, 1.", "Ünter d\u0304 \u4e2d"):
        assert opened.width(text) == kept.width(text)
        assert [opened.has(character) for character in text] == [kept.has(character) for character in text]


def test_measuring_gives_what_is_kept() -> None:
    assert measuring.measured_face(1) == kept_measures._read(kept_measures.FACES_FILE)["faces"][1]


def test_widths_of_texts_open_no_font() -> None:
    program = (
        "import sys; from smashcima.assets.fonts import SmuflFont, TextFont; TextFont.load().width('Ave Maria');"
        "SmuflFont.load('Leland').reserved_for('gClef'); print([m for m in sys.modules if 'fontTools' in m])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
