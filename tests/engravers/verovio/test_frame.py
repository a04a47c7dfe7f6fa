from __future__ import annotations

import pytest

from smashcima.engraving import Curve, Line, PrimitiveKind

TWO_STAVES = (
    '<scoreDef><staffGrp symbol="brace" bar.thru="true">'
    '<staffDef n="1" lines="5" clef.shape="G" clef.line="2"/>'
    '<staffDef n="2" lines="5" clef.shape="F" clef.line="4"/></staffGrp></scoreDef>'
)


def two_staff_measure(n: int, attributes: str = "", upper: str = "", lower: str = "", marks: str = "") -> str:
    rest = '<mRest xml:id="r{}{}"/>'
    return (
        f'<measure xml:id="m{n}" n="{n}" {attributes}>'
        f'<staff xml:id="u{n}" n="1"><layer n="1">{upper or rest.format("u", n)}</layer></staff>'
        f'<staff xml:id="d{n}" n="2"><layer n="1">{lower or rest.format("d", n)}</layer></staff>{marks}</measure>'
    )


@pytest.mark.parametrize("staff_space", [0.8, 1.0, 1.75, 2.0, 3.0])
def test_staff_lines_lie_a_staff_space_apart(snippet, staff_space):
    staff = snippet(staff_space=staff_space).engraving.systems[0].staves[0]
    gaps = [b - a for a, b in zip(staff.line_ys, staff.line_ys[1:], strict=False)]
    assert gaps == pytest.approx([staff_space] * 4)
    assert staff.staff_space == pytest.approx(staff_space)
    assert staff.middle_y == pytest.approx(staff.line_ys[2])


def test_music_starts_at_the_left_margin(snippet):
    from smashcima.engraving import Margins

    staff = snippet(margins=Margins(top=20, right=10, bottom=10, left=33)).engraving.systems[0].staves[0]
    assert staff.left == pytest.approx(33)


def test_full_lines_end_at_the_right_margin(snippet, write_document, write_measure):
    mei = write_document("".join(write_measure("<mRest/>", n=n) for n in range(1, 30)))
    engraving = snippet(mei=mei, breaks="auto", page="A4", margins=20).engraving
    assert len(engraving.systems) > 1
    assert engraving.systems[0].staves[0].right == pytest.approx(190, abs=0.1)


def test_staff_lines_are_primitives_of_their_staff(snippet):
    engraving = snippet().engraving
    lines = list(engraving.primitives(PrimitiveKind.STAFF_LINE))
    assert len(lines) == 5
    assert all(isinstance(line, Line) and line.element == "s1" for line in lines)
    assert [line.start.y for line in lines if isinstance(line, Line)] == pytest.approx(
        engraving.systems[0].staves[0].line_ys
    )
    assert {(p.place.page, p.place.system, p.place.measure, p.place.staff) for p in lines} == {(0, 0, 0, 1)}


def test_measures_follow_each_other(snippet, write_document, write_measure):
    mei = write_document("".join(write_measure(n=n).replace('"n', f'"n{n}-') for n in (1, 2, 3)))
    measures = snippet(mei=mei).engraving.measures
    assert [m.element for m in measures] == ["m1", "m2", "m3"]
    assert [m.index for m in measures] == [0, 1, 2]
    assert measures[0].right == pytest.approx(measures[1].left)
    assert measures[1].right == pytest.approx(measures[2].left)


def test_places_name_the_staff_and_the_measure(snippet, write_document):
    mei = write_document(two_staff_measure(1) + two_staff_measure(2), TWO_STAVES)
    rests = {p.element: p.place for p in snippet(mei=mei).of_kind(PrimitiveKind.MEASURE_REST)}
    assert {name: (place.measure, place.staff) for name, place in rests.items()} == {
        "ru1": (0, 1),
        "rd1": (0, 2),
        "ru2": (1, 1),
        "rd2": (1, 2),
    }


def test_equal_places_are_one_object(snippet):
    heads = snippet().of_kind(PrimitiveKind.NOTEHEAD)
    assert len(heads) == 4
    assert len({id(p.place) for p in heads}) == 1


