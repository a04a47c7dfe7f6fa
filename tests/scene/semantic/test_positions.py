"""Written positions beside pitches, signatures of any signs and numbers, and what a clef makes of positions."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest

import smashcima.scene.semantic as s
from smashcima.errors import SettingsError
from smashcima.scene.semantic import KeyAccidental, KeySignature, Pitch, ScoreBuilder, Step, chord, note, rest
from smashcima.scene.semantic.clef_in_force import clef_at, pitch_at_position, position_of_pitch


def built(*events: s.SemanticObject, clef: str = "treble", **options: object) -> s.Score:
    """A score of one measure."""
    builder = ScoreBuilder(time=None, **options)  # type: ignore[arg-type]
    builder.add_part("Part", clef)
    builder.add_voice(builder.add_measure(), 1, *events)
    return builder.build()


def positions(score: s.Score) -> list[tuple[str, int | None, int | None, int | None]]:
    return [
        (str(found.pitch), found.staff_position, found.pitch_position, found.position)
        for found in score.notes()
    ]


MIXED = (
    note(None, "quarter", staff_position=-3),
    note("C5", "quarter"),
    note("C5", "quarter", staff_position=-4),
)
EXPECTED = [("None", -3, None, -3), ("C5", None, 1, 1), ("C5", -4, 1, -4)]


def test_a_written_position_wins_and_neither_becomes_the_other() -> None:
    score = built(*copy.deepcopy(MIXED))
    assert positions(score) == EXPECTED
    score.update()
    assert positions(score) == EXPECTED


def test_written_positions_survive_copies_pickles_and_slices() -> None:
    score = built(*copy.deepcopy(MIXED), chord([-2, 3, "C5"], "quarter"))
    expected = [*EXPECTED, ("None", -2, None, -2), ("None", 3, None, 3), ("C5", None, 1, 1)]
    assert positions(score) == expected
    assert positions(copy.deepcopy(score)) == expected
    assert positions(pickle.loads(pickle.dumps(score))) == expected
    assert positions(score.slice(measures=(0, 1))) == expected


def test_positions_follow_from_pitch_and_clef_and_not_from_octave_lines() -> None:
    score = built(note("C4", "quarter"), clef="alto")
    found = next(score.notes())
    assert (found.position, found.staff_position) == (0, None)
    measure = score.measures[0]
    measure.children.append(s.OctaveShift(found, found, octaves=1))
    score.update()
    assert (found.position, str(found.sounding_pitch)) == (0, "C5")


def test_signs_of_keys_stand_anywhere_and_alter_what_stands_there() -> None:
    key = s.key_signature(("s", -4), ("f", 3))
    assert key.fifths is None
    assert [(sign.kind, sign.alter, sign.staff_position, sign.step) for sign in key.accidentals] == [
        ("s", 1, -4, None), ("f", -1, 3, None),
    ]  # fmt: skip
    assert key.alters == {}
    assert key.alters_under(s.Clef(s.ClefShape.G, 2)) == {Step.E: -1}  # the last sign of a step counts
    assert key.alters_under(s.Clef(s.ClefShape.F, 4)) == {Step.G: -1}
    assert s.key_signature(("f", 0), ("s", 1)).alters_under(None) == {Step.B: -1, Step.C: 1}
    with pytest.raises(SettingsError, match="'flat' is not an accidental"):
        s.key_signature(("flat", 0))


def test_explicit_signs_count_and_not_a_number_beside_them() -> None:
    key = KeySignature(2, children=[KeyAccidental(Step.B, "f")])
    assert key.is_free
    assert key.alters == {Step.B: -1}


def test_a_key_of_positions_calls_for_accidentals() -> None:
    score = built(note("B4", "quarter"), note("C#5", "quarter"), key=s.key_signature(("f", 0), ("s", 1)))
    assert [found.accidental.kind if found.accidental else None for found in score.notes()] == ["n", None]


@pytest.mark.parametrize(
    ("text", "count", "unit", "length"),
    [("9/0", "9", 0, None), ("0/4", "0", 4, None), ("7/13", "7", 13, Fraction(28, 13)), ("3", "3", None, 3)],
)
def test_time_signatures_have_any_numbers(
    text: str, count: str, unit: int | None, length: Fraction | None
) -> None:
    time = s.time_signature(text)
    assert (time.count, time.unit, time.quarter_length) == (count, unit, length)
    score = built(note("C5", "half"), rest())
    assert score.measures[0].quarter_length == 2


def test_an_accidental_stands_alone_at_a_position_and_changes_no_pitch() -> None:
    score = built(s.Accidental("s", staff_position=1), note("C5", "quarter"))
    alone = next(score.descendants(s.Accidental))
    assert (alone.note, alone.position) == (None, 1)
    first = next(score.notes())
    assert (first.onset, str(first.pitch), first.accidental) == (0, "C5", None)


def test_an_accidental_stands_at_its_note_unless_it_has_a_position() -> None:
    sharp, high, above = s.Accidental("s"), s.Accidental("s", staff_position=5), s.Accidental("s", "edit")
    for accidental in (sharp, high, above):
        made = note(None, "quarter", staff_position=-2)
        made.children.append(accidental)
    assert (sharp.position, high.position, above.position) == (-2, 5, None)


def test_a_note_needs_a_pitch_or_a_position() -> None:
    with pytest.raises(SettingsError, match="requires a pitch or a staff position"):
        note(None, "quarter")


def test_positions_and_pitches_correspond_under_the_clef_in_force() -> None:
    first, second, resting = note("C5", "quarter"), note("C5", "quarter"), rest("quarter")
    score = built(first, s.Clef(s.ClefShape.F, 4), second, resting)
    assert clef_at(first) is score.measures[0].staves[0].clef
    assert [position_of_pitch(found, Pitch.parse("C4")) for found in (first, second, resting)] == [-6, 6, 6]
    assert [str(pitch_at_position(found, 0)) for found in (first, second, resting)] == ["B4", "D3", "D3"]


def test_a_staff_without_a_clef_counts_as_under_a_treble_clef() -> None:
    score = built(note("B4", "quarter"), clef="none")
    assert next(score.descendants(s.Clef), None) is None
    assert next(score.notes()).position == 0
