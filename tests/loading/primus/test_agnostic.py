"""What the agnostic encoding says about the music, and what it cannot say."""

from __future__ import annotations

import pytest

from smashcima.errors import Issue, MalformedSourceError
from smashcima.exporting.primus import PrimusExporter
from smashcima.loading import load_score
from smashcima.scene.semantic import (
    Accidental,
    Articulation,
    BarlineForm,
    Beam,
    Clef,
    ClefShape,
    Duration,
    DurationType,
    Fermata,
    KeySignature,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
    Score,
    Slur,
    StemDirection,
    Tie,
    TimeSignature,
    TimeSymbol,
)


def read(text: str) -> Score:
    loaded = load_score(data=text, format="agnostic")
    assert loaded.issues == ()
    return loaded.score


def issues(text: str) -> list[Issue]:
    return list(load_score(data=text, format="agnostic").issues)


def pitches(text: str) -> list[str]:
    return [str(note.pitch) for note in read(text).notes()]


def test_notes_have_the_positions_of_the_encoding_and_pitches_under_the_clef():
    score = read("clef.C-L1 note.half-L1 note.quarter-S4 dot-S4 clef.F-L4 note.eighth-L4")
    assert [(note.staff_position, note.pitch_position, str(note.pitch)) for note in score.notes()] == [
        (-4, -4, "C4"),
        (3, 3, "C5"),
        (2, 2, "F3"),
    ]
    assert [str(note.duration) for note in score.notes()] == ["half", "quarter.", "eighth"]


def test_clefs_stand_anywhere_and_notes_before_one_have_no_pitch():
    score = read("note.half-L3 clef.G-S2 note.half-S2 clef.F-L6 note.half-L6")
    assert [note.pitch and str(note.pitch) for note in score.notes()] == [None, "G4", "F3"]
    assert [clef.position() for clef in score.descendants(Clef)] == [-1, 6]


def test_stems_have_the_directions_of_the_encoding():
    (first, second) = read("clef.G:L2, note.half_down:L2, note.half:L2").notes()
    assert (first.stem_direction, second.stem_direction) == (StemDirection.DOWN, None)


def test_keys_and_accidentals_alter_until_the_barline():
    assert pitches(
        "clef.G-L2 accidental.sharp-L5 accidental.sharp-S3 metersign.C-L3 note.quarter-L5 "
        "accidental.natural-S3 note.quarter-S3 note.quarter-S3 barline-L1 note.quarter-S3"
    ) == ["F#5", "C5", "C5", "C#5"]


def test_a_key_at_its_usual_positions_is_a_number_of_accidentals():
    score = read("clef.F-L4 accidental.flat-L2 accidental.flat-S3 digit.3-L4 digit.4-L2 note.half-L3")
    key = next(score.descendants(KeySignature))
    assert (key.fifths, key.is_free) == (-2, False)
    free = next(
        read("clef.F-L4 accidental.flat-S3 accidental.sharp-L2 note.half-L3").descendants(KeySignature)
    )
    assert [(sign.kind, sign.staff_position) for sign in free.accidentals] == [("f", 1), ("s", -2)]


@pytest.mark.parametrize(
    ("text", "keys", "accidentals"),
    [
        ("clef.G-L2 accidental.sharp-L5 note.half-L5", [1], 0),  # directly after the clef: the key
        ("clef.G-L2 accidental.natural-L5 note.half-L5", [], 1),
        ("clef.G-L2 metersign.C-L3 accidental.sharp-L5 note.half-L5", [], 1),
        ("clef.G-L2 accidental.sharp-L5 accidental.sharp-S3 note.half-S3", [2], 0),
        ("clef.G-L2 accidental.sharp-L5 accidental.sharp-L4 note.half-L4", [1], 1),
        ("clef.G-L2 accidental.sharp-L5 fermata.above-S6 accidental.sharp-S3 note.half-S3", [1], 1),
        (
            "clef.G-L2 note.half-L3 barline-L1 accidental.natural-L5 accidental.natural-S3 note.half-S3",
            [None],
            0,
        ),
    ],
)
def test_accidentals_before_a_note_are_a_key_or_its_own(text: str, keys: list[int | None], accidentals: int):
    score = read(text)
    assert [key.fifths for key in score.descendants(KeySignature)] == keys
    assert sum(1 for _ in score.descendants(Accidental)) == accidentals


