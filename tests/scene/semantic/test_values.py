"""Pitches and durations."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smashcima.errors import SettingsError
from smashcima.scene.semantic import Duration, DurationType, Pitch, Step

steps = st.sampled_from(list(Step))
pitches = st.builds(Pitch, steps, st.integers(0, 9), st.integers(-2, 2))
durations = st.builds(Duration, st.sampled_from(list(DurationType)), st.integers(0, 3))


@pytest.mark.parametrize(
    ("text", "midi", "diatonic"),
    [
        ("C4", 60, 28),
        ("A4", 69, 33),
        ("Bb3", 58, 27),
        ("F#5", 78, 38),
        ("B#3", 60, 27),
        ("Cb4", 59, 28),
        ("Gx2", 45, 18),
        ("C-1", 0, -7),
    ],
)
def test_a_pitch_has_a_midi_key_and_a_diatonic_number(text: str, midi: int, diatonic: int) -> None:
    pitch = Pitch.parse(text)
    assert pitch.midi == midi
    assert pitch.diatonic == diatonic


def test_a_quarter_tone_is_half_a_semitone() -> None:
    assert Pitch(Step.C, 4, Fraction(1, 2)).midi == Fraction(121, 2)


@pytest.mark.parametrize("text", ["", "H4", "C", "4", "C#b4", "C 4"])
def test_what_is_no_pitch_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="is not a pitch"):
        Pitch.parse(text)


@pytest.mark.parametrize(
    ("written", "steps", "semitones", "sounding"),
    [
        ("D5", -1, -2, "C5"),
        ("E4", -1, -2, "D4"),
        ("F4", -1, -2, "Eb4"),
        ("C5", -4, -7, "F4"),
        ("C4", -7, -12, "C3"),
        ("B4", 1, 1, "C5"),
    ],
)
def test_transposition_names_the_interval_rightly(
    written: str, steps: int, semitones: int, sounding: str
) -> None:
    assert Pitch.parse(written).transposed(steps, semitones) == Pitch.parse(sounding)


@given(pitches)
def test_the_text_of_a_pitch_reads_back(pitch: Pitch) -> None:
    assert Pitch.parse(str(pitch)) == pitch


@given(pitches, st.integers(-14, 14))
def test_transposing_there_and_back_changes_nothing(pitch: Pitch, steps: int) -> None:
    semitones = Pitch.of_diatonic(pitch.diatonic + steps).midi - Pitch.of_diatonic(pitch.diatonic).midi
    assert pitch.transposed(steps, semitones).transposed(-steps, -semitones) == pitch


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("whole", Fraction(4)), ("half.", Fraction(3)), ("quarter", Fraction(1)), ("quarter..", Fraction(7, 4)),
        ("eighth", Fraction(1, 2)), ("16th.", Fraction(3, 8)), ("breve", Fraction(8)), ("maxima", Fraction(32)),
        ("4.", Fraction(3, 2)), ("8", Fraction(1, 2)), ("1", Fraction(4)), ("2048th", Fraction(1, 512)),
    ],
)  # fmt: skip
def test_a_duration_lasts_so_many_quarters(text: str, length: Fraction) -> None:
    assert Duration.parse(text).quarter_length == length


@pytest.mark.parametrize("text", ["", "third", "3", "0", "quarter,"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(SettingsError, match="is not a duration"):
        Duration.parse(text)


@given(durations)
def test_a_length_has_its_duration(duration: Duration) -> None:
    assert Duration.of_quarter_length(duration.quarter_length) == duration
    assert Duration.parse(str(duration)) == duration


def test_five_eighths_need_a_tie() -> None:
    assert Duration.of_quarter_length(Fraction(5, 2)) is None


@pytest.mark.parametrize(("kind", "flags"), [("half", 0), ("quarter", 0), ("eighth", 1), ("64th", 4)])
def test_short_notes_have_flags(kind: str, flags: int) -> None:
    assert DurationType(kind).flags == flags


def test_copies_share_values() -> None:
    pitch = Pitch.parse("C4")
    assert copy.deepcopy([pitch])[0] is pitch
    assert pickle.loads(pickle.dumps(pitch)) == pitch
