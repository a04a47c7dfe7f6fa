"""Noteheads that the music fonts lack."""

from __future__ import annotations

import pytest

from smashcima.assets.fonts import SMUFL_FONT_NAMES, SmuflFont, symbol_box
from smashcima.assets.fonts.drawn_noteheads import CODE_POINTS, drawn_notehead
from smashcima.scene.visual import SmuflLabels
from smashcima.scene.visual.labels.notehead_families import MEI_FAMILIES, NOTEHEAD_FAMILIES


@pytest.mark.parametrize("font", SMUFL_FONT_NAMES)
def test_every_font_has_all_heads_of_all_families(font: str) -> None:
    families = (*NOTEHEAD_FAMILIES.values(), *MEI_FAMILIES.values())
    names = {name for family in families for name in family}
    assert len(names) > 80
    for name in names:
        glyph = SmuflFont.load(font).glyph(name)
        assert not glyph.outline.is_empty
        assert symbol_box(name, font) is not None
        assert SmuflLabels(f"smufl::{name}").code_point == glyph.code_point


@pytest.mark.parametrize("font, width", [("Bravura", 1.18), ("Leland", 1.3)])
def test_heads_are_as_wide_as_the_black_head_of_the_font(font: str, width: float) -> None:
    for name in (
        "noteShapeMoonBlack",
        "noteheadTriangleUpHalf",
        "noteShapeSquareWhite",
        "noteShapeRoundBlack",
    ):
        box = SmuflFont.load(font).glyph(name).outline.bbox()
        assert (box.left, box.right) == pytest.approx((0.0, width))


def test_open_heads_are_the_outlines_of_filled_ones() -> None:
    for name in CODE_POINTS:
        if name.startswith("noteShape") and name.endswith("White"):
            white, black = drawn_notehead(name), drawn_notehead(name.replace("White", "Black"))
            assert white is not None and black is not None  # noqa: PT018 - for the type checker
            assert len(white.outline.rings) == 2
            area, whole = white.outline.to_shapely().area, black.outline.to_shapely().area
            assert 0.3 * whole < area < 0.95 * whole


def test_stems_meet_the_corners_of_shapes() -> None:
    moon, triangle = drawn_notehead("noteShapeMoonBlack"), drawn_notehead("noteheadTriangleUpBlack")
    assert moon is not None and triangle is not None  # noqa: PT018 - for the type checker
    assert moon.anchors["stemUpSE"].y == pytest.approx(-0.37)  # y points down: at the upper edge
    assert triangle.anchors["stemDownNW"].y == pytest.approx(0.45)
    assert drawn_notehead("noteheadBlack") is None
