"""The semantic encoding as a score."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.errors import MalformedSourceError, UnsupportedFormatError
from smashcima.loading import find_format, load_score, read_source
from smashcima.scene.semantic import (
    Accidental,
    Clef,
    Fermata,
    KeySignature,
    MeasureRest,
    MultiMeasureRest,
    Note,
    Rest,
    Score,
    Tie,
    TimeSignature,
)


def read(text: str) -> Score:
    loaded = load_score(data=text, format="semantic")
    assert loaded.issues == ()
    return loaded.score


def test_an_incipit_has_signatures_notes_and_measures():
    score = read(
        "clef-C1\tkeySignature-EbM\ttimeSignature-2/4\tnote-Bb4_quarter.\tnote-G4_eighth\tbarline\trest-half"
    )
    (staff,) = score.staves
    assert (staff.clef and staff.clef.line, next(score.descendants(KeySignature)).fifths) == (1, -3)
    assert [(event.onset, str(event.duration)) for event in score.events()] == [
        (0, "quarter."),
        (1.5, "eighth"),
        (2, "half"),
    ]
    assert len(score.measures) == 2


def test_accidentals_are_added_where_notation_requires_them():
    score = read("clef-G2 keySignature-DM note-F#5_half note-F5_half note-F5_half barline note-F#5_half")
    assert [(note.accidental.kind if note.accidental else None) for note in score.notes()] == [
        None,
        "n",
        None,
        None,
    ]
    assert sum(1 for _ in score.descendants(Accidental)) == 1


def test_ties_reach_over_barlines_and_grace_notes():
    score = read("note-C5_half tie barline gracenote-D5_eighth note-C5_half tie note-C5_half")
    first, grace, second, third = score.notes()
    assert [(tie.start, tie.end) for tie in score.descendants(Tie)] == [(first, second), (second, third)]
    assert grace.is_grace


def test_rests_and_fermatas():
    score = read(
        "timeSignature-3/4 rest-whole_fermata barline multirest-12 barline rest-quarter. note-C4_half_fermata"
    )
    kinds = [type(event) for event in score.events()]
    assert kinds == [MeasureRest, MultiMeasureRest, Rest, Note]
    events = list(score.events())
    assert [mark.start for mark in score.descendants(Fermata)] == [events[0], events[3]]


def test_changes_stand_where_they_are_written():
    score = read(
        "clef-G2 timeSignature-C note-C5_half clef-F4 note-C3_half barline keySignature-FM timeSignature-3/4 note-C3_half"
    )
    assert [clef.line for clef in score.descendants(Clef)] == [2, 4]
    assert score.measures[1].staves[0].time_signature is list(score.descendants(TimeSignature))[1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tie note-C4_half", "token 1: tie: not read: no note stands before it"),
        ("note-C4_half tie rest-half", "token 2: tie: not read: a rest follows"),
        ("note-C4_half tie note-D4_half", "token 2: tie: not read: the next note has another pitch"),
        ("note-C4_half tie", "token 2: tie: not read: the text ends before its second note"),
        (
            "note-C4_half barlines",
            "token 2: barlines: not read: it is none of clef, keySignature, timeSignature",
        ),
        ("barline note-C4_long", "token 2: note-C4_long: not read: it has the unknown value 'C4_long'"),
    ],
)
def test_what_cannot_be_read_is_reported_with_its_token(text: str, wanted: str):
    (issue,) = load_score(data=text, format="semantic").issues
    assert str(issue).startswith(wanted)


def test_text_without_tokens_is_an_error():
    with pytest.raises(MalformedSourceError, match="the token clef.G-L2; expected tokens such as clef-G2"):
        load_score(data="clef.G-L2", format=".semantic")


def test_both_encodings_are_formats_by_suffix(tmp_path: Path):
    for suffix, name in (("agnostic", "PrIMuS agnostic encoding"), ("semantic", "PrIMuS semantic encoding")):
        path = tmp_path / f"incipit.{suffix}"
        path.write_text("barline")
        assert find_format(read_source(path)).name == name


def test_both_encodings_are_recognised_by_their_content():
    for text, name in (("clef.G-L2\tnote.half-L3", "agnostic"), ("clef-G2 barline tie\n", "semantic")):
        record = load_score(data=text).source
        assert record is not None
        assert record.format == f"PrIMuS {name} encoding"
    for text in ("barline", "clef-G2 and other words", "clef.G-L2 clef-G2 x"):
        with pytest.raises(UnsupportedFormatError):
            load_score(data=text)


def test_both_plaine_and_easie_files_of_an_incipit_are_read(shared_data: Path):
    directory = shared_data / "primus" / "000051650-1_1_1"
    if not directory.is_dir():
        pytest.skip(f"the test data lacks {directory}")
    for name in ("regular_pae.pae", "verovio_pae.txt"):
        loaded = load_score(directory / name)
        assert loaded.issues == ()
        assert [str(note.pitch) for note in loaded.score.notes()][:4] == ["Bb5", "Eb5", "Bb5", "C6"]
