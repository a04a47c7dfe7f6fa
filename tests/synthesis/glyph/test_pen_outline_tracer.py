"""Strokes from outlines."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.assets.fonts import SmuflFont
from smashcima.geometry import Contours, Rectangle
from smashcima.synthesis.glyph.pen_outline_ink import written_outlines
from smashcima.synthesis.glyph.pen_outline_tracer import trace
from smashcima.synthesis.glyph.pen_thinning import paths_of, thinned
from smashcima.synthesis.glyph.skeletons.notation import bounds
from smashcima.synthesis.pen import PenWriter


def test_a_bar_is_one_stroke_along_its_middle() -> None:
    (stroke,) = trace(Contours.from_rectangle(Rectangle(0.0, -0.1, 2.0, 0.2)))
    left, top, right, bottom = bounds([stroke])
    assert (left, right) == pytest.approx((0.05, 1.95), abs=0.08)
    assert (top, bottom) == pytest.approx((0.0, 0.0), abs=0.03)
    assert stroke.widths == pytest.approx((1.0,) * len(stroke.widths), abs=0.2)


def test_a_cross_is_two_strokes() -> None:
    cross = Contours.union(
        [
            Contours.from_rectangle(Rectangle(0, 0.9, 2, 0.2)),
            Contours.from_rectangle(Rectangle(0.9, 0, 0.2, 2)),
        ]
    )
    strokes = trace(cross)
    assert len(strokes) == 2
    assert bounds(strokes) == pytest.approx((0.05, 0.05, 1.95, 1.95), abs=0.1)


def test_a_ring_is_a_closed_stroke() -> None:
    angles = np.linspace(0, 2 * np.pi, 60, endpoint=False)
    circle = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    (stroke,) = trace(Contours((circle, 0.8 * circle[::-1])))
    assert stroke.closed
    assert not stroke.filled
    assert np.hypot(*np.array(stroke.knots).T) == pytest.approx(np.full(len(stroke.knots), 0.9), abs=0.04)


def test_nothing_has_no_strokes() -> None:
    assert trace(Contours.empty()) == ()


def test_a_solid_shape_is_left_to_its_outline() -> None:
    assert trace(Contours.from_rectangle(Rectangle(0, 0, 1.5, 1.5))) == ()


def test_most_symbols_are_strokes() -> None:
    petaluma = SmuflFont.load("Petaluma")
    names = sorted(petaluma.names)[::25]
    outlines = [petaluma.glyph(name).outline for name in names]
    drawn = [outline for outline in outlines if not outline.is_empty]
    assert len(drawn) > 20
    assert sum(bool(trace(outline)) for outline in drawn) >= 0.7 * len(drawn)


def test_tracing_the_same_outline_gives_the_same_strokes() -> None:
    outline = SmuflFont.load("Petaluma").glyph("accidentalSori").outline
    assert trace(outline) == trace(outline)


def test_thinning_keeps_a_line_and_its_length() -> None:
    mask = np.zeros((20, 60), np.bool_)
    mask[8:13, 5:55] = True
    lines = thinned(mask)
    assert lines.sum(axis=0).max() == 1
    assert 44 <= lines.sum() <= 50
    (path,) = paths_of(lines)
    assert len(path) == lines.sum()


def test_a_lone_pixel_is_a_path() -> None:
    mask = np.zeros((5, 5), np.bool_)
    mask[2, 2] = True
    assert paths_of(mask) == [[(2, 2)]]


def test_bent_outlines_keep_their_holes_and_differ() -> None:
    square = np.array([(0, 0), (2, 0), (2, 2), (0, 2)], np.float64)
    outline = Contours((square, 0.5 + 0.5 * square[::-1]))
    writer = PenWriter(name="steady")
    one, other = written_outlines(outline, 1.8, writer, np.random.default_rng(1), 2).all()
    assert one != other
    for bent in (one, other):
        assert len(bent.rings) == 2
        assert bent.area == pytest.approx(3 * 1.8**2, rel=0.3)
