from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave_mei


def found(engraving) -> list[tuple[str, str, str]]:
    return [
        (issue.where, issue.element, issue.what) for issue in engraving.issues if "not drawn" in issue.what
    ]


def test_nothing_is_missing_from_plain_music(snippet):
    layer = (
        '<clef xml:id="k" shape="F" line="4"/><note xml:id="n1" pname="c" oct="4" dur="4" accid="s"><artic xml:id="a" artic="ten"/></note>'
        '<rest xml:id="r" dur="4"/><space xml:id="x" dur="4"/><chord xml:id="c" dur="4"><note xml:id="n2" pname="e" oct="3"/></chord>'
    )
    assert snippet(layer, '<dynam xml:id="d" tstamp="1" staff="1">f</dynam>').engraving.issues == ()


def test_what_is_hidden_on_purpose_is_not_missed(snippet):
    layer = (
        '<note xml:id="n1" pname="c" oct="5" dur="4" visible="false"/><rest xml:id="r" dur="4" visible="false"/>'
        '<note xml:id="n2" pname="c" oct="5" dur="4"><accid xml:id="a" accid.ges="s"/></note><mRest cutout="cutout"/>'
    )
    assert found(snippet(layer, '<dynam xml:id="empty" tstamp="1" staff="1"/>').engraving) == []


def test_only_the_first_reading_is_expected(snippet):
    layer = (
        '<choice><sic><note xml:id="wrong" pname="c" oct="5" dur="4"/></sic>'
        '<corr><note xml:id="right" pname="d" oct="5" dur="4"/></corr></choice>'
    )
    assert found(snippet(layer).engraving) == []


def test_a_slur_without_an_end_is_named(write_document, write_measure):
    mei = write_document(write_measure(marks='<slur xml:id="s" startid="#n1"/>', n=7))
    assert found(engrave_mei(mei)) == [("measure 7", "slur", "not drawn: it has no end (id s)")]


def test_marks_that_belong_to_nothing_are_named(snippet):
    made = snippet(marks='<fermata xml:id="f" startid="#nobody"/>')
    assert ("measure 1", "fermata", "not drawn: its start is not in the score (id f)") in found(
        made.engraving
    )


def test_rests_of_an_empty_hidden_staff_are_named_with_the_reason(write_document):
    definition = (
        '<scoreDef optimize="true"><staffGrp><staffDef n="1" lines="5" clef.shape="G" clef.line="2"/>'
        '<staffDef n="2" lines="5" clef.shape="G" clef.line="2"/></staffGrp></scoreDef>'
    )
    measure = (
        '<measure xml:id="m{n}" n="{n}"><staff xml:id="a{n}" n="1"><layer n="1"><note pname="c" oct="5" dur="1"/></layer></staff>'
        '<staff xml:id="b{n}" n="2"><layer n="1"><mRest xml:id="r{n}"/></layer></staff></measure>'
    )
    engraving = engrave_mei(write_document(f"{measure.format(n=1)}<sb/>{measure.format(n=2)}", definition))
    assert [[staff.number for staff in system.staves] for system in engraving.systems] == [[1, 2], [1]]
    assert found(engraving) == [
        ("measure 2", "mRest", "not drawn: its staff is hidden in this system (id r2)")
    ]


def test_what_verovio_says_becomes_issues(snippet):
    made = snippet(marks="<attacca>attacca</attacca>")
    (issue,) = made.engraving.issues
    assert issue.element == "attacca"
    assert "Unsupported" in issue.what


def test_later_movements_are_not_expected(write_document, write_measure):
    mei = write_document(write_measure(n=1))
    later = write_document(write_measure(n=2).replace('"n', '"second'))
    movement = later[later.index("<mdiv>") : later.index("</body>")]
    assert found(engrave_mei(mei.replace("</body>", movement + "</body>"))) == []


def test_notes_without_head_and_stem_are_not_missed(snippet):
    layer = (
        '<note xml:id="n1" pname="c" oct="5" dur="2" head.visible="false" stem.visible="false"/>'
        '<beam xml:id="b"><note xml:id="n2" pname="c" oct="5" dur="4" head.visible="false" stem.visible="false"/></beam>'
        '<note xml:id="n3" pname="d" oct="5" dur="4"/>'
    )
    made = snippet(layer)
    assert not made.of_element("n1")
    assert made.of_element("n3")
    assert found(made.engraving) == []


