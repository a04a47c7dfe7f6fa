"""Pens that write like the writers of a store."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.assets.glyphs import GlyphStore
from smashcima.geometry import Point
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.glyph import PenGlyphSynthesizer
from smashcima.synthesis.interfaces import LinePen
from smashcima.synthesis.line import PenLineSynthesizer
from smashcima.synthesis.pen.priors import PRIORS
from smashcima.synthesis.samples import SampledWriterDomain, fit_pen_writer

# Lines of 8 px are 9 px wide, those of 4 px 5 px; at 28 px a staff space of 1.8 mm.
THICKNESS_MM = {"anna": 9 / 28 * 1.8, "bert": 5 / 28 * 1.8}


def area_per_length(area: float, length: float) -> float:
    return area / length


@pytest.mark.parametrize("writer", ["anna", "bert"])
def test_the_pen_draws_stems_as_thick_as_the_writer_does(store: GlyphStore, writer: str) -> None:
    rng = np.random.default_rng(1)
    domain = SampledWriterDomain(store, rng)
    domain.choice = writer
    lines, page = PenLineSynthesizer(domain, rng), AffineSpace()
    drawn = [
        lines.synthesize_line(
            "smufl::stem", page, Point(0, 0), Point(0, 12), LinePen(0.19)
        ).region.contours.area
        for _ in range(30)
    ]
    assert np.median(drawn) / 12 == pytest.approx(THICKNESS_MM[writer], rel=0.15)


@pytest.mark.parametrize("writer", ["anna", "bert"])
def test_the_pen_writes_missing_symbols_with_the_writer_s_stroke(store: GlyphStore, writer: str) -> None:
    # A bar of a tenuto is one stroke.
    rng = np.random.default_rng(1)
    domain = SampledWriterDomain(store, rng)
    domain.choice = writer
    glyphs = PenGlyphSynthesizer(domain, rng)
    widths = []
    for _ in range(30):
        outline = glyphs.create_glyph("smufl::articTenutoAbove").region.contours
        box = outline.bbox()
        widths.append(outline.area / np.hypot(box.width, box.height))
    assert np.median(widths) == pytest.approx(THICKNESS_MM[writer], rel=0.15)


def test_slanted_hands_get_slanted_pens(store: GlyphStore) -> None:
    upright, slanted = (fit_pen_writer(store, writer) for writer in ("anna", "bert"))
    assert slanted.slant > upright.slant + 4


def test_beams_get_their_own_thickness(store: GlyphStore) -> None:
    pen = fit_pen_writer(store, "bert")
    assert pen.beam_width == pytest.approx(7 / 28 * 1.8, rel=0.15)
    assert pen.beam_strokes == 1


def test_the_name_of_the_writer_chooses_the_forms(store: GlyphStore) -> None:
    assert fit_pen_writer(store, "anna") == fit_pen_writer(store, "anna")
    assert fit_pen_writer(store, "anna", "a").seed != fit_pen_writer(store, "anna", "b").seed


def test_a_writer_of_whom_little_is_known_is_as_usual(store: GlyphStore) -> None:
    from smashcima.assets.glyphs import DrawnGlyph

    dot = DrawnGlyph("smufl::augmentationDot", np.full((6, 6), 255, np.uint8), (3, 3), 28.0, "carla")
    pen = fit_pen_writer(GlyphStore.from_glyphs([dot]), "carla")
    assert pen.pen_width == pytest.approx(PRIORS["pen_width"].median)
    assert pen.size == 1.0
