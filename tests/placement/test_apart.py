"""Words above each other, and signs beside barlines, stay apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smashcima.engraving import Engraving, Primitive, PrimitiveKind
from smashcima.placement import Quantity, place_by_hand
from smashcima.randomness import Stream
from tests.placement.test_near_the_music import SS, STILL, direction, hand, music, note

Sides = tuple[float, float, float, float]
SEEDS = range(12)
TWO_TEMPOS = (
    '<direction placement="above"><direction-type><words font-weight="bold">Allegretto</words></direction-type>'
    '<sound tempo="116"/></direction>'
    '<direction placement="above"><direction-type><metronome><beat-unit>half</beat-unit>'
    "<per-minute>66</per-minute></metronome></direction-type></direction>"
)


def sides(engraving: Engraving, kind: PrimitiveKind) -> list[Sides]:
    """Left, top, right and bottom of the primitives of a kind, from top to bottom."""
    return sorted((p.sides() for p in engraving.primitives(kind)), key=lambda box: box[1])


def test_a_metronome_mark_stays_above_the_words_below_it() -> None:
    written = music(TWO_TEMPOS + note())
    upper, lower = sides(written[1], PrimitiveKind.TEMPO)
    printed = lower[1] - upper[3]
    assert printed > 0
    moved = set()
    for seed in SEEDS:
        style = STILL.changed(words_y=Quantity(0.0, spread=2.0))
        after = place_by_hand(written[1], written[0], style, Stream(seed))
        upper, lower = sides(after, PrimitiveKind.TEMPO)
        assert lower[1] - upper[3] >= min(printed, 0.4 * SS) - 1e-6
        moved.add(round(lower[1] - upper[3], 3))
    assert len(moved) > 3  # otherwise each stays where its writer put it


@pytest.mark.parametrize("x", [-3.0, 3.0])
def test_a_dynamic_between_staves_is_not_written_on_a_barline(x: float) -> None:
    written = music(
        note() + direction("<dynamics><f/></dynamics>"), direction("<dynamics><p/></dynamics>") + note()
    )
    # One staff has no barlines below it, so they are made longer.
    page = written[1].pages[0]
    longer = [
        p.with_coordinates((*p.coordinates()[:3], p.coordinates()[3] + 8 * SS))
        if p.kind is PrimitiveKind.BARLINE
        else p
        for p in page.primitives
    ]
    engraving = _with(written[1], longer)
    bars = sides(engraving, PrimitiveKind.BARLINE)
    before = [box for box in sides(engraving, PrimitiveKind.DYNAMIC) if _clear(box, bars, 0.0)]
    assert before
    after = place_by_hand(engraving, written[0], STILL.changed(dynamic_x=x), Stream(1))
    bars = sides(after, PrimitiveKind.BARLINE)
    assert all(_clear(box, bars, 0.1 * SS) for box in sides(after, PrimitiveKind.DYNAMIC))


def _with(engraving: Engraving, primitives: list[Primitive]) -> Engraving:
    page = engraving.pages[0]
    return replace(engraving, pages=(replace(page, primitives=tuple(primitives)),))


def _clear(box: Sides, bars: list[Sides], gap: float) -> bool:
    """Whether a box is beside all barlines."""
    return all(box[2] + gap <= bar[0] or box[0] - gap >= bar[2] or box[1] >= bar[3] for bar in bars)


def test_signs_that_are_clear_of_others_are_not_moved() -> None:
    written = music(TWO_TEMPOS + note())
    still = hand(written)
    assert sides(still, PrimitiveKind.TEMPO) == sides(written[1], PrimitiveKind.TEMPO)
