"""Writing MEI: what was not edited stays, what was edited wins."""

from __future__ import annotations

import copy
import pickle

import smashcima.scene.semantic as s
from smashcima.mei import read_mei, write_mei

SOURCE = """<?xml version="1.0" encoding="UTF-8"?>
<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0">
  <meiHead><!-- kept --><fileDesc><titleStmt><title>Old</title></titleStmt><pubStmt/></fileDesc></meiHead>
  <music><facsimile><surface/></facsimile><body><mdiv xml:id="md"><score xml:id="sc">
  <scoreDef xml:id="sd" keysig="2f" meter.count="4" meter.unit="4"><staffGrp xml:id="sg"><staffDef xml:id="S1" n="1" lines="5" clef.shape="G" clef.line="2" ppq="4"/></staffGrp></scoreDef>
  <section xml:id="se"><measure xml:id="m1" n="1"><staff xml:id="st1" n="1"><layer xml:id="l1" n="1">
    <note xml:id="n1" dur="04" dur.ppq="4" oct="4" pname="b" stem.dir="up" accid.ges="f" custom="x &amp; &quot;y&quot;"/>
    <chord xml:id="c1" dur="4"><note xml:id="n2" oct="4" pname="f" accid="s"/><note xml:id="n3" oct="5" pname="c"/></chord>
    <!-- in between --><note xml:id="n4" dur="2" oct="5" pname="d"/>
  </layer></staff>
  <slur xml:id="s1" startid="#n1" endid="#n4" curvedir="above"/>
  <dynam xml:id="d1" staff="1" tstamp="3.000" vgrp="7">p <rend xml:id="r1" fontstyle="normal">dolce</rend> &lt;sempre&gt;</dynam>
  <arpeg xml:id="a1" plist="#n2 #n3"/>
  <futureElement xml:id="fe" a="b"><deep xml:id="de">text</deep></futureElement>
  </measure></section></score></mdiv></body></music>
</mei>
"""


def edited(mei: str = SOURCE) -> s.Score:
    return read_mei(mei)[0]


def line_of(mei: str, id: str) -> str:
    return next(line.strip() for line in mei.splitlines() if f'"{id}"' in line.split(">")[0])


def note(score: s.Score, id: str) -> s.Note:
    found = score.by_id(id)
    assert isinstance(found, s.Note)
    return found


def test_without_edits_everything_stays_as_it_was() -> None:
    written = write_mei(edited(), attributes_as_elements=False)
    assert (
        line_of(written, "n1")
        == '<note xml:id="n1" dur="04" dur.ppq="4" oct="4" pname="b" stem.dir="up" accid.ges="f" custom="x &amp; &quot;y&quot;"/>'
    )
    assert (
        '<dynam xml:id="d1" staff="1" tstamp="3.000" vgrp="7">p <rend xml:id="r1" fontstyle="normal">dolce</rend> &lt;sempre&gt;</dynam>'
        in written
    )
    assert '<futureElement xml:id="fe" a="b">' in written
    assert '<scoreDef xml:id="sd" keysig="2f" meter.count="4" meter.unit="4">' in written
    assert "<!-- kept -->" in written
    assert "<!-- in between -->" in written
    assert "<facsimile><surface/></facsimile>" in written


def test_things_written_as_attributes_become_elements_with_ids() -> None:
    written = write_mei(edited())
    assert '<accid xml:id="accid-1" accid="s"/>' in written
    assert '<keySig xml:id="keySig-1" sig="2f"/>' in written
    assert '<meterSig xml:id="meterSig-1" count="4" unit="4"/>' in written
    assert '<clef xml:id="clef-1" shape="G" line="2"/>' in written
    assert "keysig=" not in written


def test_writing_twice_and_reading_back_gives_the_same() -> None:
    score = edited()
    written = write_mei(score)
    assert write_mei(score) == written
    assert write_mei(edited(written)) == written


def test_a_new_pitch_replaces_all_that_told_of_the_old_one() -> None:
    score = edited()
    note(score, "n1").pitch = s.Pitch.parse("A5")
    line = line_of(write_mei(score), "n1")
    assert 'pname="a" oct="5"' in line
    assert "accid.ges" not in line
    assert 'stem.dir="up"' in line


def test_a_natural_against_the_key_is_said() -> None:
    score = edited()
    note(score, "n1").pitch = s.Pitch.parse("B4")
    assert 'accid.ges="n"' in line_of(write_mei(score), "n1")
    assert str(note(edited(write_mei(score)), "n1").pitch) == "B4"


