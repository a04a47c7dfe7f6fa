"""Ink of writers that is larger than the printed symbols, and what stands beside it."""

from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Engraving, LayoutOptions, PrimitiveKind, SymbolBoxes
from smashcima.loading import load_score
from smashcima.placement import PlacementStyle, Quantity, font_symbol_box, place_by_hand
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score
from tests.placement.test_near_the_music import music, note

SS = 1.75
"""Staff space of the engraver, in mm."""
TUNE = "X:1\nL:1/4\nM:3/4\nK:C\n" + "CDE|FGA|" * 40
TWO_VOICES = "X:1\nL:1/4\nM:2/4\nK:C\nV:1\nz d & G2|]"


def score_of(tune: str) -> tuple[Score, Engraving]:
    score = load_score(data=tune, format="abc").score
    return score, engrave(score, LayoutOptions())


def taller(prefix: str, height: float) -> SymbolBoxes:
    """Ink of some symbols that is `height` staff spaces high, about the middle of the printed ones."""

    def box_of(name: str, font: str) -> tuple[float, float, float, float]:
        left, top, right, bottom = font_symbol_box(name, font)
        if not name.startswith(prefix):
            return left, top, right, bottom
        middle = (top + bottom) / 2
        return left, middle - height / 2, right, middle + height / 2

    return box_of


def placed(written: tuple[Score, Engraving], boxes: SymbolBoxes, **quantities: Quantity | float) -> Engraving:
    score, engraving = written
    return place_by_hand(engraving, score, PlacementStyle.average().changed(**quantities), Stream(3), boxes)


def sides(engraving: Engraving, kind: PrimitiveKind, boxes: SymbolBoxes) -> list[tuple[float, float]]:
    """Top and bottom of the ink of primitives, in mm."""
    found = []
    for primitive in engraving.primitives(kind):
        _, top, _, bottom = primitive.reach(boxes)
        y = primitive.coordinates()[1]
        found.append((y + top, y + bottom))
    return sorted(found)


@pytest.mark.parametrize("height", [2.2, 3.4])
def test_the_two_numbers_of_a_time_signature_stay_apart_however_tall_they_are_written(height: float) -> None:
    boxes = taller("timeSig", height)
    after = placed(score_of(TUNE), boxes)
    upper, lower = sides(after, PrimitiveKind.TIME_SIGNATURE, boxes)
    assert (lower[0] - upper[1]) / SS == pytest.approx(0.25, abs=0.01)
    assert (lower[1] - upper[0]) / SS < 2 * height + 0.26


def test_a_measure_number_stands_above_the_clef_that_the_writer_makes_tall() -> None:
    boxes = taller("gClef", 9.0)
    after = placed(music(*[note()] * 40), boxes)
    clefs = sides(after, PrimitiveKind.CLEF, boxes)
    number = next(iter(after.primitives(PrimitiveKind.MEASURE_NUMBER)))
    assert number.bounds().bottom < clefs[1][0]  # the clef of the second system


def test_a_rest_keeps_clear_of_the_note_of_another_voice() -> None:
    boxes = taller("rest", 3.4)
    after = placed(score_of(TWO_VOICES), boxes, rest_y=2.0, rest_x=0.0)
    [rest] = sides(after, PrimitiveKind.REST, boxes)
    heads = sides(after, PrimitiveKind.NOTEHEAD, font_symbol_box)
    assert rest[1] < heads[-1][0]  # the lowest head is that of the other voice


def test_alignment_of_staves_does_not_change_the_spacing_of_a_staff_alone() -> None:
    written = score_of(TUNE)
    still = dict.fromkeys(PlacementStyle().quantities)
    style = PlacementStyle().changed(**still).changed(alignment=Quantity(0.0, 0.4))
    after = place_by_hand(written[1], written[0], style, Stream(3))
    for old, new in zip(written[1].primitives(), after.primitives(), strict=True):
        assert new.coordinates() == pytest.approx(old.coordinates())


def test_spreads_change_and_means_stay() -> None:
    style = PlacementStyle.from_seed(4)
    calm = style.with_spreads(0.5)
    for name, quantity in style.quantities.items():
        other = calm.quantities[name]
        assert quantity is not None
        assert other is not None
        assert (other.mean, other.spread) == (quantity.mean, pytest.approx(quantity.spread / 2))
