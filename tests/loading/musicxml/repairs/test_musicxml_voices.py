"""Voices and chords of MusicXML files that other programs name or time loosely."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.loading import load_score
from smashcima.scene.semantic import Note, Tie
from tests.loading.musicxml.small_scores import backup, forward, issues, note, score, voices


def quarters(*pitches: str, voice: str | None = "1", staff: int = 0) -> str:
    return "".join(note(pitch, 4, "quarter", voice=voice, staff=staff) for pitch in pitches)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # a chord whose notes last for different times: voices
        (score(note("C4", 16, "whole") + note("E4", 8, "half", before="<chord/>")
               + note("G4", 4, "quarter", before="<chord/>")),
         ["C4@0+4:whole", "E4@0+2:half", "G4@0+1:quarter"]),
        (score(note("C4", 8, "half") + note("E4", 16, "whole", before="<chord/>") + note("G4", 8, "half")),
         ["C4@0+2:half G4@2+2:half", "E4@0+4:whole"]),
        (score(note("C4", 8, "half") + note("E4", 4, "quarter", before="<chord/>")
               + note("G4", 4, "quarter", before="<chord/>") + note("D4", 8, "half")),
         ["C4@0+2:half D4@2+2:half", "E4G4@0+1:quarter"]),
        # named by words, and not named
        (score(quarters("C5", "D5", "E5", "F5", voice="soprano") + backup(16)
               + note("C4", 16, "whole", voice="alto")),
         ["C5@0+1:quarter D5@1+1:quarter E5@2+1:quarter F5@3+1:quarter", "C4@0+4:whole"]),
        (score(quarters("C5", "D5", "E5", "F5", voice=None) + backup(16) + note("C4", 16, "whole", voice=None)),
         ["C5@0+1:quarter D5@1+1:quarter E5@2+1:quarter F5@3+1:quarter", "C4@0+4:whole"]),
        (score(quarters("C5", "D5", "E5", "F5") + backup(16) + note("C4", 16, "whole", voice=None)),
         ["C5@0+1:quarter D5@1+1:quarter E5@2+1:quarter F5@3+1:quarter", "C4@0+4:whole"]),
        # overlaps within a voice, with a grace note that goes with its note
        (score(note("C5", 16, "whole") + backup(16) + quarters("C4", "D4", "E4", "F4")),
         ["C5@0+4:whole", "C4@0+1:quarter D4@1+1:quarter E4@2+1:quarter F4@3+1:quarter"]),
        (score(note("C5", 8, "half") + note("D5", 8, "half") + backup(8)
               + note("B4", None, "eighth", before="<grace/>") + note("E4", 8, "half")),
         ["C5@0+2:half D5@2+2:half", "B4@2+0:eighth E4@2+2:half"]),
        # one name on two staves
        (score(quarters("C5", "D5", "E5", "F5", staff=1) + backup(16)
               + quarters("C4", "D4", "E4", "F4", staff=2), staves=2),
         ["C5@0+1:quarter D5@1+1:quarter E5@2+1:quarter F5@3+1:quarter",
          "C4@0+1:quarter D4@1+1:quarter E4@2+1:quarter F4@3+1:quarter"]),
        # interleaved voices, and gaps
        (score(quarters("C5") + backup(4) + quarters("C4", voice="2") + quarters("D5") + backup(4)
               + quarters("D4", voice="2") + note("E5", 8, "half")),
         ["C5@0+1:quarter D5@1+1:quarter E5@2+2:half", "C4@0+1:quarter D4@1+1:quarter"]),
        (score(forward(8) + note("E5", 8, "half") + backup(16) + quarters("C4", voice="2") + forward(8)
               + quarters("D4", voice="2")),
         ["E5@2+2:half", "C4@0+1:quarter D4@3+1:quarter"]),
        (score(note("C5", 16, "whole") + backup(20) + note("C4", 16, "whole", voice="2")),
         ["C5@0+4:whole", "C4@0+4:whole"]),
    ],
)  # fmt: skip
def test_voices_are_told_apart_by_time_and_staff(source: str, expected: list[str]) -> None:
    assert voices(source) == expected


def test_what_is_assumed_about_voices_is_said() -> None:
    words = score(quarters("C5", "D5", voice="a") + backup(8) + quarters("C4", "D4", voice="b"))
    assert issues(words) == [("voice", "named a, b; read as 1, 2")]
    overlap = score(note("C5", 16, "whole") + backup(16) + note("C4", 16, "whole"))
    assert issues(overlap) == [("note", "1 in a voice that still sounds; read as notes of another voice")]
    chord = score(note("C4", 16, "whole") + note("E4", 8, "half", before="<chord/>"))
    assert issues(chord) == [
        ("chord", "its notes last 4 quarters and 2 quarters; written as voices of their own")
    ]


def test_notes_of_a_split_chord_keep_their_signs() -> None:
    slur = '<notations><tied type="{}"/></notations>'
    source = score(
        note("C4", 16, "whole")
        + note("E4", 8, "half", before="<chord/>", after="<accidental>sharp</accidental>")
        + note("G4", 8, "half", before="<chord/>", after=slur.format("start")).replace(
            "<duration>8</duration>", '<duration>8</duration><tie type="start"/>'
        )
        + backup(8)
        + note("G4", 8, "half", voice="2", after=slur.format("stop")).replace(
            "<duration>8</duration>", '<duration>8</duration><tie type="stop"/>'
        )
    )
    read = load_score(data=source).score
    tie = next(read.descendants(Tie))
    assert tie.start is not None
    assert tie.end is not None
    assert (tie.start.onset_in_measure, tie.end.onset_in_measure) == (0, 2)
    e4 = next(found for found in read.descendants(Note) if str(found.pitch).lower().startswith("e"))
    assert e4.accidental is not None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "13-chord-mixed-durations",
            [
                "C4@0+4:whole", "E4@0+2:half", "G4@0+1:quarter",
                "C4@0+2:half G4@2+2:half", "E4@0+4:whole",
            ],
        ),
        ("99-chord-mixed", ["C4@0+4:whole", "E4@0+2:half G4@2+2:half"]),
        ("95-voice-names", ["C5@0+1:quarter D5@1+1:quarter", "E4@0+2:half"]),
        (
            "27-interleaved-voices",
            [
                "C5@0+1:quarter D5@1+1:quarter E5@2+1:quarter F5@3+1:quarter", "A4@2+1:quarter",
                "C3@0+2:half E3@2+1:quarter G3@3+1:quarter", "G4@2+2:half", "C3@0+1:quarter D3@3+1:quarter",
            ],
        ),
        (
            "08-rounded-septuplet-backup",
            [
                " ".join(f"{pitch}5@{n}/7+1/7:16th" for n, pitch in enumerate("CDEFGFE")).replace("@0/7", "@0")
                + " D5@1+1:quarter",
                "C3@0+1:quarter G3@1+1:quarter", "C5@0+2:half", "C3@0+2:half",
            ],
        ),
        (
            "25-backup-too-far",
            ["C5@0+2:half E5@2+2:half", "C4@0+2:half D4@2+2:half", "C5@0+4:whole"],
        ),
    ],
)  # fmt: skip
def test_reported_files(shared_data: Path, name: str, expected: list[str]) -> None:
    assert voices(str(shared_data / "cases" / f"{name}.musicxml")) == expected


def test_an_overlap_within_a_voice_is_read_in_time_and_named(shared_data: Path) -> None:
    path = str(shared_data / "cases" / "87-one-voice-overlap.musicxml")
    events = sorted(event for line in voices(path)[:2] for event in line.split())
    assert events == ["C5@0+2:half", "D5@2+2:half", "E4@1+1:quarter"]
    assert voices(path)[2:] == ["C5@0+4:whole", "E4@0+2:half F4@2+2:half"]
    assert [element for element, _ in issues(path)] == ["note", "note"]
