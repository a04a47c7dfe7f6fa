"""The music fonts."""

from __future__ import annotations

import math
import pickle

import pytest

from smashcima.assets.fonts import SMUFL_FONT_NAMES, SmuflFont
from smashcima.errors import SettingsError, UnsupportedLabelError
from smashcima.geometry import Point


def test_a_notehead_of_bravura_is_a_staff_space_high_and_wider() -> None:
    glyph = SmuflFont.load("Bravura").glyph("noteheadBlack")
    assert glyph.code_point == 0xE0A4
    assert (glyph.bounds.left, glyph.bounds.top) == (0.0, -0.5)
    assert (glyph.bounds.width, glyph.bounds.height) == (1.18, 1.0)
    assert glyph.advance == 1.18


def test_anchors_have_y_down() -> None:
    anchors = SmuflFont.load("Bravura").glyph("noteheadBlack").anchors
    assert anchors["stemUpSE"] == Point(1.18, -0.17)
    assert anchors["stemDownNW"] == Point(0.0, 0.17)


def test_a_g_clef_reaches_farther_up_than_down() -> None:
    box = SmuflFont.load("Leland").glyph("gClef").outline.bbox()
    assert -5 < box.top < -3.5
    assert 2 < box.bottom < 3


def test_a_hollow_notehead_has_a_hole() -> None:
    outline = SmuflFont.load("Leipzig").glyph("noteheadHalf").outline
    assert len(outline.rings) == 2
    assert outline.to_shapely().area < 0.8 * outline.bbox().area


@pytest.mark.parametrize("font", SMUFL_FONT_NAMES)
@pytest.mark.parametrize("name", ["noteheadBlack", "gClef", "restQuarter", "accidentalSharp", "flag8thUp"])
def test_outlines_fill_the_box_of_the_fonts_table(font: str, name: str) -> None:
    glyph = SmuflFont.load(font).glyph(name)
    box, table = glyph.outline.bbox(), glyph.bounds
    # The engraver's pen adds half a font unit, 0.002 staff spaces, on every side.
    for side in ("left", "top"):
        assert getattr(table, side) - 0.006 <= getattr(box, side) <= getattr(table, side) + 0.004
    for side in ("right", "bottom"):
        assert getattr(table, side) - 0.004 <= getattr(box, side) <= getattr(table, side) + 0.006


@pytest.mark.parametrize(
    "name", ["noteheadBlack", "gClef", "stem", "mensuralCombStemUp", "noteheadDiamondBlack", "none"]
)
@pytest.mark.parametrize("font", ["Bravura", "Petaluma"])
def test_bounds_are_those_of_the_symbol_that_is_found(font: str, name: str) -> None:
    found = SmuflFont.load(font).find(name)
    assert SmuflFont.load(font).bounds_of(name) == (None if found is None else found.bounds)


@pytest.mark.parametrize("font", SMUFL_FONT_NAMES)
def test_every_listed_symbol_is_found(font: str) -> None:
    names = SmuflFont.load(font).names
    assert len(names) > 200
    assert all(SmuflFont.load(font).has(name) for name in names)


def test_curves_have_no_visible_corners() -> None:
    (ring,) = SmuflFont.load("Bravura").glyph("repeatDot").outline.rings
    radii = [math.hypot(x - 0.2, y) for x, y in ring.tolist()]
    assert max(radii) - min(radii) < 0.004
    assert len(ring) >= 20


def test_what_a_font_lacks_comes_from_another() -> None:
    assert "accidental1CommaFlat" not in SmuflFont.load("Gootville").names
    assert SmuflFont.load("Gootville").glyph("accidental1CommaFlat").font == "Leipzig"


def test_a_symbol_that_is_only_listed_comes_from_another() -> None:
    glyph = SmuflFont.load("Petaluma").glyph("mensuralCombStemUp")
    assert glyph.font != "Petaluma"
    assert not glyph.outline.is_empty


def test_blank_symbols_stay_blank() -> None:
    assert SmuflFont.load("Bravura").glyph("noteheadNull").outline.is_empty


def test_symbols_are_found_by_code_point_too() -> None:
    font = SmuflFont.load("Leland")
    assert font.glyph(0xE0A4) is font.glyph("noteheadBlack")
    assert font.glyph("uniE0A4") is font.glyph("noteheadBlack")


def test_an_unknown_symbol_is_named_in_the_error() -> None:
    font = SmuflFont.load("Leland")
    assert font.find("noteheadPurple") is None
    with pytest.raises(UnsupportedLabelError, match="noteheadPurple"):
        font.glyph("noteheadPurple")
    with pytest.raises(UnsupportedLabelError, match=r"U\+1234"):
        font.glyph(0x1234)


def test_an_unknown_font_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(SettingsError, match="Petaluma"):
        SmuflFont.load("Comic Sans")


def test_fonts_are_loaded_once_also_through_pickles() -> None:
    font = SmuflFont.load("Bravura")
    assert SmuflFont.load("Bravura") is font
    assert pickle.loads(pickle.dumps(font)) is font
