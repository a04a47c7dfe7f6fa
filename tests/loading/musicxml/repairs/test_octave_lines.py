"""Octave lines over several voices, with offsets, across measures and staves."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import PrimitiveKind
from smashcima.loading import load_score
from smashcima.scene.semantic import OctaveShift, Score
from tests.loading.musicxml.drawn_signs import head_positions
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
    rest,
    score,
    time,
)

START = attributes(DIVISIONS, key(0), time(4, 4), TREBLE)
TWO_STAVES = attributes(DIVISIONS, key(0), time(4, 4), "<staves>2</staves>", clef("G", 2, 1), clef("F", 4, 2))


def shift(kind: str, size: int = 8, *, number: int = 1, staff: int = 1, offset: int | None = None) -> str:
    content = f'<octave-shift type="{kind}" size="{size}" number="{number}"/>'
    return direction(content, staff=staff, offset=offset)


def written(score: Score) -> list[str]:
    return [str(n.pitch) for n in score.notes()]


def sounding(score: Score) -> list[str]:
    return [str(n.sounding_pitch) for n in score.notes()]


def ends(score: Score) -> list[tuple[str, str]]:
    """The written pitches of the notes at which each octave line starts and ends."""
    return [
        (str(getattr(line.start, "pitch", None)), str(getattr(line.end, "pitch", None)))
        for line in score.descendants(OctaveShift)
    ]


def test_a_second_voice_is_under_the_line_of_the_first() -> None:
    first = shift("down") + note("C6") + note("D6") + note("E6") + note("F6") + shift("stop")
    second = note("E5", 8, voice=2) + note("G5", 8, voice=2)
    loaded = load_score(data=score([START + first + back(16) + second, note("C5", 16)]))
    assert written(loaded.score) == ["C5", "D5", "E5", "F5", "E4", "G4", "C5"]
    assert sounding(loaded.score) == ["C6", "D6", "E6", "F6", "E5", "G5", "C5"]
    assert ends(loaded.score) == [("C5", "F5")]
    engraving = engrave(loaded.score)
    assert {step for steps in head_positions(engraving).values() for step in steps} == {1, 2, 3, 4, -4, -2}
    assert any(p.kind is PrimitiveKind.OCTAVE for page in engraving.pages for p in page.primitives)


@pytest.mark.parametrize(
    ("size", "kind", "octaves"),
    [(8, "down", 1), (8, "up", -1), (15, "down", 2), (15, "up", -2), (22, "down", 3)],
)
def test_lines_of_all_sizes_move_all_voices(size: int, kind: str, octaves: int) -> None:
    first = shift(kind, size) + note("C5", 8) + note("D5", 8) + shift("stop", size)
    music = START + first + back(16) + note("E5", 16, voice=2)
    loaded = load_score(data=score([music]))
    assert written(loaded.score) == [f"{step}{5 - octaves}" for step in "CDE"]
    assert sounding(loaded.score) == ["C5", "D5", "E5"]


def test_a_line_that_ends_in_another_voice_leaves_later_notes_of_the_first() -> None:
    first = shift("down") + note("C7", 8) + note("D5", 8)
    second = note("E6", 8, voice=2) + shift("stop") + note("F4", 8, voice=2)
    loaded = load_score(data=score([START + first + back(16) + second]))
    assert written(loaded.score) == ["C6", "D5", "E5", "F4"]
    assert sounding(loaded.score) == ["C7", "D5", "E6", "F4"]


def test_a_line_that_starts_in_the_second_voice_covers_the_first() -> None:
    first = note("C7") + note("D7") + note("C5", 8)
    second = shift("down") + note("E6", 8, voice=2) + shift("stop") + note("F4", 8, voice=2)
    loaded = load_score(data=score([START + first + back(16) + second]))
    assert written(loaded.score) == ["C6", "D6", "C5", "E5", "F4"]
    assert ends(loaded.score) == [("E5", "D6")]


def test_an_offset_moves_the_start_of_a_line_and_its_notes() -> None:
    measure = shift("down", offset=4) + note("C5") + note("C7") + note("D7") + shift("stop") + note("C5")
    loaded = load_score(data=score([START + measure]))
    assert written(loaded.score) == ["C5", "C6", "D6", "C5"]
    assert sounding(loaded.score) == ["C5", "C7", "D7", "C5"]
    assert ends(loaded.score) == [("C6", "D6")]


def test_an_offset_moves_the_end_of_a_line_and_its_notes() -> None:
    measure = shift("down") + note("C7") + note("D7") + shift("stop", offset=4) + note("E7") + note("C5")
    loaded = load_score(data=score([START + measure]))
    assert written(loaded.score) == ["C6", "D6", "E6", "C5"]
    assert ends(loaded.score) == [("C6", "E6")]


def test_a_line_covers_all_voices_of_several_measures() -> None:
    measures = [
        START + note("C5", 8) + shift("down") + note("C7", 8)
        + back(16) + note("C5", 8, voice=2) + note("E6", 8, voice=2),
        note("D7", 16) + back(16) + note("F6", 16, voice=2),
        note("C7", 8) + shift("stop") + note("C5", 8)
        + back(16) + note("E6", 8, voice=2) + note("E5", 8, voice=2),
    ]  # fmt: skip
    loaded = load_score(data=score(measures))
    expected = ["C5", "C6", "C5", "E5", "D6", "F5", "C6", "C5", "E5", "E5"]
    assert written(loaded.score) == expected
    assert ends(loaded.score) == [("C6", "C6")]


def test_lines_of_two_staves_do_not_touch_each_other() -> None:
    upper = shift("down") + note("C7", 8) + note("D7", 8) + shift("stop")
    lower = shift("up", number=2, staff=2) + note("C2", 8, voice=5, staff=2) + note("D2", 8, voice=5, staff=2)
    loaded = load_score(
        data=score([TWO_STAVES + upper + back(16) + lower + shift("stop", number=2, staff=2)])
    )
    assert written(loaded.score) == ["C6", "D6", "C3", "D3"]


def test_a_crossing_note_is_under_the_line_of_the_staff_on_which_it_is_drawn() -> None:
    upper = note("C5", 8) + note("D2", 8, staff=2)
    lower = shift("up", staff=2) + note("C2", 16, voice=5, staff=2) + shift("stop", staff=2)
    loaded = load_score(data=score([TWO_STAVES + upper + back(16) + lower]))
    assert written(loaded.score) == ["C5", "D3", "C3"]
    assert sounding(loaded.score) == ["C5", "D2", "C2"]


def test_all_notes_of_chords_are_moved() -> None:
    first = shift("down") + note("C7", 16) + shift("stop")
    second = note("E6", 8, voice=2) + note("G6", 8, voice=2, before="<chord/>") + rest(8, voice=2)
    loaded = load_score(data=score([START + first + back(16) + second]))
    assert written(loaded.score) == ["C6", "E5", "G5"]


def test_grace_notes_are_under_a_line_that_starts_before_them() -> None:
    inside = note("C5", 8) + shift("down") + note("B6", 0) + note("C7", 8) + shift("stop")
    outside = note("B5", 0) + shift("down") + note("C7", 16) + note("D5", 0) + shift("stop")
    loaded = load_score(data=score([START + inside, outside]))
    assert written(loaded.score) == ["C5", "B5", "C6", "B5", "C6", "D4"]


def test_a_note_that_sounds_on_under_a_line_is_not_moved() -> None:
    first = note("C5", 8) + shift("down") + note("C7", 8) + shift("stop")
    loaded = load_score(data=score([START + first + back(16) + note("E5", 16, voice=2)]))
    assert written(loaded.score) == ["C5", "C6", "E5"]


def test_a_second_voice_that_begins_late_is_under_the_line() -> None:
    first = shift("down") + note("C7", 8) + note("D7", 8) + shift("stop")
    loaded = load_score(data=score([START + first + back(16) + forward(8) + note("E6", 8, voice=2)]))
    assert written(loaded.score) == ["C6", "D6", "E5"]


def test_a_stop_with_another_number_ends_the_only_line_of_its_staff() -> None:
    measure = shift("down") + note("C7", 8) + shift("stop", number=2) + note("C5", 8)
    loaded = load_score(data=score([START + measure, note("C5", 16)]))
    assert written(loaded.score) == ["C6", "C5", "C5"]
    assert not loaded.issues


def test_a_line_that_stops_where_it_starts_is_over_the_notes_of_that_time() -> None:
    first = shift("down") + note("C7", 16)
    second = shift("stop") + note("E6", 8, voice=2) + note("E4", 8, voice=2)
    loaded = load_score(data=score([START + first + back(16) + second]))
    assert written(loaded.score) == ["C6", "E5", "E4"]


def test_a_line_without_a_stop_is_drawn_to_the_end_and_named() -> None:
    loaded = load_score(data=score([START + shift("down") + note("C7", 16), note("C7", 16)]))
    assert written(loaded.score) == ["C6", "C6"]
    assert [(issue.where, issue.element) for issue in loaded.issues] == [("P1, measure 1", "octave-shift")]
    assert not [issue for issue in engrave(loaded.score).issues if issue.element == "octave"]


def test_lines_below_a_bass_staff_move_the_positions_up() -> None:
    start = attributes(DIVISIONS, key(0), time(4, 4), BASS)
    first = shift("up") + note("C2", 8) + note("D2", 8) + shift("stop")
    loaded = load_score(data=score([start + first + back(16) + note("E2", 16, voice=2)]))
    assert sorted(head_positions(engrave(loaded.score))[0, 1]) == [-1, 0, 1]


CASES = {
    "108-ottava-second-voice.musicxml": ["C5", "D5", "E5", "F5", "E4", "G4", "C5"],
    "10-ottava-offset.musicxml": ["C5", "C6", "D6", "C5", "C5", "D5", "C5", "E5"],
}


@pytest.mark.parametrize("name", CASES)
def test_written_pitches_of_the_cases(shared_data: Path, name: str) -> None:
    loaded = load_score(shared_data / "cases" / name)
    assert written(loaded.score) == CASES[name]
    assert not loaded.issues
