"""Placement of the symbols of single staves, which are short and may have any content."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.engravers.staff import StaffEngraver, StaffSpacing
from smashcima.engraving import Engraving, LayoutOptions, PrimitiveKind
from smashcima.loading.mashcima import score_of_annotation
from smashcima.placement import PlacementStyle, place_by_hand
from smashcima.randomness import Stream

OPTIONS = LayoutOptions(breaks="none", staff_space=2.0)


def placed(annotation: str, seed: int) -> Engraving:
    score, _ = score_of_annotation(annotation)
    engraving = StaffEngraver(StaffSpacing(padding_ss=(0.6, 0.6))).engrave(score, OPTIONS)
    return place_by_hand(
        engraving, score, PlacementStyle.from_seed(seed, amplitude=2.5), Stream.of_sample(seed, 0)
    )


@pytest.mark.parametrize("seed", range(12))
def test_signatures_at_the_ends_of_a_staff_stay_on_it(seed: int):
    made = placed("#4 #1 q0 | q1 N3 N0 b2 b-1", seed)
    (staff,) = made.systems[0].staves
    sides = np.array([sign.sides() for sign in made.primitives(PrimitiveKind.KEY_ACCIDENTAL)])
    assert len(sides) == 6
    assert sides[:, 0].min() > staff.left
    assert sides[:, 2].max() < staff.right
