"""Noteheads of unusual shapes, from MusicXML and MEI."""

from __future__ import annotations

from pathlib import Path

import pytest

import smashcima as sc
from smashcima.exporting import CocoExporter, MusicXmlExporter
from smashcima.exporting.classes import ClassSelection
from smashcima.scene.visual import Notehead, Stem

MUSICXML = """<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list>
<part id="P1"><measure number="1"><attributes><divisions>1</divisions><clef><sign>G</sign><line>2</line></clef></attributes>
{}</measure></part></score-partwise>"""

NOTE = """<note><pitch><step>G</step><octave>4</octave></pitch><duration>{}</duration><voice>1</voice>{}<notehead{}>{}</notehead></note>"""

MEI = """<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/></titleStmt>
<pubStmt/></fileDesc></meiHead><music><body><mdiv><score><scoreDef><staffGrp>
<staffDef n="1" lines="5" clef.shape="G" clef.line="2"/></staffGrp></scoreDef><section><measure n="1"><staff n="1"><layer n="1">
{}</layer></staff></measure></section></score></mdiv></body></music></mei>"""

LENGTHS = {"quarter": 1, "half": 2, "whole": 4, "breve": 8}


def heads_of(data: str, format: str = "musicxml") -> list[str]:
    scene = sc.EngravedModel(seed=0, dpi=60)(data=data, format=format)
    assert scene.issues == ()
    return [head.label.name for head in scene.find(Notehead)]


def of_all_lengths(value: str, attributes: str = "") -> list[str]:
    notes = (
        NOTE.format(length, f"<type>{kind}</type>", attributes, value) for kind, length in LENGTHS.items()
    )
    return heads_of(MUSICXML.format("".join(notes)))


@pytest.mark.parametrize(
    "value, expected",
    [
        ("normal", "noteheadBlack noteheadHalf noteheadWhole noteheadDoubleWholeSquare"),
        ("x", "noteheadXBlack noteheadHalfWithX noteheadWholeWithX noteheadXDoubleWhole"),
        ("cross", "noteheadPlusBlack noteheadPlusHalf noteheadPlusWhole noteheadPlusDoubleWhole"),
        ("circle-x", "noteheadCircleX noteheadCircleX noteheadCircleX noteheadCircleX"),
        ("square", "noteheadSquareBlack noteheadSquareWhite noteheadSquareWhite noteheadDoubleWholeSquare"),
        (
            "slash",
            "noteheadSlashHorizontalEnds noteheadSlashWhiteHalf noteheadSlashWhiteWhole noteheadSlashWhiteDoubleWhole",
        ),
        (
            "triangle",
            "noteheadTriangleUpBlack noteheadTriangleUpHalf noteheadTriangleUpWhole noteheadTriangleUpDoubleWhole",
        ),
        (
            "inverted triangle",
            (
                "noteheadTriangleDownBlack noteheadTriangleDownHalf noteheadTriangleDownWhole "
                "noteheadTriangleDownDoubleWhole"
            ),
        ),
        (
            "diamond",
            "noteheadDiamondBlack noteheadDiamondHalf noteheadDiamondWhole noteheadDiamondDoubleWhole",
        ),
        (
            "arrow up",
            (
                "noteheadLargeArrowUpBlack noteheadLargeArrowUpHalf noteheadLargeArrowUpWhole "
                "noteheadLargeArrowUpDoubleWhole"
            ),
        ),
        (
            "back slashed",
            "noteheadSlashedBlack2 noteheadSlashedHalf2 noteheadSlashedWhole2 noteheadSlashedDoubleWhole2",
        ),
        (
            "do",
            "noteShapeTriangleUpBlack noteShapeTriangleUpWhite noteShapeTriangleUpWhite noteShapeTriangleUpDoubleWhole",
        ),
        (
            "fa up",
            (
                "noteShapeTriangleLeftBlack noteShapeTriangleLeftWhite noteShapeTriangleLeftWhite "
                "noteShapeTriangleLeftDoubleWhole"
            ),
        ),
        ("none", ""),
    ],
)
def test_a_notehead_has_the_shape_and_the_duration_of_its_note(value: str, expected: str) -> None:
    assert of_all_lengths(value) == expected.split()


@pytest.mark.parametrize(
    "value, black",
    [
        ("arrow down", "noteheadLargeArrowDownBlack"),
        ("circled", "noteheadCircledBlack"),
        ("circle dot", "noteheadRoundWhiteWithDot"),
        ("cluster", "noteheadClusterSquareBlack"),
        ("left triangle", "noteheadTriangleLeftBlack"),
        ("rectangle", "noteheadSquareBlack"),
        ("slashed", "noteheadSlashedBlack1"),
        ("re", "noteShapeMoonBlack"),
        ("mi", "noteShapeDiamondBlack"),
        ("fa", "noteShapeTriangleRightBlack"),
        ("so", "noteShapeRoundBlack"),
        ("la", "noteShapeSquareBlack"),
        ("ti", "noteShapeTriangleRoundBlack"),
    ],
)
def test_every_value_of_musicxml_has_a_shape_that_comes_back(value: str, black: str) -> None:
    loaded = sc.load_score(data=MUSICXML.format(NOTE.format(1, "<type>quarter</type>", "", value)))
    (note,) = loaded.score.notes()
    assert note.notehead_glyph == black
    written = MusicXmlExporter().export(loaded.score)
    (head,) = written.iter("notehead")
    assert (head.text, head.get("smufl")) == ("square" if value == "rectangle" else value, black)