def test_a_new_duration_drops_the_played_one() -> None:
    score = edited()
    note(score, "n1").duration = s.Duration.parse("quarter.")
    line = line_of(write_mei(score), "n1")
    assert 'dur="4" dots="1"' in line
    assert "dur.ppq" not in line


def test_attributes_beyond_the_model_can_be_edited() -> None:
    score = edited()
    note(score, "n1").mei["custom"] = "z"
    assert 'custom="z"' in line_of(write_mei(score), "n1")


def test_a_deleted_note_takes_its_slur_with_it() -> None:
    score = edited()
    note(score, "n4").detach()
    note(score, "n3").detach()
    score.update()
    written = write_mei(score)
    assert '"n4"' not in written
    assert "<slur" not in written
    assert 'plist="#n2"' in written
    assert score.by_id("n4") is None


def test_a_moved_slur_names_its_new_end() -> None:
    score = edited()
    slur = score.by_id("s1")
    assert isinstance(slur, s.Slur)
    slur.end = note(score, "n2")
    line = line_of(write_mei(score), "s1")
    assert 'startid="#n1"' in line
    assert 'endid="#n2"' in line
    assert 'curvedir="above"' in line


def test_a_dynamic_found_by_beat_keeps_its_beat_until_it_is_attached() -> None:
    score = edited()
    dynamic = score.by_id("d1")
    assert isinstance(dynamic, s.Dynamic)
    assert dynamic.start is note(score, "n4")
    score.update()
    assert 'tstamp="3.000"' in line_of(write_mei(score), "d1")
    dynamic.start = note(score, "n1")
    score.update()
    assert dynamic.onset == 0
    line = line_of(write_mei(score), "d1")
    assert 'startid="#n1"' in line
    again = edited(write_mei(score)).by_id("d1")
    assert isinstance(again, s.Dynamic)
    assert again.onset == 0


def test_an_appended_measure_is_timed_and_gets_ids() -> None:
    score = edited()
    added = s.Note(s.Pitch.parse("G4"), duration=s.Duration.parse("whole"))
    staff = s.MeasureStaff("1", score.staves[0], children=[s.Voice("1", children=[added])])
    section = score.child_of(s.Section)
    assert section is not None
    section.children.append(s.Measure("2", children=[staff]))
    score.update()
    assert (added.onset, added.pitch_position, added.id) == (4, -2, "note-1")
    assert '<note xml:id="note-1" dur="4"' not in write_mei(score)
    assert '<note xml:id="note-1" dur="1" pname="g" oct="4"/>' in write_mei(score)


def test_a_new_title_is_written_into_the_header() -> None:
    score = edited()
    score.title = "New & better"
    score.composer = "Somebody"
    again = edited(write_mei(score))
    assert (again.title, again.composer) == ("New & better", "Somebody")
    assert "<!-- kept -->" in write_mei(score)


def test_text_of_marks_is_read_and_edited() -> None:
    score = edited()
    dynamic = score.by_id("d1")
    assert isinstance(dynamic, s.Dynamic)
    assert dynamic.text == "p dolce <sempre>"
    dynamic.children = ["ff"]
    assert '<dynam xml:id="d1" staff="1" tstamp="3.000" vgrp="7">ff</dynam>' in write_mei(score)


def test_copies_and_pickles_write_the_same() -> None:
    score = edited()
    written = write_mei(score)
    assert write_mei(copy.deepcopy(score)) == written
    assert write_mei(pickle.loads(pickle.dumps(score))) == written


def test_a_copy_can_be_edited_by_itself() -> None:
    score = edited()
    twin = copy.deepcopy(score)
    note(twin, "n1").pitch = s.Pitch.parse("C4")
    assert str(note(score, "n1").pitch) == "Bb4"
    assert 'pname="b"' in line_of(write_mei(score), "n1")
    assert 'pname="c"' in line_of(write_mei(twin), "n1")


def test_unwritable_characters_do_not_break_the_document() -> None:
    score = edited()
    dynamic = score.by_id("d1")
    assert isinstance(dynamic, s.Dynamic)
    dynamic.children = ["a\x00b\ud800<c>"]
    again = edited(write_mei(score)).by_id("d1")
    assert isinstance(again, s.Dynamic)
    assert again.text == "ab<c>"
