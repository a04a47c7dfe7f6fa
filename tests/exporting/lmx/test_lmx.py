"""Linearized MusicXML, there and back."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest

from smashcima.errors import ExportError, SettingsError
from smashcima.exporting.lmx import LmxExporter, lmx_to_musicxml
from smashcima.loading import load_score
from smashcima.scene.semantic import ScoreBuilder, beam, chord, note, rest

pytest.importorskip("lmx", reason="the package linearized-musicxml is not installed")


def piano() -> ScoreBuilder:
    made = ScoreBuilder(time="2/4", key=-1)
    made.add_part("Piano", "treble", "bass")
    first = made.add_measure()
    notes = [note("C5", "eighth"), note("D5", "eighth"), note("E5", "quarter")]
    made.add_voice(first, 1, beam(*notes[:2]), notes[2])
    made.add_voice(first, 2, chord(["C3", "G3"], "quarter"), rest("quarter"))
    made.slur(notes[0], notes[2])
    made.dynamic("p", notes[0])
    return made


def test_a_measure_token_by_token():
    assert LmxExporter().export_string(piano().build()) == (
        "measure key:fifths:-1 time beats:2 beat-type:4 clef:G2 staff:1 clef:F4 staff:2 "
        "C5 voice:1 eighth staff:1 beam:begin slur:start D5 eighth beam:end E5 quarter slur:stop "
        "backup half C3 voice:5 quarter staff:2 chord G3 quarter rest quarter"
    )


def test_the_core_flavor_leaves_out_slurs():
    tokens = LmxExporter(flavor="core").export(piano().build())
    assert not {"slur:start", "slur:stop"} & set(tokens)
    assert "beam:begin" in tokens


def test_what_lmx_does_not_say_is_listed():
    assert [str(i) for i in LmxExporter().omissions(piano().build())] == [
        "measure 1: direction: 1 drawn; LMX has no token for a direction"
    ]


def test_signs_that_are_not_drawn_are_not_said():
    made = piano()
    measure = made.add_measure()
    made.add_voice(measure, 1, note("C5", "half"))
    part = made.build().slice(measures=range(1, 2))
    assert LmxExporter().export_string(part).startswith("measure C5 voice:1 half")


def test_several_parts_leave_a_choice(tutorial_score: Path):
    score = load_score(tutorial_score).score
    with pytest.raises(ExportError, match="the score has 2"):
        LmxExporter().export(score)
    with pytest.raises(ExportError, match="no part 3"):
        LmxExporter(part=3).export(score)
    with pytest.raises(SettingsError, match="extended, core"):
        LmxExporter(flavor="full")


def test_the_way_back_gives_the_same_music(tutorial_score: Path):
    score = load_score(tutorial_score).score
    tokens = LmxExporter(part=2).export(score)
    text = ET.tostring(lmx_to_musicxml(tokens), encoding="unicode")
    again = load_score(data=text, format=".musicxml").score
    assert LmxExporter().export(again) == tokens

    def heard(notes: object) -> Counter[object]:
        return Counter((n.onset, str(n.pitch), n.quarter_length) for n in notes)  # type: ignore[attr-defined]

    assert heard(again.notes()) == heard(n for n in score.notes() if n.staff.n in ("2", "3"))


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch):
    for name in list(sys.modules):
        if name == "lmx" or name.startswith("lmx."):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "lmx", None)
    with pytest.raises(ExportError, match=r"smashcima\[lmx\]"):
        LmxExporter().export(piano().build())
    with pytest.raises(ExportError, match=r"smashcima\[lmx\]"):
        lmx_to_musicxml("measure")
