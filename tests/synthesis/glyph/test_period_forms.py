"""Forms of symbols of the 17th to 19th century."""

from __future__ import annotations

import numpy as np
import pytest

import smashcima as sc
from smashcima.scene.visual import ClefMark
from smashcima.synthesis.glyph.skeletons import forms_of
from smashcima.synthesis.glyph.skeletons.notation import bounds
from smashcima.synthesis.pen import PERIODS

OF_THE_TIME = ("baroque", "classical", "romantic")


def test_all_periods_have_forms() -> None:
    assert ("", *OF_THE_TIME) == PERIODS


@pytest.mark.parametrize("period", OF_THE_TIME)
@pytest.mark.parametrize(
    "name", ["noteheadBlack", "restQuarter", "gClef", "fClef", "cClef", "accidentalSharp"]
)
def test_symbols_of_a_period_have_several_forms_that_differ_from_those_of_today(
    period: str, name: str
) -> None:
    old, new = forms_of(name, period), forms_of(name)
    assert old is not None
    assert new is not None
    assert len(old.forms) >= 2
    assert not {form.strokes for form in old.forms} & {form.strokes for form in new.forms}


@pytest.mark.parametrize("period", OF_THE_TIME)
def test_other_symbols_are_those_of_today(period: str) -> None:
    assert forms_of("ornamentMordent", period) == forms_of("ornamentMordent") is not None
    assert forms_of("noSuchSymbol", period) is None


@pytest.mark.parametrize("period", OF_THE_TIME)
def test_dynamics_and_flags_are_those_of_the_time(period: str) -> None:
    for name in (
        "dynamicForte",
        "dynamicPP",
        "dynamicMF",
        "flag8thUp",
        "flag16thDown",
        "fermataAbove",
        "timeSig4",
    ):
        old, new = forms_of(name, period), forms_of(name)
        assert old is not None
        assert new is not None
        assert {form.strokes for form in old.forms} != {form.strokes for form in new.forms}
    known = [forms_of(f"flag{count}Up", period) for count in ("8th", "16th", "32nd")]
    for count, forms in enumerate(known, 1):
        assert forms is not None
        # One stroke a flag; those of three flags and more have a piece of stem.
        assert {len(form.strokes) for form in forms.forms} == {count + (count > 2)}


def test_eighth_rests_have_a_hook_for_each_halving_and_a_long_stem() -> None:
    for period in ("baroque", "classical"):
        heights = []
        for count, name in enumerate(("rest8th", "rest16th", "rest32nd", "rest64th"), 1):
            known = forms_of(name, period)
            assert known is not None
            for form in known.forms:
                assert len(form.strokes) == count
                _, top, _, bottom = bounds(form.strokes)
                assert abs(top + bottom) < 0.8  # in the middle of the staff
            heights.append(bottom - top)
        assert heights == sorted(heights)
    assert forms_of("rest8th", "romantic") == forms_of("rest8th")


@pytest.mark.parametrize("period", ["baroque", "classical"])
def test_heads_are_round_and_large(period: str) -> None:
    known = forms_of("noteheadBlack", period)
    assert known is not None
    for form in known.forms:
        left, top, right, bottom = bounds(form.strokes)
        assert 0.6 < right - left < 0.95
        assert 0.5 < bottom - top < 0.8


@pytest.mark.parametrize("period", OF_THE_TIME)
@pytest.mark.parametrize(
    "name, low, high", [("gClef", -3.4, 2.8), ("fClef", -1.1, 2.2), ("cClef", -2.2, 2.2)]
)
def test_clefs_have_their_place(period: str, name: str, low: float, high: float) -> None:
    known = forms_of(name, period)
    assert known is not None
    for form in known.forms:
        _, top, _, bottom = bounds(form.strokes)
        assert low <= top < bottom <= high


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("hand", ["quill", "copyist", "steel-nib"])
def test_clefs_are_drawn_on_their_line(hand: str, seed: int) -> None:
    tune = "X:1\nM:4/4\nL:1/4\nK:C bass\nC,4|[K:clef=alto]C4|[K:clef=treble]c4|]\n"
    model = sc.BaseHandwrittenModel(seed=1, hand=hand, writer=seed, dpi=60)  # type: ignore[arg-type]
    scene = model(data=tune, format=".abc", index=0)
    lines = {"f": 1, "c": 2, "g": 3}  # from the top line
    clefs = [clef for page in scene.pages for clef in ClefMark.many_of(page, "page")]
    assert len(clefs) >= 3
    for clef in clefs:
        assert clef.staff is not None
        y = clef.glyph.space.transform.apply_to(np.zeros((1, 2)))[0, 1]
        drawn = (y - clef.staff.line_ys[0]) / clef.staff.staff_space
        assert drawn == pytest.approx(lines[clef.label.name[0]], abs=0.6)
