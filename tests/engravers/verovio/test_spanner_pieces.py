"""Hairpins of two arms, and marks that are broken by the ends of systems."""

from __future__ import annotations

from pathlib import Path

import pytest

import smashcima as sc
from smashcima.engraving import Polyline
from smashcima.exporting import CocoExporter, MungExporter
from smashcima.exporting.annotation import annotate
from smashcima.scene.semantic import Hairpin, OctaveShift, Slur
from smashcima.scene.visual import DynamicMark, HairpinMark, OctaveMark, SlurCurve, TieCurve

HEAD = """<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/></titleStmt>
<pubStmt/></fileDesc></meiHead><music><body><mdiv><score><scoreDef meter.count="4" meter.unit="4"><staffGrp>
<staffDef n="1" lines="5" clef.shape="G" clef.line="2"/></staffGrp></scoreDef><section>"""

TAIL = "</section></score></mdiv></body></music></mei>"


def broken_music(marks: str) -> str:
    """Three systems of one measure each, of four quarter notes a1 ... d1, a2 ... d2, a3 ... d3."""
    measures = ""
    for number in (1, 2, 3):
        notes = "".join(
            f'<note xml:id="{letter}{number}" pname="{letter}" oct="4" dur="4"/>' for letter in "abcd"
        )
        measures += f'<measure n="{number}"><staff n="1"><layer n="1">{notes}</layer></staff>'
        measures += (marks if number == 1 else "") + "</measure>" + ("<sb/>" if number < 3 else "")
    return HEAD + measures + TAIL


def printed(marks: str) -> sc.orchestration.MusicScene:
    model = sc.EngravedModel(
        seed=0, dpi=100, layout=sc.engraving.LayoutOptions(breaks=sc.engraving.Breaks.ENCODED)
    )
    return model(data=broken_music(marks), format="mei")


@pytest.mark.parametrize("form, opens", [("cres", True), ("dim", False)])
def test_a_hairpin_has_one_object_with_both_arms_in_each_system(form: str, opens: bool) -> None:
    scene = printed(f'<hairpin form="{form}" staff="1" startid="#b1" endid="#c3"/>')
    (hairpin,) = scene.score.descendants(Hairpin)
    pieces = scene.find(HairpinMark)
    assert [piece.semantic for piece in pieces] == [hairpin] * 3
    assert [piece.system.index for piece in pieces] == [0, 1, 2]
    for piece in pieces:
        line = piece.primitive
        assert isinstance(line, Polyline)
        left = line.corners[line.corners[:, 0] < line.corners[:, 0].mean(), 1]
        right = line.corners[line.corners[:, 0] > line.corners[:, 0].mean(), 1]
        gap_left, gap_right = float(left.max() - left.min()), float(right.max() - right.min())
        assert (gap_left < gap_right) == opens
    tips = [len(piece.primitive.corners) == 3 for piece in pieces]
    assert tips == ([True, False, False] if opens else [False, False, True])


def test_the_ink_of_both_arms_is_one_region() -> None:
    scene = printed('<hairpin form="cres" staff="1" startid="#b1" endid="#c3"/>')
    middle = scene.find(HairpinMark)[1]
    assert len(middle.glyph.paths) == 2
    assert len(middle.glyph.region.contours.rings) == 2
    page = scene.compose_page(scene.pages[0])
    names = [node.class_name for node in MungExporter().export(page)]
    assert names.count("dynamicCrescendoHairpin") == 3
    document = CocoExporter().export(page)
    facts = [each["attributes"] for each in document["annotations"] if "pieces" in each["attributes"]]
    assert [(fact["piece"], fact["pieces"]) for fact in facts] == [(1, 3), (2, 3), (3, 3)]
    assert len({fact["source_element"] for fact in facts}) == 1


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_arms_of_a_pen_open_from_one_side(seed: int) -> None:
    model = sc.BaseHandwrittenModel(
        seed=seed, dpi=60, hand="pen", layout=sc.engraving.LayoutOptions(breaks=sc.engraving.Breaks.ENCODED)
    )
    scene = model(
        data=broken_music('<hairpin form="cres" staff="1" startid="#b1" endid="#c3"/>'), format="mei"
    )
    for piece in scene.find(HairpinMark)[1:]:
        corners = piece.primitive.corners
        narrow = abs(corners[1, 1] - corners[2, 1])
        wide = abs(corners[0, 1] - corners[3, 1])
        assert corners[0, 0] > corners[1, 0]
        assert narrow < wide < 4 * piece.staff.staff_space


def test_the_circle_of_niente_is_no_second_hairpin() -> None:
    scene = printed('<hairpin form="cres" niente="true" staff="1" startid="#a1" endid="#c1"/>')
    (hairpin,) = scene.find(HairpinMark)
    assert hairpin.piece_count == 1
    assert [mark.semantic for mark in scene.find(DynamicMark)] == [hairpin.semantic]


def test_pieces_of_slurs_and_lines_know_their_whole() -> None:
    scene = printed(
        '<slur startid="#b1" endid="#c3"/><octave dis="8" dis.place="above" staff="1" startid="#c1" endid="#a2"/>'
        '<tie startid="#d1" endid="#a2"/>'
    )
    (slur,), (octave,) = scene.score.descendants(Slur), scene.score.descendants(OctaveShift)
    first, middle, last = SlurCurve.all_of(slur)
    assert first.pieces == middle.pieces == last.pieces == [first, middle, last]
    assert [piece.is_continuation for piece in (first, middle, last)] == [False, True, True]
    assert [piece.is_continued for piece in (first, middle, last)] == [True, True, False]
    assert [piece.piece_number for piece in (first, middle, last)] == [1, 2, 3]
    assert [bool(piece.start_noteheads) for piece in (first, middle, last)] == [True, False, False]
    assert {piece.piece_count for piece in OctaveMark.all_of(octave)} == {2}
    assert {piece.piece_number for piece in OctaveMark.all_of(octave)} == {1, 2}
    assert [tie.piece_number for tie in scene.find(TieCurve)] == [1, 2]
    nodes = annotate(scene.compose_page(scene.pages[0]))
    facts = [fact for fact in nodes.facts if fact.get("source_element") == slur.id]
    assert [(fact["piece"], fact["pieces"]) for fact in facts] == [(1, 3), (2, 3), (3, 3)]


def test_pieces_are_named_in_svg() -> None:
    scene = printed('<hairpin form="cres" staff="1" startid="#b1" endid="#c3"/>')
    svg = sc.SvgExporter().export_string(scene.pages[0])
    for number in (1, 2, 3):
        assert f"hairpin ({number} of 3) m.{number}" in svg


def test_a_mark_in_one_system_is_its_only_piece() -> None:
    scene = printed('<slur startid="#a1" endid="#c1"/>')
    (curve,) = scene.find(SlurCurve)
    assert curve.pieces == [curve]
    assert not curve.is_continuation
    assert not curve.is_continued
    facts = annotate(scene.compose_page(scene.pages[0])).facts
    assert not any("piece" in fact for fact in facts)


def test_a_file_with_marks_across_systems(shared_data: Path) -> None:
    scene = sc.EngravedModel(seed=0, dpi=60)(shared_data / "cases" / "103-across-systems.musicxml")
    hairpins = scene.find(HairpinMark)
    assert [(piece.piece_number, piece.piece_count) for piece in hairpins] == [(1, 2), (2, 2)]
    slurs = scene.find(SlurCurve)
    assert [(piece.piece_number, piece.piece_count) for piece in slurs] == [(1, 3), (2, 3), (3, 3)]
