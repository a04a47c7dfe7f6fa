"""Positions, keys and times of MusicXML that Verovio does not take as they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smashcima.exporting import MusicXmlExporter
from smashcima.loading import load_score
from smashcima.scene.semantic import KeyAccidental, Step, TimeSignature

UNPITCHED = (
    "<note><unpitched>{display}</unpitched><duration>1</duration><voice>1</voice><type>quarter</type></note>"
)


def unpitched(step: str = "", octave: int = 0) -> str:
    display = f"<display-step>{step}</display-step><display-octave>{octave}</display-octave>" if step else ""
    return UNPITCHED.format(display=display)


def attributes(clef: str, key: str = "", time: str = "", details: str = "") -> str:
    return f"<attributes><divisions>1</divisions>{key}{time}<clef>{clef}</clef>{details}</attributes>"


TREBLE = "<sign>G</sign><line>2</line>"
BASS = "<sign>F</sign><line>4</line>"


@pytest.mark.parametrize(
    ("clef", "expected"),
    [
        (TREBLE, [1, -4, 0]),
        ("<sign>percussion</sign>", [1, -4, 0]),
        (BASS, [13, 8, 0]),
        ("<sign>C</sign><line>3</line>", [7, 2, 0]),
        ("<sign>G</sign><line>2</line><clef-octave-change>-1</clef-octave-change>", [8, 3, 0]),
    ],
)
def test_unpitched_notes_stand_where_their_display_says_under_the_clef(
    musicxml: Callable[..., str], clef: str, expected: list[int]
) -> None:
    notes = unpitched("C", 5) + unpitched("E", 4) + unpitched()
    loaded = load_score(data=musicxml(notes, attributes=attributes(clef)))
    assert [(n.staff_position, n.pitch) for n in loaded.score.notes()] == [(p, None) for p in expected]
    assert not loaded.issues
    written = MusicXmlExporter().export_string(loaded.score)
    again = load_score(data=written).score
    assert [n.staff_position for n in again.notes()] == expected


def test_an_unpitched_note_obeys_the_clef_before_it(musicxml: Callable[..., str]) -> None:
    change = f"<attributes><clef>{BASS}</clef></attributes>"
    loaded = load_score(
        data=musicxml(unpitched("D", 3) + change + unpitched("D", 3), attributes=attributes(TREBLE))
    )
    assert [n.staff_position for n in loaded.score.notes()] == [-12, 0]


def test_a_note_without_a_display_stands_on_the_one_line_of_its_staff(musicxml: Callable[..., str]) -> None:
    details = "<staff-details><staff-lines>1</staff-lines></staff-details>"
    loaded = load_score(
        data=musicxml(unpitched(), attributes=attributes("<sign>percussion</sign>", details=details))
    )
    assert [n.staff_position for n in loaded.score.notes()] == [0]


@pytest.mark.parametrize(
    ("beats", "unit"), [("9", 0), ("0", 4), ("0+0", 0), ("5000", 4), ("7", 13), ("3", 2000)]
)
def test_time_signatures_of_any_numbers_are_read_and_written(
    musicxml: Callable[..., str], beats: str, unit: int
) -> None:
    time = f"<time><beats>{beats}</beats><beat-type>{unit}</beat-type></time>"
    loaded = load_score(data=musicxml(unpitched("C", 5), attributes=attributes(TREBLE, time=time)))
    (found,) = loaded.score.descendants(TimeSignature)
    assert (found.count, found.unit) == (beats, unit)
    written = MusicXmlExporter().export_string(loaded.score)
    assert f"<beats>{beats}</beats>" in written
    assert f"<beat-type>{unit}</beat-type>" in written


def test_signs_of_a_free_key_keep_their_octaves(musicxml: Callable[..., str]) -> None:
    key = (
        "<key><key-step>B</key-step><key-alter>-1</key-alter><key-step>F</key-step><key-alter>1</key-alter>"
        '<key-octave number="2">4</key-octave></key>'
    )
    loaded = load_score(data=musicxml(unpitched("C", 5), attributes=attributes(TREBLE, key)))
    signs = list(loaded.score.descendants(KeyAccidental))
    assert [(sign.step, sign.alter, sign.octave) for sign in signs] == [(Step.B, -1, None), (Step.F, 1, 4)]
    written = MusicXmlExporter().export_string(loaded.score)
    assert '<key-octave number="2">4</key-octave>' in written


def test_a_key_in_mei_that_spells_out_its_signs_is_no_contradiction() -> None:
    mei = (
        '<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0"><meiHead><fileDesc><titleStmt><title/></titleStmt>'
        '<pubStmt/></fileDesc></meiHead><music><body><mdiv><score><scoreDef><staffGrp><staffDef n="1" lines="5">'
        '<clef shape="G" line="2"/><keySig sig="mixed"><keyAccid loc="3" accid="s"/><keyAccid loc="1" accid="f"/></keySig>'
        '</staffDef></staffGrp></scoreDef><section><measure n="1"><staff n="1"><layer n="1"><note dur="1" loc="2"/></layer></staff>'
        "</measure></section></score></mdiv></body></music></mei>"
    )
    loaded = load_score(data=mei, format=".mei")
    assert not loaded.issues
    assert [sign.staff_position for sign in loaded.score.descendants(KeyAccidental)] == [-1, -3]
    assert next(loaded.score.notes()).staff_position == -2
