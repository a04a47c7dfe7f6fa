"""Symbols that cannot be written do not stop a score."""

from __future__ import annotations

from typing import Any

import pytest

import smashcima as sc
from smashcima.assets.fonts import SmuflFont
from smashcima.errors import GeometryError
from smashcima.exporting import CocoExporter, MungExporter
from smashcima.geometry import Contours
from smashcima.scene.visual import ClefMark, Glyph, Notehead, RestMark, VisualObject
from smashcima.scene.visual.labels import LabelLike
from smashcima.synthesis.glyph import SmuflGlyphSynthesizer
from smashcima.synthesis.interfaces import GlyphSynthesizer

MEI = """<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/></titleStmt>
<pubStmt/></fileDesc></meiHead><music><body><mdiv><score><scoreDef><staffGrp>
<staffDef n="1" lines="5" clef.shape="G" clef.line="2"/></staffGrp></scoreDef><section><measure n="1"><staff n="1"><layer n="1">
{}<note pname="c" oct="5" dur="4"/></layer></staff></measure></section></score></mdiv></body></music></mei>"""

BLANK_HEAD = '<note pname="b" oct="4" dur="4" glyph.name="noteheadNull" glyph.auth="smufl"/>'


def models() -> list[sc.orchestration.ScoreModel]:
    return [sc.EngravedModel(seed=0, dpi=60), sc.BaseHandwrittenModel(seed=0, dpi=60, hand="pen")]


@pytest.mark.parametrize("model", models(), ids=["printed", "pen"])
@pytest.mark.parametrize(
    "element, label",
    [
        (BLANK_HEAD, "noteheadNull"),
        ('<note pname="b" oct="4" dur="4" head.shape="#xE0A5"/>', "noteheadNull"),
        ('<rest dur="4" glyph.num="#xEB90"/>', "staffPosRaise1"),
        ('<clef shape="G" line="2" glyph.num="#xEB90"/>', "staffPosRaise1"),
    ],
)
def test_a_blank_symbol_is_neither_drawn_nor_labelled_but_reported(
    model: sc.orchestration.ScoreModel, element: str, label: str
) -> None:
    scene = model(data=MEI.format(element), format="mei")
    drawn = scene.find(VisualObject)
    assert label not in {thing.label.name for thing in drawn}
    assert [head.label.name for head in scene.find(Notehead)] == ["noteheadBlack"]
    assert len(scene.find(ClefMark)) == 1
    assert scene.find(RestMark) == []
    (issue,) = scene.issues
    assert (issue.where, issue.element) == ("page 1, measure 1 of the score", f"smufl::{label}")
    assert issue.what == "neither drawn nor labelled: it leaves no ink"
    page = scene.compose_page(scene.pages[0])
    assert {node.class_name for node in MungExporter().export(page)} >= {"noteheadBlack", "gClef"}
    assert CocoExporter().export(page)["annotations"]


class _FailingHand(SmuflGlyphSynthesizer):
    """Draws clefs without ink, and fails at noteheads."""

    def create_glyph(self, label: str) -> Glyph:
        if label.endswith("gClef"):
            return Glyph.from_contours(label, Contours.empty())
        if label.endswith("noteheadBlack"):
            raise GeometryError("A pen needs at least one stroke.")
        return super().create_glyph(label)


class _FailingModel(sc.EngravedModel):
    def register_services(self) -> None:
        super().register_services()
        self.container.instance(GlyphSynthesizer, _FailingHand("Leland"))


def test_a_symbol_that_fails_is_drawn_with_the_outline_of_the_music_font() -> None:
    data: Any = MEI.format("")
    scene = _FailingModel(seed=0, dpi=60)(data=data, format="mei")
    usual = sc.EngravedModel(seed=0, dpi=60)(data=data, format="mei")
    for kind in (ClefMark, Notehead):
        (mine,), (printed,) = scene.find(kind), usual.find(kind)
        assert mine.label == printed.label
        assert mine.bbox() == printed.bbox()
    assert {(issue.element, issue.what) for issue in scene.issues} == {
        ("smufl::gClef", "drawn with its outline in the music font: it leaves no ink"),
        (
            "smufl::noteheadBlack",
            "drawn with its outline in the music font: A pen needs at least one stroke.",
        ),
    }


@pytest.mark.parametrize("label", ["noteheadNull", "space", "staffPosRaise1"])
def test_blank_symbols_reserve_no_space(label: LabelLike) -> None:
    assert SmuflFont.load("Bravura").glyph(str(label)).reserved == (0.0, 0.0)
