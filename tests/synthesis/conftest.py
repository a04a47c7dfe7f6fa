"""A few measures of music with something of everything that hangs together, engraved once."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from smashcima.engraving import Engraving
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Score
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.curve import PrintedCurveSynthesizer
from smashcima.synthesis.glyph import SmuflGlyphSynthesizer
from smashcima.synthesis.interfaces import GlyphSynthesizer, SynthesizedNotation
from smashcima.synthesis.line import PrintedLineSynthesizer, PrintedStafflinesSynthesizer
from smashcima.synthesis.notation import EngravedNotationSynthesizer
from smashcima.synthesis.page import SimplePageSynthesizer
from smashcima.synthesis.paper import SolidColorPaperSynthesizer
from smashcima.synthesis.text import PrintedTextSynthesizer

MEI = """<?xml version="1.0" encoding="UTF-8"?>
<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.1">
<meiHead><fileDesc><titleStmt><title>Test</title></titleStmt><pubStmt/></fileDesc></meiHead>
<music><body><mdiv><score>
<scoreDef meter.count="4" meter.unit="4" key.sig="1f">
 <staffGrp symbol="brace" bar.thru="true">
  <staffDef n="1" lines="5" clef.shape="G" clef.line="2"/>
  <staffDef n="2" lines="5" clef.shape="F" clef.line="4"/>
 </staffGrp>
</scoreDef>
<section>
 <measure n="1" xml:id="m1">
  <staff n="1"><layer n="1">
   <beam xml:id="beam1">
    <note xml:id="b1" pname="c" oct="5" dur="8" dots="1"/><note xml:id="b2" pname="d" oct="5" dur="16"/>
   </beam>
   <note xml:id="flagged" pname="f" oct="4" dur="8"><accid xml:id="sharp" accid="s"/></note>
   <rest xml:id="rest1" dur="8"/>
   <chord xml:id="chord1" dur="4"><artic artic="stacc"/>
    <note xml:id="c1" pname="a" oct="3"><accid accid="f"/></note><note xml:id="c2" pname="c" oct="4"/>
    <note xml:id="c3" pname="g" oct="5"/>
   </chord>
   <note xml:id="t1" pname="a" oct="4" dur="4"><verse n="1"><syl xml:id="syl1">Žal</syl></verse></note>
  </layer></staff>
  <staff n="2"><layer n="1"><note xml:id="w1" pname="c" oct="3" dur="2" dots="1"/><rest dur="4" dots="1"/></layer></staff>
  <slur xml:id="slur1" startid="#b1" endid="#flagged"/>
  <tie xml:id="tie1" startid="#t1" endid="#t2"/>
  <dynam xml:id="dyn1" staff="1" tstamp="1">p</dynam>
  <tempo xml:id="tempo1" staff="1" tstamp="1">Langsam</tempo>
 </measure>
 <measure n="2" xml:id="m2" right="end">
  <staff n="1"><layer n="1"><note xml:id="t2" pname="a" oct="4" dur="1"/></layer></staff>
  <staff n="2"><layer n="1"><mRest/></layer></staff>
 </measure>
</section></score></mdiv></body></music></mei>
"""


@dataclass
class Music:
    """A score with its engraving."""

    score: Score
    engraving: Engraving

    def by_id(self, name: str) -> SceneObject:
        """The object of that id, which is there."""
        found = self.score.by_id(name)
        assert found is not None, name
        return found

    def synthesize(
        self, glyphs: GlyphSynthesizer | None = None, root_space: AffineSpace | None = None
    ) -> SynthesizedNotation:
        """In print, with other glyphs if they are given."""
        synthesizer = EngravedNotationSynthesizer(
            SimplePageSynthesizer(SolidColorPaperSynthesizer()),
            PrintedStafflinesSynthesizer(),
            glyphs or SmuflGlyphSynthesizer("Leland"),
            PrintedLineSynthesizer(),
            PrintedCurveSynthesizer(),
            PrintedTextSynthesizer("Leland"),
        )
        return synthesizer.synthesize_notation(self.score, self.engraving, root_space or AffineSpace())


@pytest.fixture
def music() -> Music:
    """Two measures for two staves, of which nothing was drawn yet."""
    from smashcima.engravers.verovio import engrave
    from smashcima.mei import read_mei

    score = read_mei(MEI)[0]
    return Music(score, engrave(score))
