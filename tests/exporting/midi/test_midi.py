"""MIDI and the times of notes."""

from __future__ import annotations

import io
import json
from collections import Counter
from fractions import Fraction
from pathlib import Path

import music21
import pytest

from smashcima.exporting.midi import MidiExporter, TimeMapExporter
from smashcima.loading import load_score
from smashcima.scene.semantic import BarlineForm, GraceKind, Note, Score, ScoreBuilder, Tempo, note


def melody(right: BarlineForm | None = None) -> Score:
    made = ScoreBuilder(time="2/4")
    made.add_part("Flute", "treble")
    notes = [note("C5", "quarter"), note("E5", "quarter"), note("E5", "half")]
    made.add_voice(made.add_measure(), 1, *notes[:2])
    made.add_voice(made.add_measure(right=right), 1, notes[2])
    made.tie(notes[1], notes[2])
    tempo = made.mark(Tempo(notes[0], bpm=60.0))
    tempo.children.append("Lento")
    return made.build()


def test_each_note_has_its_times_in_quarters_and_seconds():
    found = TimeMapExporter().export(melody())
    assert [(n.onset_ql, n.offset_ql, n.onset_s, n.offset_s) for n in found] == [
        (0, 1, 0.0, 1.0),
        (1, 2, 1.0, 2.0),
        (2, 4, 2.0, 4.0),
    ]
    assert [(n.midi_pitch, n.is_tied_from, n.staff) for n in found] == [
        (72, False, "1"),
        (76, False, "1"),
        (76, True, "1"),
    ]
    assert [n.id for n in found] == [n.id for n in melody().notes()]


def test_the_time_map_is_json_with_exact_quarters():
    first = json.loads(TimeMapExporter().export_string(melody()))[0]
    assert (first["onset_ql"], first["offset_ql"], first["offset_s"]) == ("0", "1", 1.0)


def test_a_slice_begins_at_zero():
    (found,) = TimeMapExporter().export(melody().slice(measures=range(1, 2)))
    assert (found.onset_ql, found.onset_s, found.is_tied_from) == (0, 0.0, True)


def test_grace_notes_are_played_but_take_no_time_of_the_measure():
    made = ScoreBuilder(time="2/4")
    made.add_part("Flute", "treble")
    grace = Note(
        note("B4", "eighth").pitch, duration=note("B4", "eighth").duration, grace=GraceKind.UNACCENTED
    )
    made.add_voice(made.add_measure(), 1, note("C5", "quarter"), grace, note("C5", "quarter"))
    found = TimeMapExporter().export(made.build())
    assert [(n.onset_ql, n.offset_ql) for n in found] == [(0, 1), (1, 1), (1, 2)]
    assert found[1].onset_s < found[1].offset_s


def strikes(data: bytes) -> Counter[tuple[Fraction, int]]:
    mido = pytest.importorskip("mido")
    file = mido.MidiFile(file=io.BytesIO(data))
    found: Counter[tuple[Fraction, int]] = Counter()
    for track in file.tracks:
        at = 0
        for message in track:
            at += message.time
            if message.type == "note_on" and message.velocity:
                found[Fraction(at, file.ticks_per_beat), message.note] += 1
    return found


def test_mido_reads_the_notes():
    assert strikes(MidiExporter().export(melody())) == {(Fraction(0), 72): 1, (Fraction(1), 76): 1}


def test_the_tutorial_score_is_struck_where_the_score_says(tutorial_score: Path):
    score = load_score(tutorial_score).score
    wanted = Counter(
        (n.onset_ql, n.midi_pitch) for n in TimeMapExporter().export(score) if not n.is_tied_from
    )
    found = strikes(MidiExporter().export(score))
    assert sum(found.values()) == 340

    def rounded(counts: Counter[tuple[Fraction, int]]) -> Counter[tuple[int, int]]:
        merged: Counter[tuple[int, int]] = Counter()
        for (onset, key), count in counts.items():
            merged[round(onset * 24), int(key)] += count
        return merged

    assert rounded(found) == rounded(wanted)  # type: ignore[arg-type]


def test_the_file_is_the_same_every_time(tmp_path: Path):
    MidiExporter().write(melody(), tmp_path / "a.mid")
    assert (tmp_path / "a.mid").read_bytes() == MidiExporter().export(melody())


def test_notes_without_a_pitch_are_not_heard_and_named():
    made = ScoreBuilder(time=None)
    made.add_part("", "treble")
    sounding = note("C5", "quarter", staff_position=-4)
    made.add_voice(made.add_measure(), 1, note(None, "quarter", staff_position=-1), sounding)
    score = made.build()
    file = music21.midi.MidiFile()
    file.readstr(MidiExporter().export(score))
    keys = [event.pitch for track in file.tracks for event in track.events if event.isNoteOn()]
    assert keys == [72]
    assert [n.midi_pitch for n in TimeMapExporter().export(score)] == [None, 72.0]
    assert [issue.what for issue in MidiExporter().omissions(score)] == ["silent: it has no pitch"]
