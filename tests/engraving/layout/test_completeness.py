from __future__ import annotations

from smashcima.engraving.layout import engrave_mei


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
    assert ("measure 1", "fermata", "not drawn: what it starts at is not in the score (id f)") in found(made.engraving)


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
