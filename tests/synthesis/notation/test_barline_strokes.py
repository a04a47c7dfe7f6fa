"""Barlines across staves are one stroke, cut into the pieces that were engraved."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

import smashcima as sc
from smashcima.exporting.annotation.whole_signs import whole_signs
from smashcima.scene.visual import BarlineMark, VisualObject

EXAMPLE = Path(__file__).parents[3] / "assets" / "example" / "example.musicxml"


def strokes(scene: sc.orchestration.MusicScene) -> list[tuple[BarlineMark, ...]]:
    """The barlines that have several pieces, from the top down."""
    drawn = [thing for thing in scene.find(VisualObject) if isinstance(thing, BarlineMark)]
    wholes = whole_signs(drawn)
    assert len(wholes) < len(drawn)
    return [whole.pieces for whole in wholes if len(whole.pieces) > 1]


@cache
def by_hand(seed: int) -> sc.MusicScene:
    """The first page."""
    return sc.BaseHandwrittenModel(hand="pen", seed=seed)(EXAMPLE, pages=[0])


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_pieces_of_a_stroke_by_hand_meet_without_a_jump(seed: int) -> None:
    scene = by_hand(seed)
    checked = 0
    for pieces in strokes(scene):
        for above, below in pairwise(pieces):
            upper, lower = above.bbox(), below.bbox()
            assert upper.bottom - lower.top == pytest.approx(0.08, abs=1e-6)
            ends = above.glyph.end_point.in_space(above.page.space)
            starts = below.glyph.start_point.in_space(below.page.space)
            assert (ends.x, ends.y) == (starts.x, starts.y)
            checked += 1
    assert checked > 30


def test_all_pieces_of_a_stroke_are_of_one_ink() -> None:
    scene = by_hand(1)
    for pieces in strokes(scene):
        assert len({path.color for piece in pieces for path in piece.glyph.paths}) == 1


def test_nothing_of_the_whole_stroke_is_left_on_the_page() -> None:
    scene = by_hand(1)
    page = scene.pages[0]
    drawn = {thing.glyph.space for thing in VisualObject.many_of(page, "page")}
    spaces = set(sc.AffineSpace.many_of(page.space, "parent_space"))
    assert spaces == drawn


def test_printed_barlines_stay_where_they_were_engraved() -> None:
    scene = sc.EngravedModel(seed=0)(EXAMPLE, pages=[0])
    for pieces in strokes(scene):
        for piece in pieces:
            box, line = piece.bbox(), piece.primitive
            assert box.width == pytest.approx(line.width)
            assert box.center.x == pytest.approx(line.start.x)
            assert box.top == pytest.approx(line.start.y, abs=0.041)
            assert box.bottom == pytest.approx(line.end.y, abs=0.041)
