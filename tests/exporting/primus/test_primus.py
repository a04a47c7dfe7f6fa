"""The encodings of PrIMuS: as its authors have them, and within their vocabularies."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.errors import ExportError, SettingsError
from smashcima.exporting.primus import PrimusExporter
from smashcima.loading import load_score
from smashcima.scene.semantic import (
    Accidental,
    Clef,
    ClefShape,
    GraceKind,
    Score,
    ScoreBuilder,
    beam,
    chord,
    key_signature,
    note,
    rest,
    tuplet,
)


def melody() -> ScoreBuilder:
    made = ScoreBuilder(time="common", key=-2)
    made.add_part("Violin", "treble")
    notes = [note("Bb4", "eighth."), note("C5", "16th"), note("B4", "quarter"), note("B4", "half")]
    made.add_voice(made.add_measure(), 1, beam(*notes[:2]), *notes[2:])
    made.tie(notes[2], notes[3])
    made.fermata(notes[3])
    made.add_voice(made.add_measure(), 1, rest())
    return made


def test_the_agnostic_encoding_says_what_is_seen():
    assert PrimusExporter("agnostic").export(melody().build()) == (
        "clef.G-L2", "accidental.flat-L3", "accidental.flat-S4", "metersign.C-L3",
        "note.beamedRight1-L3", "dot-S3", "note.beamedLeft2-S3",
        "accidental.natural-L3", "note.quarter-L3", "slur.start-L3",
        "slur.end-L3", "fermata.above-S6", "note.half-L3", "barline-L1", "rest.whole-L4", "barline-L1",
    )  # fmt: skip


def test_the_semantic_encoding_says_what_is_meant():
    assert PrimusExporter("semantic").export(melody().build()) == (
        "clef-G2", "keySignature-BbM", "timeSignature-C", "note-Bb4_eighth.", "note-C5_sixteenth",
        "note-B4_quarter", "tie", "note-B4_half_fermata", "barline", "rest-whole", "barline",
    )  # fmt: skip


def test_what_is_drawn_but_not_said_is_listed():
    made = ScoreBuilder(time="2/4")
    made.add_part("Violin", "treble")
    notes = [note(p, "eighth", "la") for p in ("C5", "D5", "E5")]
    made.add_voice(made.add_measure(), 1, tuplet(*notes), rest("quarter"))
    made.dynamic("p", notes[0])
    listed = [str(issue) for issue in PrimusExporter().omissions(made.build())]
    assert listed == ["measure 1: note: its tuplet is not written"] * 3 + [
        "score: dynam: 1 drawn, not written",
        "score: syl: 3 drawn, not written",
    ]


def polyphonic() -> Score:
    made = ScoreBuilder(time="2/4")
    made.add_part("Violin", "treble")
    measure = made.add_measure()
    made.add_voice(measure, 1, chord(["C5", "E5"], "half"))
    made.add_voice(measure, 1, note("C4", "half"))
    return made.build()


def test_polyphony_is_an_error_unless_the_highest_will_do():
    with pytest.raises(ExportError, match="has one voice, but measure 1 has 2"):
        PrimusExporter().export(polyphonic())
    exporter = PrimusExporter("semantic", polyphony="highest")
    assert exporter.export(polyphonic())[-2:] == ("note-E5_half", "barline")
    assert [issue.what for issue in exporter.omissions(polyphonic())] == [
        "left out: a further voice",
        "left out: a lower note of a chord",
    ]


def test_several_staves_are_an_error():
    made = ScoreBuilder(time="2/4")
    made.add_part("Piano", "treble", "bass")
    made.add_measure()
    score = made.build()
    with pytest.raises(ExportError, match="has one staff"):
        PrimusExporter().export(score)
    assert PrimusExporter().export(score.slice(staff=2))[0] == "clef.F-L4"
    with pytest.raises(SettingsError, match="agnostic, semantic"):
        PrimusExporter("symbolic")


@pytest.mark.parametrize("encoding", ["agnostic", "semantic"])
def test_the_incipit_of_primus_has_the_tokens_of_its_authors(shared_data: Path, encoding: str):
    directory = shared_data / "primus" / "000051652-1_2_1"
    if not directory.is_dir():
        pytest.skip(f"the test data lacks {directory}")
    wanted = (directory / f"000051652-1_2_1.{encoding}").read_text().split()
    score = load_score(directory / "000051652-1_2_1.mei").score
    assert list(PrimusExporter(encoding).export(score)) == wanted


@pytest.mark.parametrize("encoding", ["agnostic", "semantic"])
def test_incipits_stay_within_the_vocabulary_and_come_back(shared_data: Path, encoding: str):
    directory = shared_data / "primus"
    if not directory.is_dir():
        pytest.skip(f"the test data lacks {directory}")
    known = set((directory / "lists" / f"vocabulary_{encoding}.txt").read_text().split())
    exporter, count = PrimusExporter(encoding, polyphony="highest"), 0
    for path in sorted(directory.glob("0*/*.mei")):
        tokens = exporter.export(load_score(path).score)
        assert set(tokens) <= known, path.name
        count += len(tokens)
    assert count > 200


def unusual() -> Score:
    made = ScoreBuilder(time="9/0", key=key_signature(("s", 3), ("f", -5)))
    made.add_part("", "bass")
    made.add_voice(
        made.add_measure(), 1, note(None, "quarter", staff_position=-3), Accidental("n", staff_position=0)
    )
    return made.build()


def test_the_agnostic_encoding_has_signs_at_any_positions():
    assert PrimusExporter("agnostic").export(unusual()) == (
        "clef.F-L4", "accidental.sharp-S4", "accidental.flat-S0", "digit.9-L4", "digit.0-L2",
        "note.quarter-S1", "accidental.natural-L3", "barline-L1",
    )  # fmt: skip


def test_the_semantic_encoding_tells_what_has_no_pitch():
    assert PrimusExporter("semantic").export(unusual()) == ("clef-F4", "timeSignature-9/0", "barline")
    assert [(issue.element, issue.what) for issue in PrimusExporter("semantic").omissions(unusual())] == [
        ("keySig", "left out: PrIMuS has no such key signature"),
        ("note", "left out: it has no pitch"),
        ("accid", "left out: PrIMuS has no accidental without a note"),
    ]


def test_grace_notes_inside_a_beam_are_named_as_its_notes():
    made = ScoreBuilder(time="2/4")
    made.add_part("", "treble")
    grace = note("E5", "16th")
    grace.grace = GraceKind.UNACCENTED
    made.add_voice(
        made.add_measure(), 1, beam(note("C5", "eighth"), grace, note("D5", "eighth")), rest("quarter")
    )
    assert PrimusExporter("agnostic").export(made.build())[3:6] == (
        "note.beamedRight1-S3", "gracenote.beamedBoth2-S4", "note.beamedLeft1-L4",
    )  # fmt: skip


def test_a_change_to_no_accidentals_and_a_clef_at_the_end_are_written():
    made = ScoreBuilder(time="2/4", key=0)
    made.add_part("", "treble")
    made.add_voice(made.add_measure(), 1, note("C5", "half"))
    made.change(key=1)
    made.add_voice(made.add_measure(), 1, note("C5", "half"))
    made.change(key=0)
    made.add_voice(made.add_measure(), 1, Clef(ClefShape.F, 4))
    assert PrimusExporter("semantic").export(made.build()) == (
        "clef-G2", "timeSignature-2/4", "note-C5_half", "barline", "keySignature-GM", "note-C5_half", "barline",
        "keySignature-CM", "clef-F4", "barline",
    )  # fmt: skip