def test_an_accidental_alone_in_a_measure_stays_where_it_is():
    text = "clef.G-L2 note.half-L3 accidental.sharp-S3 rest.half-L3"
    loaded = load_score(data=text, format="agnostic")
    (alone,) = loaded.score.descendants(Accidental)
    assert (alone.kind, alone.staff_position, alone.note) == ("s", 1, None)
    assert [str(issue) for issue in loaded.issues] == [
        "token 3: accidental.sharp-S3: stands alone: the next symbol is no note at its position"
    ]


def test_times_are_digits_or_signs():
    score = read(
        "clef.G-L2 digit.12-L4 digit.8-L2 note.half-L3 barline-L1 metersign.C/-L3 note.half-L3 digit.3-L3"
    )
    assert [(t.count, t.unit, t.symbol) for t in score.descendants(TimeSignature)] == [
        ("12", 8, None),
        (None, None, TimeSymbol.CUT),
        ("3", None, None),
    ]


def test_the_digits_before_a_multirest_are_its_number():
    score = read("clef.G-L2 digit.2-L4 digit.4-L2 digit.2-S5 digit.3-S5 multirest-L3 barline-L1")
    (rest,) = score.events()
    assert isinstance(rest, MultiMeasureRest)
    assert rest.count == 23
    assert next(score.descendants(TimeSignature)).numbers == ("2", 4)


def test_a_whole_rest_alone_fills_its_measure():
    score = read(
        "clef.G-L2 digit.3-L4 digit.4-L2 rest.whole-L4 barline-L1 rest.whole-L4 rest.half-L3 barline-L1 "
        "clef.F-L4 rest.whole-L4"
    )
    assert [type(event) for event in score.events()] == [MeasureRest, Rest, Rest, Rest]


def test_beams_hold_their_notes_and_the_grace_notes_between():
    text = "note.beamedRight1-L3 dot-S3 gracenote.beamedBoth2-L4 rest.sixteenth-L3 note.beamedLeft2-L3 note.eighth-L3"
    (beam,) = read(f"clef.G-L2 {text}").descendants(Beam)
    assert [(type(event), str(event.duration), event.is_grace) for event in beam.events] == [
        (Note, "eighth.", False),
        (Note, "16th", True),
        (Rest, "16th", False),
        (Note, "16th", False),
    ]


def test_clefs_and_keys_may_stand_inside_a_beam():
    text = "note.beamedRight1-L3 clef.F-L4 accidental.flat-L2 accidental.flat-S3 note.beamedLeft1-L2"
    score = read(f"{text} barline-L1")
    assert PrimusExporter("agnostic").export_string(score).split() == [*text.split(), "barline-L1"]
    (beam,) = score.descendants(Beam)
    assert [type(item) for item in beam.objects()] == [Note, Clef, KeySignature, Note]


def test_a_curve_between_neighbours_of_one_position_is_a_tie():
    score = read(
        "clef.G-L2 metersign.C-L3 accidental.flat-L3 note.half-L3 slur.start-L3 barline-L1 slur.end-L3 note.quarter-L3 "
        "slur.start-L3 note.quarter-L4 slur.end-L3 note.half-L3"
    )
    notes = list(score.notes())
    assert [(tie.start, tie.end) for tie in score.descendants(Tie)] == [(notes[0], notes[1])]
    assert [(slur.start, slur.end) for slur in score.descendants(Slur)] == [(notes[1], notes[3])]
    assert [str(note.pitch) for note in notes] == ["Bb4", "Bb4", "D5", "B4"]


