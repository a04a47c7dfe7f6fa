"""Hidden notes in exported files: marked where the format can say so, played where it sounds, else left out."""

from __future__ import annotations

import io

import pytest
from lxml import etree

from smashcima.exporting import (
    HumdrumExporter,
    LmxExporter,
    MashcimaExporter,
    MeiExporter,
    MidiExporter,
    MusicXmlExporter,
)
from smashcima.loading import load_score
from smashcima.scene.semantic import Score

NOTE = (
    "<note{}><pitch><step>{}</step><octave>{}</octave></pitch><duration>{}</duration><voice>{}</voice>"
    "<type>{}</type></note>"
)


@pytest.fixture
def score() -> Score:
    """A visible half note, and under it a hidden voice of quarters."""
    hidden = ' print-object="no"'
    body = (
        NOTE.format("", "C", 5, 2, 1, "half")
        + "<backup><duration>2</duration></backup>"
        + NOTE.format(hidden, "E", 4, 1, 2, "quarter")
        + NOTE.format(hidden, "F", 4, 1, 2, "quarter")
    )
    attributes = (
        "<attributes><divisions>1</divisions><time><beats>2</beats><beat-type>4</beat-type></time>"
        "<clef><sign>G</sign><line>2</line></clef></attributes>"
    )
    return load_score(
        data=f'<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list>'
        f'<part id="P1"><measure number="1">{attributes}{body}</measure></part></score-partwise>'
    ).score


def test_musicxml_marks_hidden_notes(score: Score) -> None:
    root = etree.fromstring(MusicXmlExporter().export_string(score).encode())
    notes = {note.findtext("pitch/step"): note.get("print-object") for note in root.iter("note")}
    assert notes == {"C": None, "E": "no", "F": "no"}


@pytest.mark.parametrize("exporter", [MusicXmlExporter(), MeiExporter()])
def test_hidden_notes_are_hidden_when_read_again(
    score: Score, exporter: MusicXmlExporter | MeiExporter
) -> None:
    again = load_score(data=exporter.export_string(score)).score
    assert [note.is_hidden for note in again.notes()] == [False, True, True]
    assert [note.pitch for note in again.notes()] == [note.pitch for note in score.notes()]


def test_kern_marks_hidden_notes(score: Score) -> None:
    tokens = [
        token for line in HumdrumExporter().export_string(score).split("\n") for token in line.split("\t")
    ]
    assert {"2cc", "4eyy", "4fyy"} <= set(tokens)


def test_formats_of_what_is_drawn_leave_hidden_notes_out(score: Score) -> None:
    tokens = LmxExporter().export(score)
    assert [token for token in tokens if token[0] in "CEF" and token[1:].isdigit()] == ["C5"]
    assert "backup" not in tokens
    assert not MashcimaExporter().omissions(score)
    assert [token for token in MashcimaExporter().export_string(score).split() if token[0] in "hq"] == ["h1"]


def test_midi_plays_hidden_notes(score: Score) -> None:
    mido = pytest.importorskip("mido")
    played = [
        message.note
        for message in mido.MidiFile(file=io.BytesIO(MidiExporter().export(score)))
        if message.type == "note_on" and message.velocity
    ]
    assert sorted(played) == [64, 65, 72]
