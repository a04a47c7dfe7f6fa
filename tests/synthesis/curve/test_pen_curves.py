"""Slurs, ties and braces by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smashcima.geometry.polygon import signed_area
from smashcima.synthesis.curve import PenCurveSynthesizer
from smashcima.synthesis.interfaces import CurveShape
from smashcima.synthesis.pen import PenWriter, PenWriterDomain
from smashcima.synthesis.pen.writer_domain import WriterChoice
from smashcima.testing import CurveSynthesizerContract

OUTER = np.array([[(0, 0), (8, -6), (22, -6), (30, 0)]], dtype=np.float64)
INNER = np.array([[(30, 0), (22, -5.4), (8, -5.4), (0, 0)]], dtype=np.float64)
SLUR = CurveShape(OUTER, INNER, 0.09)


def _curves(
    choice: WriterChoice, seed: int = 0, rng: np.random.Generator | None = None
) -> PenCurveSynthesizer:
    rng = rng or np.random.default_rng(seed)
    writers = PenWriterDomain(rng)
    writers.choice = choice
    return PenCurveSynthesizer(writers, rng)


class TestNeatCurves(CurveSynthesizerContract):
    labels = ("smashcima::slur", "smashcima::tie", "smufl::brace")

    def make_synthesizer(self) -> PenCurveSynthesizer:
        return _curves("neat", rng=self.streams.generator("curves"))


class TestAverageCurves(TestNeatCurves):
    distance = 0.8

    def make_synthesizer(self) -> PenCurveSynthesizer:
        return _curves("average", rng=self.streams.generator("curves"))


@pytest.mark.parametrize("writer", ["neat", "average", "hasty", "calligraphic", 3, 4])
def test_a_curve_is_one_ring_near_the_engravers(writer: WriterChoice) -> None:
    curves = _curves(writer)
    for _ in range(10):
        ink = curves.create_glyph("smashcima::slur", SLUR).region.contours
        assert len(ink.rings) == 1
        assert signed_area(ink.rings[0]) > 0
        box = ink.bbox()
        assert -7.5 < box.top < -2.5
        assert box.left == pytest.approx(0.0, abs=1.0)
        assert box.right == pytest.approx(30.0, abs=1.0)


def test_curves_are_never_alike_and_seldom_symmetric() -> None:
    curves = _curves("average")
    tops = set()
    for _ in range(20):
        ring = curves.create_glyph("smashcima::slur", SLUR).region.contours.rings[0]
        tops.add(round(float(ring[ring[:, 1].argmin(), 0]), 2))
    assert len(tops) >= 6


def test_equal_seeds_write_equal_curves() -> None:
    one, two = (_curves(4, seed=9).create_glyph("smashcima::tie", SLUR).region.contours for _ in range(2))
    assert one == two


def test_curves_are_as_thick_as_the_pen() -> None:
    writer = replace(PenWriter(), pen_width=0.4, stem_width=1.0, curve_swelling=0.0)
    area = _curves(writer).create_glyph("smashcima::slur", SLUR).region.contours.to_shapely()
    assert 2 * area.area / area.length == pytest.approx(0.46, abs=0.05)


def test_dashed_curves_have_gaps() -> None:
    shape = CurveShape(OUTER, np.zeros((0, 4, 2)), 0.2, (1.5, 1.0))
    ink = _curves("average").create_glyph("smashcima::slur", shape).region.contours
    assert 11 <= len(ink.rings) <= 15


def test_a_curve_of_no_length_does_no_harm() -> None:
    nothing = CurveShape(np.zeros((1, 4, 2)), np.zeros((1, 4, 2)), 0.1)
    ink = _curves("average").create_glyph("smashcima::slur", nothing).region.contours
    assert all(np.isfinite(ring).all() for ring in ink.rings)
