"""The tables of the verovio package are read in font units."""

from __future__ import annotations

import pytest

from smashcima.assets.fonts.font_tables import read_font_table
from smashcima.errors import EngravingError
from smashcima.geometry import Point


def test_a_row_of_a_music_font_has_font_units_and_anchors() -> None:
    table = read_font_table("Bravura")
    notehead = table.glyphs[0xE0A4]
    assert table.units_per_em == 1000
    assert notehead.name == "noteheadBlack"
    assert (notehead.left, notehead.bottom, notehead.width, notehead.height) == (0, -125, 295, 250)
    assert notehead.advance == 295
    assert notehead.anchors["stemUpSE"] == Point(1.18, 0.17)


def test_text_fonts_name_no_glyphs_and_leave_some_advances_out() -> None:
    rows = read_font_table("text/Times").glyphs.values()
    assert {row.name for row in rows} == {""}
    assert sum(row.advance is None for row in rows) == 32


def test_a_font_without_a_table_is_an_error() -> None:
    with pytest.raises(EngravingError, match="'NoFont'.*cannot be read"):
        read_font_table("NoFont")
