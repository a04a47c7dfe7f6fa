"""Clefs and the positions they give; keys and times."""

from __future__ import annotations

from fractions import Fraction

import pytest

from smashcima.scene.semantic import (
    Clef,
    ClefShape,
    KeyAccidental,
    KeySignature,
    Pitch,
    Step,
    TimeSignature,
    TimeSignatureGroup,
    TimeSymbol,
)


@pytest.mark.parametrize(
    ("shape", "line", "octaves", "middle"),
    [
        ("G", 2, 0, "B4"), ("G", 1, 0, "D5"), ("F", 4, 0, "D3"), ("F", 3, 0, "F3"), ("C", 3, 0, "C4"),
        ("C", 4, 0, "A3"), ("C", 1, 0, "G4"), ("C", 2, 0, "E4"), ("G", 2, -1, "B3"), ("G", 2, 1, "B5"), ("F", 4, -1, "D2"),
        ("G", 2, 2, "B6"),
    ],
)  # fmt: skip
def test_the_middle_line_of_each_clef(shape: str, line: int, octaves: int, middle: str) -> None:
    clef = Clef(ClefShape(shape), line, octaves)
    assert clef.pitch_position(Pitch.parse(middle)) == 0
    assert clef.pitch_position(Pitch.parse(middle).transposed(1, 2)) == 1


def test_the_lowest_line_of_the_treble_clef_is_e4() -> None:
    assert Clef(ClefShape.G, 2).pitch_position(Pitch.parse("E4")) == -4
    assert Clef(ClefShape.G, 2).pitch_position(Pitch.parse("C4")) == -6


def test_on_four_lines_the_middle_is_a_space() -> None:
    assert Clef(ClefShape.C, 3).pitch_position(Pitch.parse("C4"), staff_lines=4) == 1


def test_on_one_line_the_line_is_the_middle() -> None:
    assert Clef(ClefShape.G, 1).pitch_position(Pitch.parse("G4"), staff_lines=1) == 0


def test_a_copy_of_a_clef_counts_as_that_clef() -> None:
    bass = Clef(ClefShape.F, 4)
    assert Clef(None, same_as=bass).pitch_position(Pitch.parse("D3")) == 0


def test_two_flats_are_b_and_e() -> None:
    assert KeySignature(-2).alters == {Step.B: -1, Step.E: -1}
    assert list(KeySignature(3).alters) == [Step.F, Step.C, Step.G]
    assert KeySignature(0).alters == {}


def test_the_eighth_sharp_is_a_second_one_on_f() -> None:
    assert KeySignature(8).alters[Step.F] == 2


def test_a_free_key_has_its_own_accidentals() -> None:
    key = KeySignature(None, children=[KeyAccidental(Step.F, "s"), KeyAccidental(Step.E, "f")])
    assert key.alters == {Step.F: 1, Step.E: -1}


@pytest.mark.parametrize(
    ("count", "unit", "symbol", "length", "beat"),
    [
        ("3", 4, None, Fraction(3), Fraction(1)), ("6", 8, None, Fraction(3), Fraction(1, 2)), ("3+2", 8, None, Fraction(5, 2), Fraction(1, 2)),
        ("2", 2, TimeSymbol.CUT, Fraction(4), Fraction(2)), (None, None, TimeSymbol.CUT, Fraction(4), Fraction(2)),
        (None, None, TimeSymbol.COMMON, Fraction(4), Fraction(1)), (None, None, None, None, Fraction(1)), ("0", 4, None, None, Fraction(1)),
    ],
)  # fmt: skip
def test_the_length_of_a_measure(
    count: str | None, unit: int | None, symbol: TimeSymbol | None, length: Fraction | None, beat: Fraction
) -> None:
    time = TimeSignature(count, unit, symbol)
    assert time.quarter_length == length
    assert time.beat_length == beat


def test_mixed_times_add_up_and_others_take_turns() -> None:
    times = [TimeSignature("2", 4), TimeSignature("3", 8)]
    assert TimeSignatureGroup("mixed", children=list(times)).quarter_length == Fraction(7, 2)
    again = [TimeSignature("2", 4), TimeSignature("3", 8)]
    assert TimeSignatureGroup("alternating", children=list(again)).quarter_length == Fraction(2)
