"""The white space of lyrics that the writer writes wider than print."""

from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import LayoutOptions, PrimitiveKind
from smashcima.loading import load_score
from smashcima.placement import PlacementStyle, place_by_hand
from smashcima.randomness import Stream

WIDTH = 18.0
"""The width that the writer needs for each syllable, in mm."""


@pytest.mark.parametrize(("lyrics", "white_ss"), [("schwimmt mit", 1.3), ("schwimm- men", 0.75)])
def test_words_are_further_apart_than_the_syllables_of_a_word(lyrics: str, white_ss: float) -> None:
    tune = f"X:1\nL:1/4\nM:none\nK:C\nz4 c/d/ z4|]\nw: {lyrics}\n"
    score = load_score(data=tune, format="abc").score
    engraving = engrave(score, LayoutOptions(justify=False))
    unit = engraving.systems[0].staves[0].staff_space
    style = PlacementStyle.from_seed(1).changed(lyric_x=None, lyric_y=None)
    placed = place_by_hand(engraving, score, style, Stream(1), text_widths=lambda _: WIDTH)
    first, second = sorted(box.bounds().center.x for box in placed.primitives(PrimitiveKind.LYRIC))
    assert second - first == pytest.approx(WIDTH + white_ss * unit, abs=0.05)
