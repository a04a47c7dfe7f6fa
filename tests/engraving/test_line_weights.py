"""Thickness of printed lines."""

from __future__ import annotations

import numpy as np
import pytest

import smashcima as sc
from smashcima.engraving import Engraving, Line, LineWeights, PrimitiveKind, VariedLineWeights
from smashcima.errors import SettingsError
from smashcima.randomness import Stream

SCORE = "L:1/4\nK:C\nCDEF|a2 c'2|]"


@pytest.fixture(scope="module")
def engraving() -> Engraving:
    model = sc.EngravedModel(seed=1)
    return model.lay_out(sc.load_score(data=SCORE, format="abc"))


def widths(engraving: Engraving, kind: PrimitiveKind) -> set[float]:
    """In staff spaces of 1.75 mm."""
    return {
        round(each.width / 1.75, 3)
        for page in engraving.pages
        for each in page.primitives
        if each.kind is kind and isinstance(each, Line)
    }


def test_lines_get_their_weights(engraving: Engraving):
    weights = LineWeights(staff_line_ss=0.2, stem_ss=0.15, ledger_line_ss=0.25, barline_ss=0.18)
    changed = weights.applied_to(engraving)
    assert widths(changed, PrimitiveKind.STAFF_LINE) == {0.2}
    assert widths(changed, PrimitiveKind.STEM) == {0.15}
    assert widths(changed, PrimitiveKind.LEDGER_LINE) == {0.25}


def test_bold_barlines_stay_bold(engraving: Engraving):
    before = widths(engraving, PrimitiveKind.BARLINE)
    after = widths(LineWeights(barline_ss=0.18).applied_to(engraving), PrimitiveKind.BARLINE)
    bold = {width for width in before if width > 0.3}
    assert len(bold) == 1
    assert after == {0.18, *bold}


def test_nothing_moves(engraving: Engraving):
    changed = LineWeights().applied_to(engraving)
    for before, after in zip(engraving.pages[0].primitives, changed.pages[0].primitives, strict=True):
        assert np.array_equal(before.points, after.points)


def test_drawn_weights_are_those_of_editions():
    drawn = [LineWeights.drawn(Stream(seed).generator()) for seed in range(200)]
    staff = np.array([weights.staff_line_ss for weights in drawn])
    assert 0.11 < np.median(staff) < 0.14
    assert staff.min() < 0.09
    assert staff.max() > 0.18
    assert np.mean([weights.ledger_line_ss > weights.staff_line_ss for weights in drawn]) > 0.95


def test_impossible_weights_are_refused():
    with pytest.raises(SettingsError, match="stem_ss must be between 0.02 and 0.4 staff spaces, not 2"):
        LineWeights(stem_ss=2)


def test_clean_pages_have_the_lines_of_the_engraver_and_degraded_ones_those_of_an_edition():
    assert sc.EngravedModel(seed=1).line_weights == "engraver"
    assert sc.EngravedModel(seed=1, postprocessing="clean").line_weights == "engraver"
    assert sc.EngravedModel(seed=1, postprocessing="scan").line_weights == "varied"
    assert sc.EngravedModel(seed=1, look="photo").line_weights == "varied"
    assert sc.EngravedModel(seed=1, look="photo", line_weights="engraver").line_weights == "engraver"


def test_the_weights_of_a_sample_depend_on_its_address_only():
    def lines(index: int) -> np.ndarray:
        model = sc.EngravedModel(seed=4, line_weights="varied", dpi=100)
        scene = model(data=SCORE, format="abc", index=index)
        return scene.compose_page(scene.pages[0]).bitmap

    assert np.array_equal(lines(0), lines(0))
    assert not np.array_equal(lines(0), lines(1))


def test_other_line_weights_are_refused():
    with pytest.raises(
        SettingsError, match="line_weights must be 'engraver', 'varied', LineWeights or VariedLineWeights"
    ):
        sc.EngravedModel(line_weights="thick")


def test_weights_are_part_of_the_recipe():
    model = sc.EngravedModel(seed=1, line_weights=LineWeights(stem_ss=0.2))
    again = sc.Recipe.from_dict(model.recipe.to_dict()).build()
    assert again.line_weights == LineWeights(stem_ss=0.2)


def test_the_lines_of_an_edition_go_with_its_staff_lines():
    edition = VariedLineWeights(staff_line_ss=0.2, spread=0.0).drawn(np.random.default_rng(1))
    assert edition.staff_line_ss == 0.2
    assert 0.16 <= edition.stem_ss <= 0.24
    with pytest.raises(SettingsError, match="staff_line_ss"):
        VariedLineWeights(staff_line_ss=0.5)
    with pytest.raises(SettingsError, match="spread"):
        VariedLineWeights(spread=-1.0)