def test_a_cross_staff_note_belongs_to_the_staff_that_it_is_drawn_on(snippet, write_document):
    upper = '<note xml:id="home" pname="c" oct="5" dur="2"/><note xml:id="away" pname="c" oct="3" dur="2" staff="2"/>'
    made = snippet(mei=write_document(two_staff_measure(1, upper=upper), TWO_STAVES))
    assert {p.place.staff for p in made.of_element("home")} == {1}
    assert {p.place.staff for p in made.of_element("away")} == {2}


def test_marks_belong_to_the_staff_they_name_or_to_that_of_their_first_note(snippet, write_document):
    lower = '<note xml:id="n1" pname="c" oct="3" dur="2"/><note xml:id="n2" pname="d" oct="3" dur="2"/>'
    marks = (
        '<dynam xml:id="named" staff="2" tstamp="1">f</dynam><dir xml:id="above" staff="1" tstamp="1">dolce</dir>'
        '<slur xml:id="byNote" startid="#n1" endid="#n2"/><arpeg xml:id="byList" plist="#n1 #n2"/>'
    )
    made = snippet(mei=write_document(two_staff_measure(1, lower=lower, marks=marks), TWO_STAVES))
    staves = {
        name: {p.place.staff for p in made.of_element(name)}
        for name in ("named", "above", "byNote", "byList")
    }
    assert staves == {"named": {2}, "above": {1}, "byNote": {2}, "byList": {2}}


def test_barlines_are_of_a_staff_or_between_staves(snippet, write_document):
    made = snippet(mei=write_document(two_staff_measure(1), TWO_STAVES))
    strokes = made.of_kind(PrimitiveKind.BARLINE)
    assert [p.place.staff for p in strokes] == [1, 2, None]
    assert {p.element for p in strokes} == {"m1"}


def test_a_system_of_two_staves_starts_with_a_line_and_a_brace(snippet, write_document):
    made = snippet(mei=write_document(two_staff_measure(1), TWO_STAVES))
    bounds = made.engraving.systems[0].bounds
    assert bounds is not None
    (start,) = made.of_kind(PrimitiveKind.SYSTEM_START)
    assert isinstance(start, Line)
    assert (start.start.y, start.end.y) == pytest.approx((bounds.top, bounds.bottom))
    (brace,) = made.of_kind(PrimitiveKind.BRACE)  # Verovio draws two halves
    assert isinstance(brace, Curve)
    middle = (bounds.top + bounds.bottom) / 2
    assert brace.outer[:, [0, 3], 1].ravel() == pytest.approx(
        [bounds.top, middle, middle, bounds.bottom], abs=0.3
    )
    assert not made.of_kind(PrimitiveKind.BRACKET)


def test_a_staff_of_one_line_has_the_usual_space(snippet):
    definition = '<scoreDef><staffGrp><staffDef n="1" lines="1" clef.shape="perc"/></staffGrp></scoreDef>'
    staff = snippet("<mRest/>", definition=definition).engraving.systems[0].staves[0]
    assert len(staff.line_ys) == 1
    assert staff.staff_space == pytest.approx(1.75)


def test_hidden_staves_are_gone_with_what_is_said_about_them(snippet, write_document):
    lower = '<note xml:id="n1" pname="c" oct="3" dur="2"/><note xml:id="n2" pname="d" oct="3" dur="2"/>'
    marks = '<slur xml:id="slur" startid="#n1" endid="#n2"/><dynam xml:id="f" staff="2" tstamp="1">f</dynam>'
    mei = write_document(two_staff_measure(1, lower=lower, marks=marks), TWO_STAVES)
    made = snippet(mei=mei, hidden_staves=frozenset({2}))
    assert [staff.number for staff in made.engraving.systems[0].staves] == [1]
    assert {p.place.staff for p in made.engraving.primitives()} <= {1, None}
    assert not made.of_kind(PrimitiveKind.SLUR)
    assert made.engraving.issues == ()


def test_the_number_of_a_staff_survives_the_hiding_of_those_above(snippet, write_document):
    made = snippet(mei=write_document(two_staff_measure(1), TWO_STAVES), hidden_staves=frozenset({1}))
    assert [staff.number for staff in made.engraving.systems[0].staves] == [2]


def test_hiding_all_staves_is_an_error(snippet):
    from smashcima.errors import EngravingError

    with pytest.raises(EngravingError, match="Keep at least one visible"):
        snippet(hidden_staves=frozenset({1}))
