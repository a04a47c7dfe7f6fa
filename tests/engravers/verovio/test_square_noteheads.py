"""Longas, maximas and mensural notes have one head each."""

from __future__ import annotations

from pathlib import Path

import pytest

import smashcima as sc
from smashcima.exporting import MungExporter
from smashcima.scene.visual import LedgerLine, Notehead, Stem

MEI = """<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/></titleStmt>
<pubStmt/></fileDesc></meiHead><music><body><mdiv><score><scoreDef><staffGrp>
<staffDef n="1" lines="5" {}/></staffGrp></scoreDef><section>{}</section></score></mdiv></body></music></mei>"""

TREBLE = 'clef.shape="G" clef.line="2"'
WHITE = 'notationtype="mensural.white" clef.shape="C" clef.line="1"'
BLACK = 'notationtype="mensural.black" clef.shape="C" clef.line="1"'


def in_measures(*notes: str) -> str:
    return "".join(
        f'<measure n="{number}"><staff n="1"><layer n="1">{note}</layer></staff></measure>'
        for number, note in enumerate(notes, 1)
    )


def without_measures(notes: str) -> str:
    return f'<staff n="1"><layer n="1">{notes}</layer></staff>'


def scene_of(definition: str, music: str, hand: str = "") -> sc.orchestration.MusicScene:
    model = sc.BaseHandwrittenModel(seed=0, dpi=60, hand="pen") if hand else sc.EngravedModel(seed=0, dpi=60)
    return model(data=MEI.format(definition, music), format="mei")


@pytest.mark.parametrize("hand", ["", "pen"])
def test_long_notes_have_one_square_head_and_a_stem(hand: str) -> None:
    music = in_measures(
        '<note pname="c" oct="5" dur="long"/>',
        '<note pname="c" oct="5" dur="maxima"/>',
        '<note pname="c" oct="5" dur="breve"/>',
    )
    scene = scene_of(TREBLE, music, hand)
    assert [(head.label.name, head.semantic) for head in scene.find(Notehead)] == [
        ("noteheadDoubleWholeSquare", note) for note in list(scene.score.notes())
    ]
    stems = scene.find(Stem)
    assert [stem.noteheads for stem in stems] == [[head] for head in scene.find(Notehead)[:2]]
    if not hand:
        longa, maxima, _ = (head.bbox() for head in scene.find(Notehead))
        assert maxima.width > 1.5 * longa.width
        assert abs(stems[0].bbox().right - longa.right) < 0.1


def test_a_long_note_in_a_chord_with_ledger_lines() -> None:
    chord = '<chord dur="long"><note pname="c" oct="4"/><note pname="a" oct="3"/></chord>'
    scene = scene_of(TREBLE, in_measures(chord))
    notes = list(scene.score.notes())
    assert {id(head.semantic) for head in scene.find(Notehead)} == {id(note) for note in notes}
    assert len(scene.find(Notehead)) == 2
    assert {line.semantic for line in scene.find(LedgerLine)} <= set(notes)


def test_mensural_notes_have_one_head_each() -> None:
    notes = "".join(
        f'<note pname="e" oct="4" dur="{dur}"/>'
        for dur in ("maxima", "longa", "brevis", "semibrevis", "minima")
    )
    scene = scene_of(WHITE, without_measures(notes))
    assert [head.label.name for head in scene.find(Notehead)] == [
        "mensuralNoteheadMaximaWhite",
        "mensuralNoteheadLongaWhite",
        "mensuralNoteheadLongaWhite",
        "mensuralNoteheadMinimaWhite",
        "mensuralNoteheadMinimaWhite",
    ]
    assert [stem.noteheads[0].semantic.mei.get("dur") or stem.label.name for stem in scene.find(Stem)]
    assert len(scene.find(Stem)) == 3


def test_black_mensural_notes_are_filled() -> None:
    notes = '<note pname="e" oct="4" dur="brevis"/><note pname="e" oct="4" dur="longa"/>'
    scene = scene_of(BLACK, without_measures(notes))
    assert [head.label.name for head in scene.find(Notehead)] == ["mensuralNoteheadLongaBlack"] * 2
    assert [stem.noteheads for stem in scene.find(Stem)] == [[scene.find(Notehead)[1]]]


@pytest.mark.parametrize("form", ["recta", "obliqua"])
def test_each_note_of_a_ligature_has_its_head(form: str) -> None:
    notes = '<note pname="g" oct="4" dur="brevis"/><note pname="c" oct="4" dur="brevis"/>'
    scene = scene_of(WHITE, without_measures(f'<ligature form="{form}">{notes}</ligature>'))
    assert [head.semantic for head in scene.find(Notehead)] == list(scene.score.notes())
    assert {head.label.name for head in scene.find(Notehead)} == {"mensuralNoteheadLongaWhite"}
    first, second = (head.bbox() for head in scene.find(Notehead))
    assert first.center.y < second.center.y
    assert first.center.x < second.center.x


@pytest.mark.parametrize(
    "file, notes", [("33b-long-note.musicxml", 3), ("83-mei-mensural.mei", 7), ("33-short-long.musicxml", 12)]
)
def test_files_with_long_notes_have_one_head_a_note(shared_data: Path, file: str, notes: int) -> None:
    scene = sc.EngravedModel(seed=0, dpi=60)(shared_data / "cases" / file)
    assert len(scene.find(Notehead)) == len(list(scene.score.notes())) == notes
    if file.startswith("33"):
        heads = [
            node.class_name
            for node in MungExporter().export(scene.compose_page(scene.pages[0]))
            if node.class_name == "noteheadDoubleWholeSquare"
        ]
        assert len(heads) == 3
