"""MusicXML: one form for a picture, valid by its schema, read back by others as the same music."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from smashcima.engravers.verovio import engrave
from smashcima.errors import ExportError
from smashcima.exporting.musicxml import MusicXmlExporter
from smashcima.exporting.symbolic import score_layout
from smashcima.loading import load_score
from smashcima.scene.semantic import (
    Articulation,
    BarlineForm,
    HairpinForm,
    Score,
    ScoreBuilder,
    beam,
    chord,
    count_elements,
    note,
    rest,
    tuplet,
)


def one_staff(*events: Any, time: str = "2/4", key: int = 0) -> ScoreBuilder:
    made = ScoreBuilder(time=time, key=key)
    made.add_part("Flute", "treble")
    made.add_voice(made.add_measure(), 1, *events)
    return made


def texts(element: ET.Element, path: str) -> list[str | None]:
    return [found.text for found in element.findall(path)]


def test_a_note_is_written_with_all_that_is_drawn():
    made = one_staff(
        beam(note("F#5", "eighth.", "La-"), note("E5", "16th", "la")), note("D5", "quarter"), key=1
    )
    root = MusicXmlExporter(ids=False).export(made.build())
    first, second, third = root.findall("part/measure/note")
    assert ET.tostring(first, encoding="unicode") == (
        "<note><pitch><step>F</step><alter>1</alter><octave>5</octave></pitch><duration>3</duration><voice>1</voice>"
        '<type>eighth</type><dot /><beam number="1">begin</beam>'
        '<lyric number="1"><syllabic>begin</syllabic><text>La</text></lyric></note>'
    )
    assert [(b.get("number"), b.text) for b in second.findall("beam")] == [
        ("1", "end"),
        ("2", "backward hook"),
    ]
    assert third.find("beam") is None
    assert texts(root, "part/measure/attributes/divisions") == ["4"]


def test_tuplets_have_their_ratio_and_their_ends():
    made = one_staff(tuplet(*(note(p, "eighth") for p in ("C5", "D5", "E5"))), rest("quarter"))
    root = MusicXmlExporter().export(made.build())
    notes = root.findall("part/measure/note")
    assert [n.findtext("duration") for n in notes] == ["1", "1", "1", "3"]
    assert [n.findtext("time-modification/actual-notes") for n in notes] == ["3", "3", "3", None]
    assert [[t.get("type") for t in n.findall("notations/tuplet")] for n in notes] == [
        ["start"],
        [],
        ["stop"],
        [],
    ]


def test_chords_are_written_from_below_and_voices_by_their_place():
    made = ScoreBuilder(time="2/4")
    made.add_part("Piano", "treble", "bass")
    measure = made.add_measure()
    made.add_voice(measure, 1, chord(["G5", "C5", "E5"], "half"))
    made.add_voice(measure, 1, note("C4", "half"))
    made.add_voice(measure, 2, note("C3", "half"))
    notes = MusicXmlExporter().export(made.build()).findall("part/measure/note")
    assert [n.findtext("pitch/step") for n in notes] == ["C", "E", "G", "C", "C"]
    assert [n.find("chord") is not None for n in notes] == [False, True, True, False, False]
    assert [(n.findtext("voice"), n.findtext("staff")) for n in notes] == [("1", "1")] * 3 + [
        ("2", "1"),
        ("5", "2"),
    ]


def test_slurs_that_run_at_the_same_time_have_different_numbers():
    notes = [note(p, "eighth") for p in ("C5", "D5", "E5", "F5")]
    made = one_staff(*notes)
    made.slur(notes[0], notes[3])
    made.slur(notes[1], notes[2])
    written = MusicXmlExporter(ids=False).export(made.build()).findall("part/measure/note")
    assert [[(s.get("type"), s.get("number")) for s in n.findall("notations/slur")] for n in written] == [
        [("start", "1")],
        [("start", "2")],
        [("stop", "2")],
        [("stop", "1")],
    ]


def test_marks_stand_before_the_note_at_which_they_begin():
    notes = [note(p, "quarter") for p in ("C5", "D5")]
    made = one_staff(*notes)
    made.dynamic("mf", notes[1])
    made.hairpin(HairpinForm.DIMINUENDO, notes[0], notes[1])
    made.direction("dolce", notes[0])
    measure = MusicXmlExporter(ids=False).export(made.build()).find("part/measure")
    order = [
        (e[0][0].tag, e[0][0].get("type")) if e.tag == "direction" else (e.tag, None)
        for e in measure
        if e.tag in ("direction", "note")
    ]
    assert order == [
        ("words", None),
        ("wedge", "diminuendo"),
        ("note", None),
        ("wedge", "stop"),
        ("dynamics", None),
        ("note", None),
    ]


def test_repeats_and_breaks_are_explicit():
    made = one_staff(note("C5", "half"))
    made.break_system()
    made.add_voice(made.add_measure(right=BarlineForm.REPEAT_END), 1, note("C5", "half"))
    made.break_page()
    made.add_voice(made.add_measure(right=BarlineForm.END), 1, note("C5", "half"))
    first, second, third = MusicXmlExporter().export(made.build()).findall("part/measure")
    assert first.find("print") is None
    assert second.find("print").attrib == {"new-system": "yes"}
    assert third.find("print").attrib == {"new-page": "yes"}
    assert second.find("barline/repeat").get("direction") == "backward"
    assert third.findtext("barline/bar-style") == "light-heavy"


def test_ids_lead_back_to_the_score():
    score = one_staff(note("C5", "half")).build()
    (found,) = score.notes()
    assert MusicXmlExporter().export(score).find("part/measure/note").get("id") == found.id
    assert MusicXmlExporter(ids=False).export(score).find("part/measure/note").get("id") is None


def test_a_slice_hides_what_is_not_drawn_and_keeps_ties_open():
    made = ScoreBuilder(time="2/4", key=1)
    made.add_part("Flute", "treble")
    notes = [note("C5", "half"), note("C5", "half")]
    for found in notes:
        made.add_voice(made.add_measure(), 1, found)
    made.tie(*notes)
    root = MusicXmlExporter().export(made.build().slice(measures=range(1, 2)))
    hidden = {e.tag: e.get("print-object") for e in root.find("part/measure/attributes")}
    assert hidden == {"divisions": None, "key": "no", "time": "no", "clef": "no"}
    assert [t.get("type") for t in root.findall("part/measure/note/notations/tied")] == ["stop"]
    assert root.find("work") is None


def test_what_cannot_be_said_is_listed():
    found = note("C5", "half")
    found.children.append(Articulation(("acc-soft",)))
    score = one_staff(found).build()
    assert [str(i) for i in MusicXmlExporter().omissions(score)] == [
        "measure 1: artic: MusicXML has no articulation 'acc-soft'"
    ]


def test_only_scores_with_music_are_taken(tmp_path: Path):
    with pytest.raises(ExportError, match="not 'score.musicxml'"):
        MusicXmlExporter().export("score.musicxml")  # type: ignore[arg-type]
    with pytest.raises(ExportError, match="no measure"):
        MusicXmlExporter().export(Score())
    with pytest.raises(ExportError, match="cannot be written"):
        MusicXmlExporter().write(one_staff(note("C5", "half")).build(), tmp_path / "missing" / "a.musicxml")


def heard(score: Score) -> Counter[tuple[Fraction, Any, Fraction]]:
    return Counter(
        (n.onset, n.sounding_pitch.midi, n.quarter_length)
        for n in score.notes()
        if n.sounding_pitch is not None
    )


def heard_by_music21(text: str) -> Counter[tuple[Fraction, Any, Fraction]]:
    import music21

    found: Counter[tuple[Fraction, Any, Fraction]] = Counter()
    for part in music21.converter.parseData(text, format="musicxml").parts:
        for element in part.recurse().notes:
            onset = Fraction(element.getOffsetInHierarchy(part)).limit_denominator(9999)
            length = 0 if element.duration.isGrace else element.duration.quarterLength
            for one in element.notes if element.isChord else [element]:
                found[onset, int(one.pitch.ps), Fraction(length).limit_denominator(9999)] += 1
    return found


def test_the_tutorial_score_is_read_back_as_it_was(tutorial_score: Path, musicxml_schema: Any):
    score = load_score(tutorial_score).score
    text = MusicXmlExporter().export_string(score)
    musicxml_schema.assertValid(etree.fromstring(text.encode()))
    assert heard_by_music21(text) == heard(score)
    before, after = count_elements(score), count_elements(load_score(data=text, format=".musicxml").score)
    # Words with a tempo are told from others by a sound element only, which is not seen.
    moved = {"tempo marks", "directions"}
    assert {k: v for k, v in after.items() if k not in moved} == {
        k: v for k, v in before.items() if k not in moved
    }
    assert sum(after[k] for k in moved) == sum(before[k] for k in moved)
    assert MusicXmlExporter().omissions(score) == []


def test_page_slices_are_valid_and_make_up_the_score(tutorial_score: Path, musicxml_schema: Any):
    score = load_score(tutorial_score).score
    score.layout = score_layout(engrave(score))
    found: Counter[tuple[Fraction, Any, Fraction]] = Counter()
    for part in score.slices("page"):
        text = MusicXmlExporter().export_string(part)
        musicxml_schema.assertValid(etree.fromstring(text.encode()))
        found.update({(on + part.excerpt.onset, p, q): c for (on, p, q), c in heard_by_music21(text).items()})
    assert found == heard(score)


def test_the_same_score_gives_the_same_bytes(example_score: Path):
    texts = {MusicXmlExporter().export_string(load_score(example_score).score) for _ in range(2)}
    assert len(texts) == 1


@pytest.mark.slow
def test_many_songs_are_valid_and_keep_their_elements(lieder_paths: list[Path], musicxml_schema: Any):
    words = ("dynamics", "tempo marks", "directions")
    exact = (
        "measures", "notes", "chords", "rests", "measure rests", "accidentals", "clefs", "key signatures",
        "time signatures", "slurs", "ties", "hairpins", "syllables", "endings", "ornaments", "octave lines",
        "system breaks", "page breaks",
    )  # fmt: skip
    total: Counter[str] = Counter()
    for path in lieder_paths[::3]:
        score = load_score(path).score
        text = MusicXmlExporter().export_string(score)
        musicxml_schema.assertValid(etree.fromstring(text.encode()))
        again = load_score(data=text, format=".musicxml").score
        before, after = count_elements(score), count_elements(again)
        assert {k: after[k] for k in exact} == {k: before[k] for k in exact}, path.name
        unseen = sum(
            1 for mark in score.marks() if mark.tag in ("tempo", "dir", "dynam") and not mark.text.strip()
        )
        assert sum(after[k] for k in words) == sum(before[k] for k in words) - unseen, path.name
        assert heard(again) == heard(score), path.name
        total.update(before)
    assert total["notes"] > 5000