def test_a_score_in_the_head_does_not_hide_what_is_missing(write_document, write_measure):
    mei = write_document(write_measure(marks='<slur xml:id="s" startid="#n1"/>'))
    incipit = "<workList><work><title/><incip><score><section/></score></incip></work></workList>"
    assert found(engrave_mei(mei.replace("</meiHead>", incipit + "</meiHead>"))) == [
        ("measure 1", "slur", "not drawn: it has no end (id s)")
    ]


def test_the_end_of_a_drawn_pedal_line_is_not_missed(snippet):
    marks = (
        '<pedal xml:id="down" staff="1" tstamp="1" dir="down" form="line"/>'
        '<pedal xml:id="change" staff="1" tstamp="2" dir="bounce" form="line"/>'
        '<pedal xml:id="up" staff="1" tstamp="3" dir="up" form="line"/>'
        '<pedal xml:id="stray" staff="1" tstamp="4" dir="up" form="line"/>'
    )
    made = snippet(marks=marks)
    assert made.of_element("down")
    assert found(made.engraving) == [("measure 1", "pedal", "not drawn (id stray)")]


@pytest.mark.parametrize(
    ("mark", "reason"),
    [
        ('<slur xml:id="x" startid="#n1" endid="#n1"/>', "it starts and ends at the same note"),
        ('<slur xml:id="x" startid="#n1" endid="#gone"/>', "its end is not in the score"),
        ('<dynam xml:id="x">p</dynam>', "its position is not specified"),
        ('<hairpin xml:id="x" staff="1" tstamp="2" tstamp2="0m+2" form="cres"/>', "it has no length"),
        ('<hairpin xml:id="x" staff="1" tstamp="3" tstamp2="0m+2" form="cres"/>', "it ends before it starts"),
        (
            '<pedal xml:id="x" staff="1" tstamp="2"/>',
            "its direction (down or up) is not specified",
        ),
    ],
)
def test_what_is_not_drawn_says_why(snippet, mark: str, reason: str):
    (issue,) = found(snippet(marks=mark).engraving)
    assert issue[2] == f"not drawn: {reason} (id x)"


@pytest.mark.parametrize(
    ("artic", "reason"),
    [
        ('artic="scoop"', "the engraver has no sign for 'scoop'"),
        ("", "its sign is not specified"),
    ],
)
def test_articulations_that_are_not_drawn_say_why(snippet, artic: str, reason: str):
    made = snippet(f'<note xml:id="n1" pname="c" oct="5" dur="1"><artic xml:id="x" {artic}/></note>')
    assert found(made.engraving) == [("measure 1", "artic", f"not drawn: {reason} (id x)")]


def test_empty_staves_stay_unless_the_source_hides_them(write_document):
    staff = '<staffDef n="{}" lines="5" clef.shape="G" clef.line="2"/>'
    definition = (
        f'<scoreDef><staffGrp symbol="bracket"><staffGrp symbol="bracket">{staff.format(1)}</staffGrp>{staff.format(2)}'
        "</staffGrp></scoreDef>"
    )
    measure = (
        '<measure xml:id="m{n}" n="{n}"><staff xml:id="a{n}" n="1"><layer n="1"><note pname="c" oct="5" dur="1"/></layer></staff>'
        '<staff xml:id="b{n}" n="2"><layer n="1"><mRest xml:id="r{n}"/></layer></staff></measure>'
    )
    engraving = engrave_mei(write_document(f"{measure.format(n=1)}<sb/>{measure.format(n=2)}", definition))
    assert [[staff.number for staff in system.staves] for system in engraving.systems] == [[1, 2], [1, 2]]
    assert found(engraving) == []


def test_a_mark_in_another_measure_than_its_note_says_so(write_document, write_measure):
    second = '<note xml:id="later" pname="c" oct="5" dur="1"/>'
    harmony = '<harm xml:id="x" startid="#later">S</harm>'
    mei = write_document(write_measure(marks=harmony) + write_measure(second, n=2))
    assert found(engrave_mei(mei)) == [
        ("measure 1", "harm", "not drawn: it starts in a measure other than the one that contains it (id x)")
    ]
