"""Scores made from annotations."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import smashcima.scene.semantic as s
from smashcima.loading.mashcima import score_of_annotation
from smashcima.mei import read_mei, write_mei
from smashcima.notations.mashcima import VOCABULARY, is_token, parse_annotation_into_token_groups
from smashcima.scene.semantic import BarlineForm

texts = st.lists(
    st.one_of(
        st.sampled_from(VOCABULARY),
        st.sampled_from(["foo", "q", "q13", "~key", "~grace.e=0", "~grace.=e1", "~time.3+2", "~multirest.2", "~tuplet.7", "~dyn.x"]),
    ),
    max_size=25,
).map(" ".join)  # fmt: skip
"""Annotations that are rarely valid."""


def loaded(annotation: str) -> s.Score:
    score, issues = score_of_annotation(annotation)
    assert issues == []
    return score


def what(annotation: str) -> list[tuple[str, str, str]]:
    return [(issue.where, issue.element, issue.what) for issue in score_of_annotation(annotation)[1]]


def pitches(annotation: str) -> list[str]:
    return [str(note.pitch) for note in loaded(annotation).notes()]


def test_positions_are_kept_and_pitches_follow_from_the_clef() -> None:
    score = loaded("clef.F2 q0 w-12 t12")
    notes = list(score.notes())
    assert [(note.staff_position, str(note.pitch), str(note.duration)) for note in notes] == [
        (0, "D3", "quarter"), (-12, "F1", "whole"), (12, "B4", "32nd"),
    ]  # fmt: skip
    assert [note.pitch_position for note in notes] == [0, -12, 12]


def test_notes_without_a_clef_have_no_pitch() -> None:
    assert pitches("q0 clef.C0 q0 ~clef.perc q0") == ["None", "C4", "None"]


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("clef.G-2 #4 #1 q4 q1 q-3 q0", ["F#5", "C#5", "F#4", "B4"]),
        ("clef.G-2 #0 b3 q0 q-7 q3", ["B#4", "B#3", "Eb5"]),
        ("clef.G-2 #0 q0 q0 q7 | q0", ["B#4", "B#4", "B5", "B4"]),
        ("clef.G-2 x0 q0 bb0 q0 N0 q0 q0", ["B##4", "Bbb4", "B4", "B4"]),
        ("clef.G-2 #0 q0 ( | ) q0 q0", ["B#4", "B#4", "B4"]),
        ("clef.G-2 #0 q0 clef.F2 q0 q12", ["B#4", "D3", "B#4"]),
        ("clef.G-2 #0 ~grace.e0 q0", ["B#4", "B#4"]),
        ("~clef.8vb.G-2 q0 clef.G0 q0 clef.F3 q3 clef.C-12 q-12 clef.G-3 q-3", ["B3", "G4", "F3", "C4", "G4"]),
    ],
)  # fmt: skip
def test_pitches_follow_from_key_accidentals_and_ties(annotation: str, expected: list[str]) -> None:
    assert pitches(annotation) == expected


def test_usual_key_signatures_have_a_number_and_others_explicit_signs() -> None:
    score = loaded("clef.G-2 b0 b3 q1 | #0 b0 q1 | clef.C0 #3 q1 | N3 q1 | #3 #3 q1")
    keys = list(score.descendants(s.KeySignature))
    assert [key.fifths for key in keys] == [-2, None, 1, None, None]
    assert [(sign.kind, sign.staff_position) for sign in keys[1].accidentals] == [("s", 0), ("f", 0)]
    assert [(sign.kind, sign.staff_position) for sign in keys[3].accidentals] == [("n", 3)]


def test_a_staff_begins_with_its_clef_key_and_time() -> None:
    score = loaded("clef.C2 b0 time.9 time.0 q1 |")
    definition = score.definition
    assert definition is not None
    clef, time = score.staves[0].clef, definition.time_signature
    assert clef is not None
    assert (clef.shape, clef.line) == (s.ClefShape.C, 4)
    assert isinstance(time, s.TimeSignature)
    assert (time.count, time.unit, time.quarter_length) == ("9", 0, None)
    assert list(score.measures[0].descendants(s.Clef)) == []


def test_changes_at_the_start_of_a_measure_are_in_force_there() -> None:
    score = loaded("clef.G-2 q0 | clef.F2 #1 time.C q0 | time.C/ q0 | q0 ~time.12 time.8 q0 ~meter.3 |")
    holders = [measure.staves[0] for measure in score.measures]
    times = [holder.time_signature for holder in holders]
    assert [getattr(time, "symbol", None) for time in times] == [None, s.TimeSymbol.COMMON, s.TimeSymbol.CUT, s.TimeSymbol.CUT]  # fmt: skip
    inner = [(time.count, time.unit) for time in holders[3].descendants(s.TimeSignature)]
    assert inner == [("12", 8), ("3", None)]
    assert [holder.clef.shape if holder.clef else None for holder in holders] == [s.ClefShape.G, *[s.ClefShape.F] * 3]  # fmt: skip


@pytest.mark.parametrize(
    ("annotation", "barlines"),
    [
        ("q0", [(None, "invis")]),
        ("q0 |", [(None, None)]),
        ("q0 | q1", [(None, None), (None, "invis")]),
        ("| | q0", [(None, None), (None, None), (None, "invis")]),
        ("clef.G-2 |: q0 :|: q1 :| q2 ~||", [("rptstart", "rptboth"), (None, "rptend"), (None, "dbl")]),
        ("q0 |: q1 ~|]", [(None, None), ("rptstart", "end")]),
        ("fermata |: q1 |", [(None, None), ("rptstart", None)]),
    ],
)
def test_barlines_are_those_of_the_annotation(annotation: str, barlines: object) -> None:
    score = loaded(annotation)
    assert [
        (measure.left and measure.left.value, measure.right and measure.right.value)
        for measure in score.measures
    ] == barlines
    assert score.measures[-1].right is None or isinstance(score.measures[-1].right, BarlineForm)


def test_all_attachments_belong_to_their_note() -> None:
    annotation = (
        "fermata ~fermata.below trill + ~mordent.lower ~turn.upper ~dyn.mf b0 q0 . _ > ^ ~artic.upbow **"
    )
    score = loaded(annotation)
    note = next(score.notes())
    assert note.accidental is not None
    assert note.accidental.kind == "f"
    assert [artic.kinds for artic in note.articulations] == [("stacc",), ("ten",), ("acc",), ("marc",), ("upbow",)]  # fmt: skip
    assert str(note.duration) == "quarter.."
    marks = [(mark.tag, mark.text, mark.place, getattr(mark, "form", None)) for mark in score.marks()]
    assert marks == [
        ("fermata", "", "above", None), ("fermata", "", "below", "inv"), ("trill", "", "above", None), ("ornam", "+", "above", None),
        ("mordent", "", "above", "lower"), ("turn", "", "above", "upper"), ("dynam", "mf", "below", None),
    ]  # fmt: skip
    assert all(mark.start is note for mark in score.marks())


def test_rests_of_all_values_and_of_several_measures() -> None:
    score = loaded("lr br wr hr * fermata qr er sr tr ~ur ~vr ~multirest.16")
    rests = [str(event.duration) for event in score.events() if isinstance(event, s.Rest)]
    assert rests == ["long", "breve", "whole", "half.", "quarter", "eighth", "16th", "32nd", "64th", "128th"]
    assert [event.count for event in score.descendants(s.MultiMeasureRest)] == [16]


def test_grace_notes_take_no_time_and_have_beams_of_their_own() -> None:
    score = loaded("e=0 ~grace/.s=3 ~grace.=s4 #1 =s=1 er =s2 ~grace.e3")
    outer, inner = score.descendants(s.Beam)
    assert [event.tag for event in outer.events] == ["note", "note", "note", "note", "rest", "note"]
    assert [note.position for note in inner.events if isinstance(note, s.Note)] == [3, 4]
    notes = list(score.notes())
    assert [note.is_grace for note in notes] == [False, True, True, False, False, True]
    assert [note.mei.get("stem.mod") for note in notes][1:3] == ["1slash", None]
    assert score.measures[0].quarter_length == Fraction(3, 2)


# -- slurs and ties ----------------------------------------------------------------------------------------


def curves(annotation: str) -> list[tuple[str, int | None, int | None]]:
    score, _ = score_of_annotation(annotation)
    order = {event: index for index, event in enumerate(score.events())}
    return [
        (mark.tag, order.get(mark.start) if mark.start else None, order.get(mark.end) if mark.end else None)
        for mark in score.marks()
        if isinstance(mark, s.Slur | s.Tie)
    ]


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("q0 ( ) q1", [("slur", 0, 1)]),
        ("q0 ( ) q0", [("tie", 0, 1)]),
        ("q0 ( | ) q0 ( ) q0", [("tie", 0, 1), ("tie", 1, 2)]),
        ("#0 q0 ( ) q0", [("tie", 0, 1)]),
        ("q0 ( ) #0 q0", [("slur", 0, 1)]),
        ("#0 q0 ( ) N0 q0", [("slur", 0, 1)]),
        ("clef.G-2 q0 ( clef.F2 ) q0", [("slur", 0, 1)]),
        ("q0 ( qr ) q0", [("slur", 0, 2)]),
        ("q0 ( ~grace.e1 ) q0", [("tie", 0, 2)]),
        ("q0 ( ( ) ) q0", [("tie", 0, 1), ("slur", 0, 1)]),
        ("q0 ( ( ) q0 ) q1", [("tie", 0, 1), ("slur", 0, 2)]),
        ("q0 ( q1 ( ) q2 ) q3", [("slur", 1, 2), ("slur", 0, 3)]),
        ("~grace.e0 ( ) q0", [("slur", 0, 1)]),
        ("qr ( ) qr", [("slur", 0, 1)]),
        ("q0 ( q1", [("slur", 0, None)]),
        (") q0", [("slur", None, 0)]),
    ],
)
def test_brackets_are_slurs_or_ties(annotation: str, expected: object) -> None:
    assert curves(annotation) == expected


def test_unbalanced_slurs_are_reported() -> None:
    assert what("q0 | ) q0 ( q1") == [
        ("measure 2", "slur", "a slur without a start; drawn from the left, if at all (unbalanced brackets)"),
        ("measure 2", "slur", "a slur without an end; drawn to the right, if at all (unbalanced brackets)"),
    ]


def test_marks_at_barlines_lie_at_the_end_of_the_measure() -> None:
    score = loaded("time.C h0 ( h1 ) fermata | ( q0 ) q1 |")
    slur, fermata, second = score.marks()
    assert (slur.end, slur.end_point, slur.onset, slur.quarter_length) == (
        None,
        s.TimePoint(0, Fraction(5)),
        0,
        4,
    )
    assert (fermata.start, fermata.beat, fermata.onset) == (None, 5, 4)
    assert (second.start, second.onset, str(second.end and second.end.tag)) == (None, 4, "note")


# -- tuplets -----------------------------------------------------------------------------------------------


def tuplets(annotation: str) -> list[tuple[int, int, list[int | None], str]]:
    score, _ = score_of_annotation(annotation)
    return [
        (found.count, found.base, [note.position for note in found.events if isinstance(note, s.Note)], found.mei.get("type", ""))
        for found in score.descendants()
        if isinstance(found, s.Tuplet | s.TupletSpan)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("annotation", "expected"),
    [
        ("e=0 tuplet.3 =e=1 =e2", [(3, 2, [0, 1, 2], "")]),
        ("tuplet.3 e=0 =e=1 =e2", [(3, 2, [0, 1, 2], "number-at-0")]),
        ("e5 tuplet.3 e=0 =e=1 =e2", [(3, 2, [0, 1, 2], "number-at-0")]),
        ("q0 tuplet.3 q1 q2", [(3, 2, [0, 1, 2], "")]),
        ("q0 | tuplet.3 q1 q2 q3", [(3, 2, [1, 2, 3], "number-at-0")]),
        ("q0 q1 tuplet.3 q2", [(3, 2, [0, 1, 2], "number-at-2")]),
        ("tuplet.3 q0 e1 q2", [(3, 2, [0, 1], "")]),
        ("er tuplet.3 e1 e2", [(3, 2, [1, 2], "")]),
        ("e=0 tuplet.3 =e=1 =e=2 =e=3 tuplet.3 =e=4 =e5", [(3, 2, [0, 1, 2], ""), (3, 2, [3, 4, 5], "")]),
        ("tuplet.3 h0", [(3, 3, [0], "")]),
        ("s=0 =s=1 ~tuplet.5 =s=2 =s=3 =s4", [(5, 4, [0, 1, 2, 3, 4], "")]),
        ("e=0 ~grace.e9 tuplet.3 =e=1 =e2", [(3, 2, [0, 9, 1, 2], "")]),
        ("h0 e=0 =e1 tuplet.3 e2", [(3, 2, [0, 1, 2], "number-at-2")]),
    ],
)
def test_the_notes_of_a_tuplet_follow_from_its_number(annotation: str, expected: object) -> None:
    assert tuplets(annotation) == expected


def test_a_number_without_enough_notes_is_reported_and_takes_no_time() -> None:
    score, issues = score_of_annotation("w0 tuplet.3 q0 |")
    assert [str(issue) for issue in issues] == [
        "measure 1: tuplet: no 3 notes of equal length belong to it; only its number is drawn"
    ]
    assert score.measures[0].quarter_length == 5


def test_a_tuplet_that_cuts_a_beam_is_a_mark() -> None:
    score = loaded("e=0 =e1 tuplet.3 e=2 =e3")
    span = next(score.descendants(s.TupletSpan), None)
    assert span is not None
    assert len(span.events) == 3
    assert len(list(score.descendants(s.Beam))) == 2


# -- issues ------------------------------------------------------------------------------------------------


def test_unknown_symbols_leave_a_gap() -> None:
    score, issues = score_of_annotation("q0 ? q1 |")
    assert [event.tag for event in score.events()] == ["note", "space", "note"]
    assert [str(issue) for issue in issues] == ["measure 1: ?: an unknown symbol; left as a gap"]


def test_repairs_become_issues() -> None:
    assert what("q0 do time.3") == [
        ("annotation", "tokens", "Unknown token: 'do'"),
        ("annotation", "tokens", "Unpaired numeric time signature: time.3"),
        ("measure 1", "?", "an unknown symbol; left as a gap"),
    ]


def test_an_empty_annotation_is_an_empty_staff() -> None:
    score, issues = score_of_annotation("  ")
    assert [issue.what for issue in issues] == ["it is empty; the staff has no symbols"]
    assert (len(score.measures), score.measures[0].right) == (1, BarlineForm.INVISIBLE)


def test_measures_need_not_be_full() -> None:
    score = loaded("time.3 time.4 w0 | q0 | h0 * |")
    assert [measure.mei.get("metcon") for measure in score.measures] == ["false", None, None]
    assert score.update() == []


def test_scores_survive_mei() -> None:
    annotation = (
        "clef.F3 #0 b0 time.9 time.0 fermata e=0 ( ~grace/.e2 =e1 ) fermata | ? tuplet.3 q0 q1 ( q2 :|: q3"
    )
    score, _ = score_of_annotation(annotation)
    again, _ = read_mei(write_mei(score).encode())
    assert write_mei(again) == write_mei(score)
    assert [str(note.pitch) for note in again.notes()] == [str(note.pitch) for note in score.notes()]


@given(texts)
def test_any_text_becomes_a_score(text: str) -> None:
    score, issues = score_of_annotation(text)
    _, warnings = parse_annotation_into_token_groups(text)
    assert len(issues) >= len(warnings)
    assert score.measures


@given(st.text(max_size=60))
def test_any_characters_become_a_score(text: str) -> None:
    score, issues = score_of_annotation(text)
    assert score.measures
    assert issues or all(map(is_token, text.split()))


@pytest.mark.parametrize("text", ["q0 " * 10_000, "( q0 " * 5000, "e=0 tuplet.3 " * 5000, "foo " * 10_000, "q" * 10**6])  # fmt: skip
def test_long_annotations_are_read(text: str) -> None:
    score, _ = score_of_annotation(text)
    assert len(score.measures) == 1
