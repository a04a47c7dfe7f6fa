"""Changes of key, time and transposition that differ between the staves of a score, or stand inside measures."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import PrimitiveKind
from smashcima.exporting import MusicXmlExporter
from smashcima.loading import load_score
from smashcima.scene.semantic import KeySignature, Note, Score, TimeSignature
from tests.loading.musicxml.drawn_signs import drawn
from tests.loading.musicxml.score_elements import (
    BASS,
    DIVISIONS,
    TREBLE,
    attributes,
    back,
    clef,
    key,
    note,
    rest,
    score,
    time,
    transpose,
)

SHARP, FLAT, NATURAL = "accidentalSharp", "accidentalFlat", "accidentalNatural"


def begin(*contents: str, clef: str = TREBLE) -> str:
    return attributes(DIVISIONS, *contents, clef)


def keys(read: Score) -> list[list[int | None]]:
    """The fifths in force at the start of each measure, staff by staff."""
    return [
        [staff.key_signature.fifths if staff.key_signature else None for staff in measure.staves]
        for measure in read.measures
    ]


def times(read: Score) -> list[list[str]]:
    found = []
    for measure in read.measures:
        signatures = [staff.time_signature for staff in measure.staves]
        found.append([f"{t.count}/{t.unit}" if isinstance(t, TimeSignature) else "" for t in signatures])
    return found


def test_each_part_gets_its_own_new_key() -> None:
    flute = [begin(key(0), time(4, 4)) + note("C5", 16), attributes(key(-3)) + note("E5", 16, alter="-1")]
    clarinet = [
        begin(key(2), time(4, 4), clef=TREBLE + transpose(-1, -2)) + note("D5", 16),
        attributes(key(-1)) + note("B4", 16, alter="-1"),
    ]
    loaded = load_score(data=score(flute, clarinet))
    assert keys(loaded.score) == [[0, 2], [-3, -1]]
    assert [str(n.pitch) for n in loaded.score.notes()] == ["C5", "D5", "Eb5", "Bb4"]
    signs = drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL)
    assert signs == {(0, 2): [SHARP] * 2, (1, 1): [FLAT] * 3, (1, 2): [FLAT]}
    assert not loaded.issues


def test_a_change_in_another_part_leaves_the_first_part_alone() -> None:
    first = [begin(key(1), time(4, 4)) + note("C5", 16), note("C5", 16), note("C5", 16)]
    second = [
        begin(key(1), time(4, 4)) + note("C5", 16),
        attributes(key(-2)) + note("C5", 16),
        attributes(key(1)) + note("C5", 16),
    ]
    loaded = load_score(data=score(first, second))
    assert keys(loaded.score) == [[1, 1], [1, -2], [1, 1]]
    signs = drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL)
    assert (1, 1) not in signs
    assert (2, 1) not in signs
    assert signs[1, 2][-2:] == [FLAT, FLAT]
    assert signs[2, 2][-1] == SHARP
    assert not loaded.issues


def test_a_change_in_the_first_part_only_is_not_drawn_in_others() -> None:
    loaded = load_score(
        data=score(
            [begin(key(0), time(4, 4)) + note("C5", 16), attributes(key(3)) + note("C5", 16)],
            [begin(key(0), time(4, 4)) + note("C5", 16), note("C5", 16)],
        )
    )
    assert keys(loaded.score) == [[0, 0], [3, 0]]
    assert drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL) == {(1, 1): [SHARP] * 3}


def test_a_part_that_loses_its_signs_shows_naturals() -> None:
    loaded = load_score(
        data=score(
            [begin(key(2), time(4, 4)) + note("C5", 16, alter="1"), note("C5", 16, alter="1")],
            [begin(key(2), time(4, 4)) + note("C5", 16, alter="1"), attributes(key(0)) + note("C5", 16)],
        )
    )
    assert keys(loaded.score) == [[2, 2], [2, 0]]
    assert drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL)[1, 2] == [NATURAL] * 2


def test_a_numbered_key_is_for_its_staff() -> None:
    start = attributes(
        DIVISIONS, key(0, 1), key(-3, 2), time(4, 4), "<staves>2</staves>", clef("G", 2, 1), clef("F", 4, 2)
    )
    upper, lower = note("C5", 16), note("C3", 16, staff=2, voice=5)
    loaded = load_score(
        data=score([start + upper + back(16) + lower, attributes(key(2, 2)) + upper + back(16) + lower])
    )
    assert keys(loaded.score) == [[0, -3], [0, 2]]
    signs = drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL)
    assert signs[0, 2] == [FLAT] * 3
    assert signs[1, 2][-2:] == [SHARP] * 2
    assert (1, 1) not in signs


def test_keys_of_parts_are_repeated_in_the_next_system() -> None:
    first = [
        begin(key(0), time(4, 4)) + note("C5", 16),
        attributes(key(-3)) + note("C5", 16),
        '<print new-system="yes"/>' + note("C5", 16),
    ]
    second = [
        begin(key(2), time(4, 4)) + note("C5", 16),
        attributes(key(-1)) + note("C5", 16),
        note("C5", 16),
    ]
    engraving = engrave(load_score(data=score(first, second)).score)
    signs = drawn(engraving, PrimitiveKind.KEY_ACCIDENTAL)
    assert len(engraving.systems) == 2
    assert (signs[2, 1], signs[2, 2]) == ([FLAT] * 3, [FLAT])


def test_a_key_inside_a_measure_stays_there() -> None:
    measures = [
        begin(key(0), time(4, 4)) + note("F5", 8) + attributes(key(2)) + note("F5", 8, alter="1"),
        note("C5", 16, alter="1"),
    ]
    loaded = load_score(data=score(measures))
    assert keys(loaded.score) == [[0], [2]]
    found = loaded.score.measures[0].descendants((KeySignature, Note))  # type: ignore[type-var]
    assert [type(each).__name__ for each in found] == ["Note", "KeySignature", "Note"]
    assert drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL) == {(0, 1): [SHARP] * 2}


def test_a_key_inside_a_measure_is_drawn_on_each_staff() -> None:
    start = attributes(DIVISIONS, key(0), time(4, 4), "<staves>2</staves>", clef("G", 2, 1), clef("F", 4, 2))
    measure = (
        note("C5", 8) + attributes(key(-1)) + note("C5", 8) + back(16) + note("C3", 16, staff=2, voice=5)
    )
    loaded = load_score(data=score([start + measure, note("C5", 16) + back(16) + note("C3", 16, staff=2)]))
    assert keys(loaded.score) == [[0, 0], [-1, -1]]
    assert drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL) == {(0, 1): [FLAT], (0, 2): [FLAT]}


def test_a_key_after_the_last_note_belongs_to_the_next_measure() -> None:
    measures = [
        begin(key(0), time(4, 4)) + note("C5", 16) + attributes(key(-4), time(3, 4)),
        note("C5", 12),
    ]
    loaded = load_score(data=score(measures))
    assert (keys(loaded.score), times(loaded.score)) == ([[0], [-4]], [["4/4"], ["3/4"]])
    assert drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL) == {(1, 1): [FLAT] * 4}


def test_a_warning_of_the_next_key_is_drawn_once() -> None:
    measures = [
        begin(key(0), time(4, 4)) + note("C5", 16) + attributes(key(-4)),
        attributes(key(-4)) + note("C5", 16),
    ]
    loaded = load_score(data=score(measures))
    assert keys(loaded.score) == [[0], [-4]]
    assert drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL) == {(1, 1): [FLAT] * 4}


def test_a_key_inside_a_beam_is_named_as_lost() -> None:
    beams = ["begin", "continue", "end"]
    notes = [note("C5", 2, more=f'<beam number="1">{beam}</beam>') for beam in beams]
    measure = notes[0] + attributes(key(2)) + notes[1] + notes[2] + rest(2)
    loaded = load_score(data=score([begin(key(0), time(2, 4)) + measure]))
    assert [(issue.where, issue.element) for issue in loaded.issues if "not drawn" in issue.what] == [
        ("P1, measure 1", "key")
    ]


def test_each_part_has_its_own_metre() -> None:
    first = [begin(time(3, 4)) + note("C5", 12), note("C5", 12), attributes(time(2, 4)) + note("C5", 8)]
    second = [
        begin(time(6, 8), clef=BASS) + note("C3", 12),
        attributes(time(3, 4)) + note("C3", 12),
        attributes(time(2, 4)) + note("C3", 8),
    ]
    loaded = load_score(data=score(first, second))
    assert times(loaded.score) == [["3/4", "6/8"], ["3/4", "3/4"], ["2/4", "2/4"]]
    digits = drawn(engrave(loaded.score), PrimitiveKind.TIME_SIGNATURE)
    assert (1, 1) not in digits
    assert digits[1, 2] == ["timeSig4", "timeSig3"]
    assert not loaded.issues


def test_a_change_of_transposition_moves_the_sounding_pitch() -> None:
    measures = [
        begin(key(0), time(4, 4), clef=TREBLE + transpose(-1, -2)) + note("C5", 16),
        attributes(transpose(-2, -3)) + note("C5", 16),
        attributes("<transpose><chromatic>0</chromatic><octave-change>-1</octave-change></transpose>")
        + note("C5", 16),
        attributes("<transpose><chromatic>-7</chromatic></transpose>") + note("C5", 16),
    ]
    loaded = load_score(data=score(measures))
    assert [str(n.sounding_pitch) for n in loaded.score.notes()] == ["Bb4", "A4", "C4", "F4"]
    assert [str(n.pitch) for n in loaded.score.notes()] == ["C5"] * 4


@pytest.mark.parametrize(
    ("changed", "steps"),
    [
        (key(0), []),
        ("<key><key-step>B</key-step><key-alter>-1</key-alter></key>", ["accidentalFlat"]),
        (
            "<key><key-step>F</key-step><key-alter>0.5</key-alter><key-accidental>quarter-sharp</key-accidental></key>",
            ["accidentalQuarterToneSharpStein"],
        ),
        (
            "<key><key-step>B</key-step><key-alter>-0.89</key-alter><key-accidental>slash-flat</key-accidental></key>",
            ["accidentalBakiyeFlat"],
        ),
    ],
)
def test_keys_of_any_kind_are_drawn_on_their_part(changed: str, steps: list[str]) -> None:
    loaded = load_score(
        data=score(
            [begin(key(0), time(4, 4)) + note("C5", 16), note("C5", 16)],
            [begin(key(0), time(4, 4)) + note("C5", 16), attributes(changed) + note("C5", 16)],
        )
    )
    assert drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL) == ({(1, 2): steps} if steps else {})


def test_a_key_keeps_its_mode_and_what_hides_it() -> None:
    hidden = '<key print-object="no"><fifths>2</fifths><mode>minor</mode></key>'
    loaded = load_score(
        data=score(
            [begin(key(0), time(4, 4)) + note("C5", 16), attributes(key(1)) + note("C5", 16)],
            [begin(key(0), time(4, 4)) + note("C5", 16), attributes(hidden) + note("F5", 16, alter="1")],
        )
    )
    second = loaded.score.measures[1].staves[1].key_signature
    assert second is not None
    assert (second.fifths, second.mode) == (2, "minor")
    assert drawn(engrave(loaded.score), PrimitiveKind.KEY_ACCIDENTAL) == {(1, 1): [SHARP]}


def test_changes_of_parts_survive_a_round_trip() -> None:
    first = [begin(key(0), time(3, 4)) + note("C5", 12), attributes(key(-3)) + note("C5", 12)]
    second = [
        begin(key(2), time(6, 8), clef=TREBLE + transpose(-1, -2)) + note("C5", 12),
        attributes(key(-1), time(3, 4)) + note("C5", 12),
    ]
    read = load_score(data=score(first, second)).score
    again = load_score(data=MusicXmlExporter().export_string(read)).score
    assert (keys(again), times(again)) == (keys(read), times(read))
    assert keys(again) == [[0, 2], [-3, -1]]


def test_the_same_change_in_all_parts_is_left_to_the_importer() -> None:
    part = [begin(key(0), time(4, 4)) + note("C5", 16), attributes(key(2)) + note("C5", 16)]
    read = load_score(data=score(part, part)).score
    assert keys(read) == [[0, 0], [2, 2]]


CASES = {
    "90-key-change-clarinet.musicxml": [[0, 2], [-3, -1]],
    "21-key-change-second-part.musicxml": [[0, 2], [0, -3], [0, 2]],
    "39-keys.musicxml": [[None], [3], [0], [-7], [7]],
}


@pytest.mark.parametrize("name", CASES)
def test_keys_of_the_cases(shared_data: Path, name: str) -> None:
    read = load_score(shared_data / "cases" / name).score
    assert keys(read) == CASES[name]


def test_metres_of_the_case(shared_data: Path) -> None:
    read = load_score(shared_data / "cases" / "22-polymetre.musicxml").score
    assert times(read) == [["3/4", "6/8"], ["3/4", "3/4"]]


def sounding(measures: list[str]) -> list[str]:
    return [str(n.sounding_pitch) for n in load_score(data=score(measures)).score.notes()]


def test_an_interval_without_steps_gets_the_usual_ones() -> None:
    sixth = "<transpose><chromatic>-9</chromatic></transpose>"
    assert sounding([begin(key(0), time(4, 4), clef=TREBLE + sixth) + note("C5", 16)]) == ["Eb4"]
    octave_and_second = "<transpose><chromatic>-14</chromatic></transpose>"
    assert sounding([begin(key(0), time(4, 4), clef=TREBLE + octave_and_second) + note("C5", 16)]) == ["Bb3"]


def test_a_numbered_transposition_is_for_its_staff() -> None:
    start = attributes(
        DIVISIONS,
        key(0),
        time(4, 4),
        "<staves>2</staves>",
        clef("G", 2, 1),
        clef("G", 2, 2),
        transpose(-2, -3).replace("<transpose", '<transpose number="2"'),
    )
    music = start + note("C5", 16) + back(16) + note("C5", 16, staff=2, voice=5)
    assert sounding([music]) == ["C5", "A4"]


def test_a_doubling_at_the_octave_is_named() -> None:
    doubled = "<transpose><diatonic>0</diatonic><chromatic>0</chromatic><double/></transpose>"
    loaded = load_score(data=score([begin(key(0), time(4, 4), clef=TREBLE + doubled) + note("C5", 16)]))
    assert [(issue.where, issue.element) for issue in loaded.issues] == [("P1, measure 1", "transpose")]


def test_a_concert_score_is_not_transposed() -> None:
    part = "<for-part><part-transpose><chromatic>-2</chromatic></part-transpose></for-part>"
    music = score([begin(key(0), time(4, 4), clef=TREBLE + part) + note("C5", 16)])
    concert = music.replace("<part-list>", "<defaults><concert-score/></defaults><part-list>")
    assert [str(n.sounding_pitch) for n in load_score(data=concert).score.notes()] == ["C5"]


def test_naturals_are_drawn_on_the_side_that_the_source_says() -> None:
    changed = '<key><cancel location="right">2</cancel><fifths>1</fifths></key>'
    measures = [begin(key(2), time(4, 4)) + note("C5", 16, alter="1"), attributes(changed) + note("C5", 16)]
    engraving = engrave(load_score(data=score(measures)).score)
    assert drawn(engraving, PrimitiveKind.KEY_ACCIDENTAL)[1, 1] == [SHARP, NATURAL]
