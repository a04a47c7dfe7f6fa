"""Ways in which notation programs write clefs, keys, octave lines and accidentals, each with what must be drawn."""

from __future__ import annotations

from smashcima.engravers.verovio import engrave
from smashcima.engraving import PrimitiveKind
from smashcima.loading import load_score
from tests.loading.musicxml.drawn_signs import Drawn, drawn, head_positions
from tests.loading.musicxml.score_elements import (
    BASS,
    DIVISIONS,
    TREBLE,
    attributes,
    back,
    clef,
    direction,
    forward,
    key,
    note,
    score,
    time,
    transpose,
)

START = attributes(DIVISIONS, key(0), time(4, 4), TREBLE)
TWO_STAVES = attributes(DIVISIONS, key(0), time(4, 4), "<staves>2</staves>", clef("G", 2, 1), clef("F", 4, 2))
WHOLE = note("C5", 16)


def divisions(number: int, *contents: str) -> str:
    return attributes(f"<divisions>{number}</divisions>", *contents)


def in_divisions(name: str, duration: int, kind: str, voice: int = 1) -> str:
    """A note with a duration in divisions of its own, and a type."""
    return (
        f"<note><pitch><step>{name[0]}</step><octave>{name[1:]}</octave></pitch><duration>{duration}</duration>"
        f"<voice>{voice}</voice><type>{kind}</type></note>"
    )


def heads(music: str) -> dict[tuple[int, int], list[int]]:
    return head_positions(engrave(load_score(data=music).score))


def signs(music: str, kind: PrimitiveKind) -> Drawn:
    return drawn(engrave(load_score(data=music).score), kind)


# Capella, PhotoScore: other divisions in each measure


def test_clefs_are_found_where_the_divisions_change() -> None:
    first = divisions(1, key(0), time(4, 4), TREBLE) + in_divisions("C5", 4, "whole")
    upper = in_divisions("C5", 4, "quarter") + attributes(BASS) + in_divisions("C3", 12, "half")
    second = divisions(4) + upper + back(16) + forward(4) + in_divisions("E3", 4, "quarter", 2)
    assert heads(score([first, second]))[1, 1] == [1, 1, -1]


def test_octave_lines_are_found_where_the_divisions_change() -> None:
    start, stop = '<octave-shift type="down" size="8"/>', '<octave-shift type="stop" size="8"/>'
    first = divisions(1, key(0), time(4, 4), TREBLE) + in_divisions("C5", 4, "whole")
    upper = direction(start) + in_divisions("C6", 16, "whole") + direction(stop)
    second = divisions(4) + upper + back(16) + in_divisions("E5", 8, "half", 2) + forward(8)
    assert heads(score([first, second]))[1, 1] == [-4, 1]


# Finale: attributes between voices, at a time that <forward> gives; keys at the end of the measure before; repeated keys


def test_a_clef_between_two_voices_holds_for_both() -> None:
    first = note("C5", 8) + note("E3", 8)
    second = note("E4", 8, voice=2) + note("C3", 8, voice=2)
    clef_between = back(16) + forward(8) + attributes(BASS) + back(8)
    assert heads(score([START + first + clef_between + second, note("C3", 16)])) == {
        (0, 1): [-4, 1, -1, 1],
        (1, 1): [-1],
    }


def test_keys_at_the_end_of_a_measure_are_those_of_the_next_in_each_part() -> None:
    first = [START + WHOLE + attributes(key(-2)), note("B4", 16, alter="-1")]
    horn = attributes(DIVISIONS, key(2), time(4, 4), TREBLE, transpose(-1, -2))
    second = [horn + note("D5", 16) + attributes(key(0)), WHOLE]
    drawn_signs = signs(score(first, second), PrimitiveKind.KEY_ACCIDENTAL)
    assert drawn_signs[0, 2] == ["accidentalSharp"] * 2
    assert drawn_signs[1, 1] == ["accidentalFlat"] * 2
    assert drawn_signs[1, 2] == ["accidentalNatural"] * 2


# Sibelius: keys and times with the number of each staff


def test_numbered_keys_and_times_that_agree_are_drawn_once_a_staff() -> None:
    lower = note("C3", 16, staff=2, voice=5)
    short = note("C5", 12) + back(12) + note("C3", 12, staff=2, voice=5)
    change = attributes(key(1, 1), key(1, 2), time(3, 4, 1), time(3, 4, 2))
    music = score([TWO_STAVES + WHOLE + back(16) + lower, change + short])
    assert signs(music, PrimitiveKind.KEY_ACCIDENTAL) == {
        (1, 1): ["accidentalSharp"],
        (1, 2): ["accidentalSharp"],
    }
    assert set(signs(music, PrimitiveKind.TIME_SIGNATURE)) == {(0, 1), (0, 2), (1, 1), (1, 2)}


# MuseScore: the clefs of the next measure at the end of each staff


def test_clefs_at_the_ends_of_both_staves_are_for_the_next_measure() -> None:
    first = WHOLE + attributes(clef("F", 4, 1)) + back(16)
    second = note("C3", 16, staff=2, voice=5) + attributes(clef("G", 2, 2))
    following = note("C3", 16) + back(16) + note("C5", 16, staff=2, voice=5)
    music = score([TWO_STAVES + first + second, following])
    assert heads(music) == {(0, 1): [1], (0, 2): [-1], (1, 1): [-1], (1, 2): [1]}
    assert signs(music, PrimitiveKind.CLEF) == {
        (0, 1): ["gClef", "fClefChange"],
        (0, 2): ["fClef", "gClefChange"],
    }


def test_an_incomplete_second_voice_does_not_end_the_measure_for_its_clef() -> None:
    second = note("E4", 8, voice=2) + attributes(BASS)
    music = score([START + note("G4", 16) + back(16) + second, note("C3", 16)])
    assert heads(music)[1, 1] == [-1]
    assert signs(music, PrimitiveKind.CLEF) == {(0, 1): ["gClef", "fClefChange"]}


# music21: large divisions, one attributes element a measure


def test_clefs_are_found_with_the_divisions_of_music21() -> None:
    half = 20160
    first = in_divisions("C5", half, "half") + attributes(BASS) + in_divisions("C3", half, "half")
    second = back(2 * half) + forward(half) + in_divisions("E3", half, "half", 2)
    assert heads(score([divisions(10080, key(0), time(4, 4), TREBLE) + first + second])) == {
        (0, 1): [1, 1, -1]
    }


# Audiveris, PhotoScore: octave lines whose stop has no number or another one


def test_a_stop_without_a_number_ends_a_numbered_line() -> None:
    start, stop = '<octave-shift type="down" size="8" number="2"/>', '<octave-shift type="stop"/>'
    music = START + direction(start) + note("C6", 8) + direction(stop) + note("C5", 8)
    loaded = load_score(data=score([music]))
    assert [str(n.pitch) for n in loaded.score.notes()] == ["C5", "C5"]
    assert not loaded.issues


# Dorico: SMuFL names beside the usual ones


def test_a_smufl_name_that_says_the_same_changes_nothing() -> None:
    sign = '<accidental smufl="accidentalFlat">flat</accidental>'
    loaded = load_score(data=score([START + note("B4", 16, alter="-1", accidental=sign)]))
    assert [n.pitch.alter for n in loaded.score.notes() if n.pitch] == [-1]
    engraving = engrave(loaded.score)
    assert drawn(engraving, PrimitiveKind.ACCIDENTAL) == {(0, 1): ["accidentalFlat"]}
    assert not engraving.issues
