"""What notations for music make of written positions, and of signatures that make no sense."""

from __future__ import annotations

import pytest

from smashcima.exporting import HumdrumExporter, LmxExporter, MeiExporter, MusicXmlExporter
from smashcima.mei import read_mei
from smashcima.scene.semantic import Accidental, Score, ScoreBuilder, key_signature, note


@pytest.fixture
def score() -> Score:
    builder = ScoreBuilder(key=key_signature(("s", 3), ("f", -5)), time="9/0")
    builder.add_part("", "bass")
    events = [
        note(None, "quarter", staff_position=-3),
        Accidental("n", staff_position=2),
        note("C3", "quarter", staff_position=5),
    ]
    builder.add_voice(builder.add_measure(), 1, *events)
    return builder.build()


def told(exporter: HumdrumExporter | LmxExporter | MusicXmlExporter, score: Score) -> list[tuple[str, str]]:
    return [(issue.element, issue.what) for issue in exporter.omissions(score)]


def test_musicxml_has_the_display_position_under_the_clef(score: Score) -> None:
    root = MusicXmlExporter(ids=False).export(score)
    first, second = root.iter("note")
    assert [first.findtext("unpitched/display-step"), first.findtext("unpitched/display-octave")] == [
        "A",
        "2",
    ]
    assert [second.findtext("pitch/step"), second.findtext("pitch/octave")] == ["C", "3"]
    key = root.find(".//key")
    assert key is not None
    assert [child.text for child in key] == ["G", "1", "sharp", "F", "-1", "flat", "3", "2"]
    assert [octave.get("number") for octave in key.iter("key-octave")] == ["1", "2"]
    assert [root.findtext(".//time/beats"), root.findtext(".//time/beat-type")] == ["9", "0"]
    assert told(MusicXmlExporter(), score) == [
        ("note", "written at the position of its pitch, not at staff position 5"),
        ("accid", "left out: MusicXML has no accidental without a note"),
    ]


def test_kern_has_the_pitch_of_the_position_and_says_so(score: Score) -> None:
    lines = HumdrumExporter().export(score).splitlines()
    assert "*k[g#f-]" in lines
    assert [line for line in lines if line.startswith("4")] == ["4AA", "4C"]
    assert told(HumdrumExporter(), score) == [
        ("meterSig", "not written: kern has no 9/0"),
        ("note", "without pitch; written as the pitch that its staff position has under the clef"),
        ("accid", "not written: kern has no accidental without a note"),
        ("note", "written at the position of its pitch, not at staff position 5"),
    ]


def test_lmx_leaves_out_what_it_has_no_tokens_for(score: Score) -> None:
    tokens = " ".join(LmxExporter().export(score))
    assert "time" not in tokens.split()
    assert "A2" in tokens
    assert ("time", "left out: LMX has no time signature of 9/0") in told(LmxExporter(), score)
    assert ("accid", "left out: MusicXML has no accidental without a note") in told(LmxExporter(), score)


def test_mei_has_all_of_it(score: Score) -> None:
    again, issues = read_mei(MeiExporter().export_string(score))
    assert issues == []
    assert [(str(n.pitch), n.staff_position) for n in again.notes()] == [("None", -3), ("C3", 5)]
    assert [a.staff_position for a in again.descendants(Accidental)] == [2]
