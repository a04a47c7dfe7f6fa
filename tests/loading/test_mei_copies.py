"""Copies and repeated ids in MEI."""

from __future__ import annotations

from pathlib import Path

import pytest

import smashcima as sc
from smashcima.errors import UnsafeSourceError
from smashcima.loading import Loaded
from smashcima.scene.semantic import Slur
from smashcima.scene.visual import Notehead, SlurCurve

HEAD = """<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/></titleStmt>
<pubStmt/></fileDesc></meiHead><music><body><mdiv><score><scoreDef meter.count="2" meter.unit="4"><staffGrp>{}</staffGrp></scoreDef>
<section>"""
STAFF = '<staffDef n="{}" lines="5" clef.shape="G" clef.line="2"/>'
TAIL = "</section></score></mdiv></body></music></mei>"


def read(body: str, staves: int = 1, before: str = "") -> Loaded:
    staff_defs = "".join(STAFF.format(number + 1) for number in range(staves))
    return sc.load_score(data=before + HEAD.format(staff_defs) + body + TAIL, format="mei")


def measure(number: int, *layers: str, marks: str = "", attributes: str = "") -> str:
    staves = "".join(f'<staff n="{n}">{layer}</staff>' for n, layer in enumerate(layers, 1))
    return f'<measure n="{number}" {attributes}>{staves}{marks}</measure>'


def layer(content: str, attributes: str = "") -> str:
    return f'<layer n="1" {attributes}>{content}</layer>'


def pitches(loaded: Loaded) -> list[str]:
    return [str(note.pitch) for note in loaded.score.notes()]


def ids(loaded: Loaded) -> list[str]:
    return [found.id for found in loaded.score.descendants() if found.id]


C = '<note xml:id="c" pname="c" oct="5" dur="4"/>'
D = '<note xml:id="d" pname="d" oct="5" dur="4"/>'


def test_a_copied_note_has_the_pitch_and_duration_of_the_original() -> None:
    loaded = read(measure(1, layer(C + '<note xml:id="own" copyof="#c"/>')))
    assert loaded.issues == ()
    assert pitches(loaded) == ["C5", "C5"]
    assert [note.id for note in loaded.score.notes()] == ["c", "own"]
    assert [str(note.duration) for note in loaded.score.notes()] == ["quarter", "quarter"]
    assert len(sc.EngravedModel(seed=0, dpi=60)(loaded).find(Notehead)) == 2


def test_attributes_of_the_copy_take_precedence() -> None:
    loaded = read(measure(1, layer(C + '<note copyof="#c" pname="e"/>')))
    assert pitches(loaded) == ["C5", "E5"]


@pytest.mark.parametrize("reference", ["copyof", "sameas"])
def test_layers_staves_and_measures_are_copied_with_new_ids(reference: str) -> None:
    body = (
        measure(1, layer(C + D, 'xml:id="l1"'), layer("<mRest/>", 'xml:id="l2"'), attributes='xml:id="m1"')
        + f'<measure n="2"><staff n="1"><layer n="1" {reference}="#l1"/></staff><staff n="2">{layer("<mRest/>")}</staff></measure>'
        + f'<measure n="3" {reference}="#m1"/>'
    )
    loaded = read(body, staves=2)
    assert loaded.issues == ()
    assert pitches(loaded) == ["C5", "D5"] * 3
    assert len(ids(loaded)) == len(set(ids(loaded)))
    assert [note.id for note in loaded.score.notes()] == ["c", "d", "c-2", "d-2", "c-3", "d-3"]


def test_copies_of_copies_are_resolved() -> None:
    body = (
        measure(1, layer(C + '<note xml:id="x" copyof="#c"/>'), attributes='xml:id="m1"')
        + '<measure n="2" xml:id="m2" copyof="#m1"/><measure n="3" copyof="#m2"/>'
    )
    assert pitches(read(body)) == ["C5"] * 6


