from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Curve, PrimitiveKind, Symbol
from smashcima.mei import read_mei

TWO_STAVES = (
    '<scoreDef xml:id="definition" meter.count="4" meter.unit="4"><staffGrp>'
    '<staffDef xml:id="staffDef1" n="1" lines="5" clef.shape="G" clef.line="2"/>'
    '<staffDef xml:id="staffDef2" n="2" lines="5" clef.shape="F" clef.line="4"/></staffGrp></scoreDef>'
)
HALVES = '<note xml:id="h1" pname="c" oct="5" dur="2"/><note xml:id="h2" pname="d" oct="5" dur="2"/>'
QUARTERS = "".join(f'<note xml:id="q{k}" pname="c" oct="3" dur="4"/>' for k in range(1, 5))


def engraved(mei: str):
    score, _ = read_mei(mei)
    before = [str(dict(mark.mei)) for mark in score.marks()]
    engraving = engrave(score)
    assert [str(dict(mark.mei)) for mark in score.marks()] == before  # the score stays as it is
    return engraving


def said(engraving) -> list[tuple[str, str, str]]:
    return [(issue.where, issue.element, issue.what) for issue in engraving.issues]


@pytest.fixture
def two_staves(write_document):
    """Engraves a measure of two halves above four quarters, with marks."""

    def make(marks: str):
        staves = (
            f'<staff xml:id="s1" n="1"><layer n="1">{HALVES}</layer></staff>'
            f'<staff xml:id="s2" n="2"><layer n="1">{QUARTERS}</layer></staff>'
        )
        return engraved(write_document(f'<measure xml:id="m1" n="1">{staves}{marks}</measure>', TWO_STAVES))

    return make


def staves_of(engraving, element: str) -> set[int | None]:
    return {p.place.staff for p in engraving.primitives() if p.element == element}


def test_a_dynamic_by_no_staff_goes_where_a_note_begins(two_staves):
    engraving = two_staves('<dynam xml:id="d" tstamp="2">p</dynam>')
    assert staves_of(engraving, "d") == {2}
    assert said(engraving) == [
        ("measure 1", "dynam", "without a staff, assigned to one on which a note starts there")
    ]


def test_two_dynamics_at_one_beat_go_to_two_staves(two_staves):
    engraving = two_staves('<dynam xml:id="d" tstamp="3">p</dynam><dynam xml:id="e" tstamp="3">p</dynam>')
    assert staves_of(engraving, "d") == {1}
    assert staves_of(engraving, "e") == {2}
    assert [issue.what[:17] for issue in engraving.issues] == ["2 without a staff"]


def test_dynamics_close_to_each_other_go_to_different_staves(two_staves):
    engraving = two_staves('<dynam xml:id="d" tstamp="1">p</dynam><dynam xml:id="e" tstamp="1.1">p</dynam>')
    assert staves_of(engraving, "d") == {1}
    assert staves_of(engraving, "e") == {2}


def test_offsets_by_an_unknown_staff_are_not_kept(two_staves):
    plain, lifted = (
        two_staves(f'<dynam xml:id="d" tstamp="1" place="below" {offset}>p</dynam>')
        for offset in ("", 'vo="9vu" ho="4vu"')
    )
    at = [[p.origin for p in e.primitives() if p.element == "d"] for e in (plain, lifted)]
    assert at[0] == at[1] != []


def test_a_staff_that_has_its_dynamic_gets_no_second_one(two_staves):
    engraving = two_staves(
        '<dynam xml:id="d" tstamp="1" staff="1">p</dynam><dynam xml:id="e" tstamp="1">p</dynam>'
    )
    assert staves_of(engraving, "d") == {1}
    assert staves_of(engraving, "e") == {2}


def test_where_no_note_begins_the_first_staff_has_the_mark(two_staves):
    assert staves_of(two_staves('<dir xml:id="d" tstamp="4.5">dolce</dir>'), "d") == {1}


def test_a_tie_without_an_end_is_drawn_behind_its_note(two_staves):
    engraving = two_staves('<tie xml:id="t" startid="#h2"/>')
    (tie,) = [p for p in engraving.primitives(PrimitiveKind.TIE) if p.element == "t"]
    (head,) = [p for p in engraving.primitives(PrimitiveKind.NOTEHEAD) if p.element == "h2"]
    assert isinstance(tie, Curve)
    assert isinstance(head, Symbol)
    left, right = tie.outer[0, 0, 0], tie.outer[-1, -1, 0]
    assert head.origin.x < left < right
    assert said(engraving) == [("measure 1", "tie", "without an end, drawn after its note")]


def test_an_arpeggio_of_one_note_goes_over_all_that_begins_with_it(write_document, write_measure):
    layers = (
        '<note xml:id="high" pname="e" oct="5" dur="1"/></layer><layer n="2">'
        '<note xml:id="low" pname="f" oct="4" dur="1"/>'
    )
    engraving = engraved(write_document(write_measure(layers, '<arpeg xml:id="a" plist="#low"/>')))
    signs = [p for p in engraving.primitives(PrimitiveKind.ARPEGGIO) if p.element == "a"]
    assert signs
    assert said(engraving) == [
        ("measure 1", "arpeg", "of one note, extended to all notes that start with it")
    ]


def test_an_arpeggio_of_a_lone_note_is_named_with_the_reason(two_staves):
    assert said(two_staves('<arpeg xml:id="a" plist="#h1"/>')) == [
        ("measure 1", "arpeg", "not drawn: it has only one note (id a)")
    ]


def test_a_hairpin_without_an_end_is_named_and_not_drawn(two_staves):
    engraving = two_staves('<hairpin xml:id="x" staff="1" tstamp="2" form="cres"/>')
    assert list(engraving.primitives(PrimitiveKind.HAIRPIN)) == []
    (issue,) = engraving.issues
    assert issue.element == "hairpin"
    assert "no end" in issue.what


def test_a_tie_that_starts_at_a_rest_is_named(write_document, write_measure):
    layer = '<rest xml:id="r" dur="2"/><note xml:id="n" pname="c" oct="5" dur="2"/>'
    engraving = engraved(write_document(write_measure(layer, '<tie xml:id="t" startid="#r"/>')))
    assert said(engraving) == [("measure 1", "tie", "not drawn: it has no end (id t)")]
