"""An engraved score to be written out by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Engraving, LayoutOptions
from smashcima.loading import load_score
from smashcima.scene.semantic import Score

MUSIC = """<?xml version="1.0"?>
<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list><part id="P1">
<measure number="1"><attributes><divisions>4</divisions><key><fifths>3</fifths></key>
<time><beats>4</beats><beat-type>4</beat-type></time><clef><sign>G</sign><line>2</line></clef></attributes>
<direction placement="below"><direction-type><dynamics><f/></dynamics></direction-type></direction>
<note><pitch><step>C</step><alter>0</alter><octave>4</octave></pitch><duration>6</duration><type>quarter</type><dot/>
<accidental>natural</accidental><stem>up</stem><notations><slur type="start" number="1"/></notations>
<lyric><syllabic>single</syllabic><text>la</text></lyric></note>
<note><pitch><step>D</step><octave>5</octave></pitch><duration>2</duration><type>eighth</type><stem>down</stem>
<notations><articulations><staccato/></articulations></notations></note>
<note><pitch><step>E</step><octave>4</octave></pitch><duration>2</duration><type>eighth</type><stem>up</stem>
<beam number="1">begin</beam></note>
<note><pitch><step>F</step><alter>1</alter><octave>4</octave></pitch><duration>1</duration><type>16th</type><stem>up</stem>
<beam number="1">continue</beam><beam number="2">begin</beam></note>
<note><pitch><step>G</step><alter>1</alter><octave>4</octave></pitch><duration>1</duration><type>16th</type><stem>up</stem>
<beam number="1">end</beam><beam number="2">end</beam></note>
<note><rest/><duration>4</duration><type>quarter</type></note></measure>
<measure number="2"><note><pitch><step>A</step><octave>3</octave></pitch><duration>8</duration><type>half</type>
<stem>up</stem><tie type="start"/><notations><tied type="start"/></notations></note>
<note><chord/><pitch><step>C</step><alter>1</alter><octave>4</octave></pitch><duration>8</duration><type>half</type>
<stem>up</stem></note>
<note><pitch><step>A</step><octave>3</octave></pitch><duration>8</duration><type>half</type><stem>up</stem>
<tie type="stop"/><notations><tied type="stop"/><slur type="stop" number="1"/></notations></note></measure>
</part></score-partwise>"""


@pytest.fixture(scope="module")
def written() -> tuple[Score, Engraving]:
    """Two measures with some of everything, and their engraving."""
    score = load_score(data=MUSIC, format=".musicxml").score
    return score, engrave(score, LayoutOptions(music_font="Petaluma"))


@pytest.fixture(scope="module")
def example(example_score: Path) -> tuple[Score, Engraving]:
    """The example of the repository, and its engraving."""
    score = load_score(example_score).score
    return score, engrave(score, LayoutOptions(music_font="Petaluma"))