def test_a_head_without_a_type_takes_its_duration_from_the_divisions() -> None:
    scene = sc.EngravedModel(seed=0, dpi=60)(data=MUSICXML.format(NOTE.format(2, "", "", "la")))
    assert [head.label.name for head in scene.find(Notehead)] == ["noteShapeSquareWhite"]
    assert [issue.what for issue in scene.issues] == ["1 without a type; drawn by their durations (half)"]


def test_filled_chooses_the_black_or_the_open_head() -> None:
    assert of_all_lengths("la", ' filled="no"')[0] == "noteShapeSquareWhite"
    assert of_all_lengths("la", ' filled="yes"')[1] == "noteShapeSquareBlack"


def test_a_name_of_smufl_is_kept() -> None:
    data = MUSICXML.format(NOTE.format(1, "<type>quarter</type>", ' smufl="noteheadMoonBlack"', "other"))
    assert heads_of(data) == ["noteheadMoonBlack"]


def test_a_name_without_an_outline_is_drawn_as_a_plain_head_and_reported() -> None:
    data = MUSICXML.format(NOTE.format(1, "<type>quarter</type>", ' smufl="noteShapeKeystoneBlack"', "other"))
    scene = sc.EngravedModel(seed=0, dpi=60)(data=data)
    assert [head.label.name for head in scene.find(Notehead)] == ["noteheadBlack"]
    assert [(issue.where, issue.element, issue.what) for issue in scene.issues] == [
        ("page 1", "notehead", "1 drawn as plain heads: there is no outline of 'noteShapeKeystoneBlack'")
    ]


@pytest.mark.parametrize(
    "attributes, expected",
    [
        ('dur="4" head.shape="isotriangle"', "noteheadTriangleUpBlack"),
        ('dur="2" head.shape="rtriangle"', "noteheadTriangleLeftWhite"),
        ('dur="2" head.shape="semicircle"', "noteheadMoonWhite"),
        ('dur="4" head.shape="piewedge"', "noteheadTriangleRoundDownBlack"),
        ('dur="4" head.shape="+"', "noteheadPlusBlack"),
        ('dur="2" head.shape="#xE1B2"', "noteShapeSquareWhite"),
        ('dur="4" glyph.num="#xE1BD"', "noteShapeMoonBlack"),
        ('dur="4" glyph.auth="smufl" glyph.name="noteShapeMoonBlack"', "noteShapeMoonBlack"),
        ('dur="2" head.shape="square" head.fill="solid"', "noteheadSquareBlack"),
        ('dur="4" head.shape="square" head.fill="void"', "noteheadSquareWhite"),
        ('dur="4" head.shape="oval"', "noteheadBlack"),
    ],
)
def test_shapes_of_mei_are_drawn(attributes: str, expected: str) -> None:
    data = MEI.format(f'<note pname="g" oct="4" {attributes}/>')
    assert heads_of(data, "mei") == [expected]


@pytest.mark.parametrize("octave, side", [(4, "right"), (5, "left")])
@pytest.mark.parametrize("value", ["do", "re", "fa", "fa up", "ti", "arrow down", "diamond"])
def test_stems_touch_their_heads(value: str, octave: int, side: str) -> None:
    note = NOTE.replace("<octave>4", f"<octave>{octave}").format(1, "<type>quarter</type>", "", value)
    scene = sc.EngravedModel(seed=0, dpi=60)(data=MUSICXML.format(note))
    (head,), (stem,) = scene.find(Notehead), scene.find(Stem)
    assert stem.noteheads == [head]
    outline = head.glyph.region.contours_in(scene.pages[0].space).to_shapely()
    assert outline.distance(stem.glyph.region.contours_in(scene.pages[0].space).to_shapely()) < 0.05
    middle = stem.bbox().center.x
    assert abs(middle - (head.bbox().right if side == "right" else head.bbox().left)) < 0.2


def test_the_heads_of_a_chord_are_replaced_too() -> None:
    notes = "".join(
        f"<note>{'<chord/>' if step != 'E' else ''}<pitch><step>{step}</step><octave>4</octave></pitch><duration>1</duration>"
        f"<voice>1</voice><type>quarter</type><notehead>{value}</notehead></note>"
        for step, value in (("E", "do"), ("G", "so"), ("B", "la"))
    )
    assert sorted(heads_of(MUSICXML.format(notes))) == [
        "noteShapeRoundBlack",
        "noteShapeSquareBlack",
        "noteShapeTriangleUpBlack",
    ]


def test_shape_notes_of_a_file_are_drawn_by_pen_with_classes_of_their_own(shared_data: Path) -> None:
    scene = sc.BaseHandwrittenModel(seed=0, dpi=60, hand="pen")(
        shared_data / "cases" / "101-shape-notes.musicxml"
    )
    labels = [head.label.name for head in scene.find(Notehead)]
    assert labels == [
        "noteShapeTriangleUpBlack",
        "noteShapeMoonBlack",
        "noteShapeTriangleRightBlack",
        "noteheadTriangleUpBlack",
    ]
    document = CocoExporter().export(scene.compose_page(scene.pages[0]))
    numbers = {each["category_id"] for each in document["annotations"]}
    assert {ClassSelection().classes.index(label) + 1 for label in labels} <= numbers
