"""Printed curves and words."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from shapely import Polygon

from smashcima.engraving import TextRun
from smashcima.geometry import Point, flatten_cubics
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.curve.printed_curve_synthesizer import PrintedCurveSynthesizer, outline_curve
from smashcima.synthesis.interfaces import CurveShape
from smashcima.synthesis.text import PrintedTextSynthesizer

NO_CUBICS = np.zeros((0, 4, 2))


def slur(bend: float, thickness: float, stroke: float) -> CurveShape:
    outer = np.array([[(0, 0), (10, bend), (30, bend), (40, 2)]], dtype=np.float64)
    inner = np.array([[(40, 2), (30, bend + thickness), (10, bend + thickness), (0, 0)]], dtype=np.float64)
    return CurveShape(outer, inner, stroke)


@pytest.mark.parametrize("bend", [-9.0, 9.0])
@pytest.mark.parametrize("thickness", [1.0, -1.0])
def test_a_slur_is_its_area_drawn_over_with_a_round_pen(bend: float, thickness: float) -> None:
    shape = slur(bend, thickness, 0.2)
    outer, inner = flatten_cubics(shape.outer, 0.002), flatten_cubics(shape.inner, 0.002)
    expected = Polygon(np.concatenate([outer, inner])).buffer(0.1)
    outline = outline_curve(shape).to_shapely()
    assert outline.symmetric_difference(expected).area < 0.005 * expected.area
    assert outline.is_valid


def test_a_curve_without_inner_side_is_a_plain_stroke() -> None:
    shape = CurveShape(slur(-9, 1, 0).outer, NO_CUBICS, 0.5)
    length = np.hypot(*np.diff(flatten_cubics(shape.outer, 0.001), axis=0).T).sum()
    area = outline_curve(shape).to_shapely().area
    assert area == pytest.approx(0.5 * length + np.pi * 0.25**2, rel=0.01)


def test_a_dashed_curve_has_gaps() -> None:
    outer = slur(-9, 1, 0).outer
    whole = outline_curve(CurveShape(outer, NO_CUBICS, 0.3)).to_shapely().area
    dashed = outline_curve(CurveShape(outer, NO_CUBICS, 0.3, (1.0, 1.0))).to_shapely()
    assert 0.45 * whole < dashed.area < 0.75 * whole
    assert len(dashed.geoms) > 10


def test_equal_curves_have_their_own_rings() -> None:
    synthesizer = PrintedCurveSynthesizer()
    first, second, thicker = (
        synthesizer.create_glyph("smashcima::slur", slur(-9, 1, stroke)).region.contours
        for stroke in (0.2, 0.2, 0.4)
    )
    assert first == second == outline_curve(slur(-9, 1, 0.2))
    assert first.rings[0] is not second.rings[0]
    assert thicker == outline_curve(slur(-9, 1, 0.4))


def box_of(*runs: TextRun) -> tuple[float, float, float, float]:
    page = AffineSpace()
    box = PrintedTextSynthesizer().synthesize_text("smashcima::text", page, runs).bbox_in(page)
    return box.left, box.top, box.right, box.bottom


def test_words_are_anchored() -> None:
    start = box_of(TextRun("Hamm", 10.0, origin=Point(100, 50)))
    width = start[2] - start[0]
    middle = box_of(TextRun("Hamm", 10.0, origin=Point(100, 50), anchor="middle"))
    end = box_of(TextRun("Hamm", 10.0, origin=Point(100, 50), anchor="end"))
    assert start[0] == pytest.approx(100, abs=0.5)
    assert (middle[0] + middle[2]) / 2 == pytest.approx(100, abs=0.5)
    assert end[2] == pytest.approx(100, abs=0.5)
    assert width == pytest.approx(10 * (0.722 + 0.444 + 2 * 0.778), abs=0.6)


def test_an_anchor_holds_for_the_whole_chunk() -> None:
    left, _, right, _ = box_of(
        TextRun("Ham", 10.0, origin=Point(100, 50), anchor="middle"), TextRun("mah", 10.0, bold=True)
    )
    assert (left + right) / 2 == pytest.approx(100, abs=0.7)


def test_letters_can_be_spaced_and_raised() -> None:
    plain = box_of(TextRun("HH", 10.0, origin=Point(0, 0)))
    spaced = box_of(TextRun("HH", 10.0, origin=Point(0, 0), letter_spacing=3.0))
    raised = box_of(TextRun("HH", 10.0, origin=Point(0, 0), baseline_shift=4.0))
    assert spaced[2] - plain[2] == pytest.approx(3.0)
    assert raised[3] - plain[3] == pytest.approx(-4.0)


def test_music_symbols_among_words_come_from_the_music_font() -> None:
    left, top, right, bottom = box_of(TextRun("\ue0a4", 8.0, family="Bravura", origin=Point(0, 0)))
    assert right - left == pytest.approx(1.18 * 2, abs=0.02)
    assert bottom - top == pytest.approx(2.0, abs=0.02)
    sharp = box_of(TextRun("♯", 8.0, origin=Point(0, 0)))
    assert sharp[3] - sharp[1] > 3


def test_characters_that_no_font_has_are_named() -> None:
    synthesizer = PrintedTextSynthesizer()
    assert synthesizer.missing_characters(TextRun("Žluťoučký ♯ 中中", 4.0)) == ("中",)
    assert synthesizer.missing_characters(TextRun("Größe – “ok” \ue0a4", 4.0)) == ()


def test_equal_texts_have_their_own_rings_and_colours() -> None:
    synthesizer = PrintedTextSynthesizer()
    run = TextRun("so", 4.0, origin=Point(0, 0))
    first = synthesizer.create_glyph("smashcima::text", [run])
    synthesizer.color = (9, 8, 7, 255)
    second = synthesizer.create_glyph("smashcima::lyric", [run])
    rings, others = first.region.contours.rings, second.region.contours.rings
    assert len(rings) == len(others) == 3  # the letter o has a hole
    assert all(np.array_equal(a, b) and a is not b for a, b in zip(rings, others, strict=True))
    assert (second.label, second.paths[0].color) == ("smashcima::lyric", (9, 8, 7, 255))


@pytest.mark.parametrize("change", [{"font_size": 8.0}, {"stretch": 2.0}, {"origin": Point(1, 0)}])
def test_a_text_is_set_anew_if_anything_of_it_changes(change: dict[str, object]) -> None:
    synthesizer = PrintedTextSynthesizer()
    run = TextRun("so", 4.0, origin=Point(0, 0))
    changed = replace(run, **change)
    outlines = [
        synthesizer.create_glyph("smashcima::text", [each]).region.contours for each in (run, changed)
    ]
    assert outlines[1] == PrintedTextSynthesizer().create_glyph("smashcima::text", [changed]).region.contours
    assert outlines[0] != outlines[1]


def test_music_in_a_text_follows_the_music_font() -> None:
    synthesizer = PrintedTextSynthesizer("Leland")
    run = TextRun("\ue1d5", 4.0, origin=Point(0, 0))
    leland = synthesizer.create_glyph("smashcima::text", [run]).region.contours
    synthesizer.music_font = "Petaluma"
    assert synthesizer.create_glyph("smashcima::text", [run]).region.contours != leland