def test_marks_of_a_copied_measure_refer_to_its_copied_notes() -> None:
    slur = '<slur startid="#c" endid="#d"/>'
    body = measure(1, layer(C + D), marks=slur, attributes='xml:id="m1"') + '<measure n="2" copyof="#m1"/>'
    loaded = read(body)
    slurs = list(loaded.score.descendants(Slur))
    assert [(slur.start.id, slur.end.id) for slur in slurs] == [("c", "d"), ("c-2", "d-2")]
    scene = sc.EngravedModel(seed=0, dpi=60)(loaded)
    assert len(scene.find(SlurCurve)) == 2


def test_a_note_of_the_same_head_keeps_its_own_content() -> None:
    body = measure(1, f'{layer(C + D)}<layer n="2"><note sameas="#c" pname="c" oct="5" dur="2"/></layer>')
    loaded = read(body)
    assert [str(note.duration) for note in loaded.score.notes()] == ["quarter", "quarter", "half"]


@pytest.mark.parametrize(
    "wrong, what",
    [
        ('<note copyof="#nothing"/>', "refers to no element of this file"),
        ('<note copyof="other.mei#c"/>', "refers to no element of this file"),
        ('<note xml:id="me" copyof="#me"/>', "refers to itself"),
        ('<note copyof="#l1"/>', "refers to an element that contains it"),
        ('<rest copyof="#c"/>', "refers to a <note>"),
        (
            '<note xml:id="p" copyof="#q"/><note xml:id="q" copyof="#p"/>',
            "refers to an element that contains it",
        ),
    ],
)
def test_copies_of_nothing_are_reported(wrong: str, what: str) -> None:
    loaded = read(measure(1, layer(C + wrong, 'xml:id="l1"')))
    assert pitches(loaded)[0] == "C5"
    assert any(issue.where == "measure 1" and what in issue.what for issue in loaded.issues)


def test_copies_that_grow_without_bound_are_refused() -> None:
    body = measure(1, layer(C * 1), attributes='xml:id="m0"')
    section = f'<section xml:id="s0">{body}</section>'
    for level in range(1, 25):
        inner = f'<section copyof="#s{level - 1}"/>' * 2
        section += f'<section xml:id="s{level}">{inner}</section>'
    with pytest.raises(UnsafeSourceError, match="copies of copies have more than 200000 elements"):
        read(section)


# -- repeated ids ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before", ["", '<!DOCTYPE mei SYSTEM "mei.dtd">', "<!DOCTYPE mei [\n]>\n"])
def test_a_repeated_id_is_replaced_and_reported(before: str) -> None:
    loaded = read(
        measure(1, layer(C + C.replace("c", "c", 1).replace('pname="c"', 'pname="e"'))), before=before
    )
    assert pitches(loaded) == ["C5", "E5"]
    assert [note.id for note in loaded.score.notes()] == ["c", "c-2"]
    assert [(issue.where, issue.element, issue.what) for issue in loaded.issues] == [
        ("measure 1", "note", "the id 'c' occurs before; this element gets the id 'c-2'")
    ]


def test_references_in_a_measure_with_repeated_ids_stay_in_it() -> None:
    slur = '<slur startid="#c" endid="#d"/>'
    loaded = read(measure(1, layer(C + D), marks=slur) + measure(2, layer(C + D), marks=slur))
    slurs = list(loaded.score.descendants(Slur))
    assert [(slur.start.id, slur.end.id) for slur in slurs] == [("c", "d"), ("c-2", "d-2")]
    assert [issue.what for issue in loaded.issues] == [
        "the id 'c' occurs before; this element gets the id 'c-2'",
        "the id 'd' occurs before; this element gets the id 'd-2'",
    ]


@pytest.mark.parametrize(
    "file, notes", [("105-mei-duplicate-id.mei", 2), ("110-mei-copyof.mei", 4), ("81-mei-editorial.mei", 9)]
)
def test_files_with_copies_and_repeated_ids_are_read(shared_data: Path, file: str, notes: int) -> None:
    scene = sc.EngravedModel(seed=0, dpi=60)(shared_data / "cases" / file)
    heads = scene.find(Notehead)
    assert len(heads) == notes
    assert all(head.semantic.pitch is not None for head in heads)
    assert not any("without a pitch" in issue.what for issue in scene.issues)