def test_fermatas_belong_to_the_next_note_or_rest():
    score = read("clef.G-L2 fermata.above-S6 note.half-L3 fermata.above-S6 rest.half-L3 barline-L1")
    assert [mark.start for mark in score.descendants(Fermata)] == list(score.events())


def test_dots_far_from_their_note_are_staccato():
    (note,) = read("clef.G-L2 note.half-L3 dot-S4").notes()
    assert note.duration == Duration(DurationType.HALF)
    assert [mark.kinds for mark in note.children_of(Articulation)] == [("stacc",)]


def test_only_drawn_barlines_are_written():
    score = read("clef.C-L3 note.half-L3 barline-L1 note.half-L3")
    assert [measure.right for measure in score.measures] == [None, BarlineForm.INVISIBLE]
    assert read("clef.G-L2 note.half-L3 barline-L1 barline-L1").measures[-1].voices[0].events == []
    clef = next(score.descendants(Clef))
    assert (clef.shape, clef.line) == (ClefShape.C, 3)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("clef.G-L2 dot-S3", ["token 2: dot-S3: not read: no note or rest stands before it"]),
        ("note.half-L3 clef.X", ["token 2: clef.X: not read: it has no position such as -L3 or -S4"]),
        ("note.half-L3 slur.start-L3", ["token 2: slur.start: not read: the slur has no end"]),
        ("slur.end-L3 note.half-L3", ["token 1: slur.end: not read: no slur has started"]),
        ("barline-L1 slur.start-L3", ["token 2: slur.start-L3: not read: no note stands before it"]),
        ("note.half-L3 fermata.above-S6", ["token 2: fermata: not read: no note or rest follows"]),
        (
            "digit.3-S5 rest.half-L3",
            ["token 1: digit.3-S5: not read: no multi-measure rest follows the number"],
        ),
        (
            "multirest-L3",
            ["token 1: multirest-L3: read as a rest of one measure: no number stands before it"],
        ),
        (
            "digit.3-L4 note.half-L3",
            ["token 1: digit.3-L4: read as a time signature of one number: the other number is missing"],
        ),
        ("note.beamedRight1-L3 barline-L1", ["token 1: beam: has no last note: it ends at a barline"]),
        (
            "note.beamedBoth1-L3 note.beamedLeft1-L3",
            ["token 1: note.beamedBoth1-L3: read as the first note of a beam: none is open"],
        ),
        ("note.beamedLeft1-L3", ["token 1: note.beamedLeft1-L3: read without its beam: none is open"]),
        (
            "note.beamedRight1-L3 note.half-L3 note.beamedLeft1-L3",
            [
                "token 1: beam: has no last note: it is interrupted by note.half-L3",
                "token 3: note.beamedLeft1-L3: read without its beam: none is open",
            ],
        ),
        ("note.half-L3" + " dot-S3" * 5, ["token 6: dot-S3: not read: a note has at most 4 dots"]),
        ("digit.1-L3 " * 7 + "rest.half-L3", ["token 1: digit.1-L3: not read: the number is too long"]),
        (
            "digit.0-S5 multirest-L3",
            ["token 1: digit.0-S5: read as a rest of one measure: 0 is no number of measures"],
        ),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_token(text: str, wanted: list[str]):
    assert [str(issue) for issue in issues(text)] == wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (" \n", "it has no tokens; expected tokens such as clef.G-L2"),
        (
            "clef-G2 note-C4_half",
            "the given data is not in the agnostic encoding of PrIMuS: it has the token clef-G2",
        ),
    ],
)
def test_text_without_tokens_is_an_error(text: str, message: str):
    with pytest.raises(MalformedSourceError, match=message):
        load_score(data=text, format="agnostic")


def test_ten_thousand_tokens_are_read_and_written():
    text = (
        "clef.G-L2 "
        + "accidental.sharp-L3 note.beamedRight1-L3 slur.start-L3 slur.end-S3 note.beamedLeft1-S3 " * 2000
    )
    score = read(text)
    assert sum(1 for _ in score.notes()) == 4000
    assert len(PrimusExporter("agnostic").export(score)) == 10_001
