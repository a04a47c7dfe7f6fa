"""Times and note values of MusicXML files in which types, durations and tuplets are missing or disagree."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import music21
import pytest
from lxml import etree

from smashcima.exporting import MeiExporter, MusicXmlExporter
from smashcima.loading import load_score
from smashcima.scene.semantic import Tuplet
from tests.loading.musicxml.small_scores import backup, forward, issues, note, score, tuplet, voices

TRIPLET, NINTH = (3, 2), (9, 4)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # types by duration
        (score(note("C5", 1) + note("D5", 1) + note("E5", 4) + note("F5", 2), divisions=2),
         "C5@0+1/2:eighth D5@1/2+1/2:eighth E5@1+2:half F5@3+1:quarter"),
        (score(note("C5", 6) + note("D5", 2) + note("E5", 7) + note("F5", 1)),
         "C5@0+3/2:quarter. D5@3/2+1/2:eighth E5@2+7/4:quarter.. F5@15/4+1/4:16th"),
        (score(note("C5", 2) + note("D5", 2) + note("E5", 2) + note("F5", 18), divisions=6),
         "C5@0+1/3:eighth D5@1/3+1/3:eighth E5@2/3+1/3:eighth F5@1+3:half."),
        (score("".join(note("C5", 12) for _ in range(5)) + note("D5", 180), divisions=60),
         "C5@0+1/5:16th C5@1/5+1/5:16th C5@2/5+1/5:16th C5@3/5+1/5:16th C5@4/5+1/5:16th D5@1+3:half."),
        (score(note("C5", 33) + note("D5", 33) + note("E5", 34) + note("F5", 300), divisions=100),
         "C5@0+1/3:eighth D5@1/3+1/3:eighth E5@2/3+1/3:eighth F5@1+3:half."),
        (score(note("C5", 2, ratio=TRIPLET) + note("D5", 4, ratio=TRIPLET) + note("E5", 18), divisions=6),
         "C5@0+1/3:eighth D5@1/3+2/3:quarter E5@1+3:half."),
        # a rest without a type that no rest lasts: several rests
        (score(note("R", 5) + note("C5", 11, "half", dots=1)), "R@0+1:quarter R@1+1/4:16th C5@5/4+11/4:half."),
        # a rest without a type that fills its measure stays one
        (score(note("R", 16)), "R@0+4"),
        (score(note("D5", None, before="<grace/>") + note("C5", 16, "whole")), "D5@0+0:eighth C5@0+4:whole"),
        # tuplets by time modification alone
        (score(note("C5", 2, "eighth", ratio=TRIPLET) * 3 + note("D5", 18, "half", dots=1), divisions=6),
         "C5@0+1/3:eighth C5@1/3+1/3:eighth C5@2/3+1/3:eighth D5@1+3:half."),
        (score(note("C5", 33, "eighth", ratio=TRIPLET) * 2 + note("C5", 34, "eighth", ratio=TRIPLET)
               + note("D5", 300, "half", dots=1), divisions=100),
         "C5@0+1/3:eighth C5@1/3+1/3:eighth C5@2/3+1/3:eighth D5@1+3:half."),
        (score(note("C5", 3, "eighth", ratio=(2, 3)) * 2 + note("E5", 6, "quarter", dots=1), time=(6, 8)),
         "C5@0+3/4:eighth C5@3/4+3/4:eighth E5@3/2+3/2:quarter."),
        (score(note("C5", 4, "quarter", ratio=TRIPLET) + forward(2) + note("D5", 18, "half", dots=1), divisions=6),
         "C5@0+2/3:quarter D5@1+3:half."),
        # a tuplet without an end, and one that ends too late
        (score(note("C5", 2, "eighth", ratio=TRIPLET, after=tuplet(("start", 1)))
               + note("C5", 2, "eighth", ratio=TRIPLET) * 2 + note("D5", 18, "half", dots=1), divisions=6),
         "C5@0+1/3:eighth C5@1/3+1/3:eighth C5@2/3+1/3:eighth D5@1+3:half."),
        (score(note("C5", 2, "eighth", ratio=TRIPLET, after=tuplet(("start", 1)))
               + note("C5", 2, "eighth", ratio=TRIPLET) * 2
               + note("D5", 18, "half", dots=1, after=tuplet(("stop", 1))), divisions=6),
         "C5@0+1/3:eighth C5@1/3+1/3:eighth C5@2/3+1/3:eighth D5@1+3:half."),
        # nested tuplets that begin or end together
        (score(note("C5", 2, "eighth", ratio=NINTH, after=tuplet(("start", 1), ("start", 2)))
               + note("D5", 2, "eighth", ratio=NINTH)
               + note("E5", 2, "eighth", ratio=NINTH, after=tuplet(("stop", 2)))
               + note("F5", 6, "quarter", ratio=TRIPLET)
               + note("G5", 6, "quarter", ratio=TRIPLET, after=tuplet(("stop", 1)))
               + note("A5", 18, "half"), divisions=9),
         "C5@0+2/9:eighth D5@2/9+2/9:eighth E5@4/9+2/9:eighth F5@2/3+2/3:quarter G5@4/3+2/3:quarter A5@2+2:half"),
        (score(note("F5", 6, "quarter", ratio=TRIPLET, after=tuplet(("start", 1)))
               + note("G5", 6, "quarter", ratio=TRIPLET)
               + note("C5", 2, "eighth", ratio=NINTH, after=tuplet(("start", 2)))
               + note("D5", 2, "eighth", ratio=NINTH)
               + note("E5", 2, "eighth", ratio=NINTH, after=tuplet(("stop", 2), ("stop", 1)))
               + note("A5", 18, "half"), divisions=9),
         "F5@0+2/3:quarter G5@2/3+2/3:quarter C5@4/3+2/9:eighth D5@14/9+2/9:eighth E5@16/9+2/9:eighth A5@2+2:half"),
        # durations that disagree with types: the type is drawn, the duration counts
        (score(note("C5", 4, "half") + note("D5", 4, "half") + note("E5", 8, "half")),
         "C5@0+1:half D5@1+1:half E5@2+2:half"),
        (score(note("C5", 2, "eighth") * 3 + note("D5", 18, "half", dots=1), divisions=6),
         "C5@0+1/3:eighth C5@1/3+1/3:eighth C5@2/3+1/3:eighth D5@1+3:half."),
        (score(note("C5", 4, "half") + note("E5", 4, "half", before="<chord/>") + note("D5", 12, "half", dots=1)),
         "C5E5@0+1:half D5@1+3:half."),
        # notes without a duration, parts without divisions
        (score(note("C5", None, "quarter") + note("D5", 4, "quarter") + note("E5", 0, "half")),
         "C5@0+1:quarter D5@1+1:quarter E5@2+2:half"),
        (score(note("C5", 2, "eighth") + note("D5", 2, "eighth") + note("E5", 12, "half", dots=1), divisions=None),
         "C5@0+1/2:eighth D5@1/2+1/2:eighth E5@1+3:half."),
    ],
)  # fmt: skip
def test_notes_have_the_time_of_their_durations_and_the_value_of_their_types(
    source: str, expected: str
) -> None:
    assert voices(source) == [expected]


def test_notes_without_a_duration_do_not_misplace_other_voices() -> None:
    source = score(
        note("C5", None, "half")
        + note("D5", 8, "half")
        + backup(8)
        + note("E4", 8, "half", voice="2")
        + backup(16)
        + note("C4", 8, "half", voice="3")
    )
    assert voices(source) == [
        "C5@0+2:half D5@2+2:half",
        "E4@2+2:half",
        "C4@0+2:half",
    ]


def test_a_whole_measure_rest_of_a_wrong_length_does_not_misplace_other_voices() -> None:
    rest = '<note><rest measure="yes"/><duration>16</duration><voice>1</voice></note>'
    source = score(rest + backup(12) + note("C4", 12, "half", voice="2", dots=1), time=(3, 4))
    assert voices(source) == ["R@0+3", "C4@0+3:half."]
    assert issues(source) == [
        ("note", "a whole-measure rest of 16 divisions; lasts 12, as long as its measure")
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (score(note("C5", 4) * 4), "4 without a type; drawn by their durations (quarter)"),
        (
            score(note("C5", 4, "half") + note("D5", 12, "half", dots=1)),
            "the type and the duration disagree: it is drawn as half (2 quarters), but lasts 1 quarter",
        ),
        (
            score(note("C5", None, "quarter") + note("D5", 12, "half", dots=1)),
            "1 without a duration; they last as long as their types",
        ),
        (
            score(note("C5", 1, "quarter") * 4, divisions=None),
            "without <divisions>; read as 1 per quarter note",
        ),
        (
            score(note("C5", 16, "whole") + backup(20) + note("C4", 16, "whole", voice="2")),
            "leads 1 quarter before the start of the measure; read from its start",
        ),
    ],
)
def test_what_is_assumed_is_said(source: str, expected: str) -> None:
    assert [what for _, what in issues(source)] == [expected]


def test_a_duration_without_a_note_value_keeps_its_time() -> None:
    source = score(note("C5", 5) + note("D5", 11, "half", dots=1))
    assert voices(source) == ["C5@0+5/4:quarter D5@5/4+11/4:half."]


def test_a_duration_that_disagrees_is_kept_in_mei_and_musicxml() -> None:
    source = score(note("C5", 4, "half") + note("D5", 12, "half", dots=1))
    read = load_score(data=source).score
    assert [event.ratio for event in read.events()] == [Fraction(1, 2), 1]
    for text in (MeiExporter().export_string(read), MusicXmlExporter().export_string(read)):
        assert voices(text) == ["C5@0+1:half D5@1+3:half."]
    written = etree.fromstring(MusicXmlExporter().export_string(read).encode())
    assert [found.findtext("type") for found in written.iter("note")] == ["half", "half"]
    assert next(written.iter("time-modification"), None) is None


def test_tuplets_by_time_modification_alone_have_neither_bracket_nor_number() -> None:
    source = score(note("C5", 2, "eighth", ratio=TRIPLET) * 3 + note("D5", 18, "half", dots=1), divisions=6)
    told = next(load_score(data=source).score.descendants(Tuplet))
    assert (told.count, told.base) == (3, 2)
    assert (told.mei["num.visible"], told.mei["bracket.visible"]) == ("false", "false")
    implied = score(note("C5", 2) * 3 + note("D5", 18), divisions=6)
    derived = next(load_score(data=implied).score.descendants(Tuplet))
    assert "num.visible" not in derived.mei


def test_tremolos_between_notes_are_no_tuplets() -> None:
    mark = '<notations><ornaments><tremolo type="{}">3</tremolo></ornaments></notations>'
    source = score(
        note("C5", 4, "half", ratio=(2, 1), after=mark.format("start"))
        + note("D5", 4, "half", ratio=(2, 1), after=mark.format("stop"))
        + note("E5", 8, "half")
    )
    assert voices(source) == ["C5@0+1:half D5@1+1:half E5@2+2:half"]
    assert issues(source) == []


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("88-time-modification-only", ["C5@0+1/3:eighth D5@1/3+1/3:eighth E5@2/3+1/3:eighth F5@1+1:quarter"]),
        ("89-no-type", ["C5@0+1/2:eighth D5@1/2+1/2:eighth E5@1+2:half"]),
        (
            "58-type-vs-duration",
            [
                "C5@0+7/4:quarter.. D5@7/4+1/4:16th R@2+3/2:quarter. E5@7/2+1/2:eighth",
                "C5@0+1:half D5@1+1:half E5@2+2:half",
            ],
        ),
        (
            "42-tuplets-loose",
            [
                "C5@0+1/3:eighth D5@1/3+2/3:quarter E5@1+2/3:quarter F5@5/3+1/3:eighth",
                "C5@0+2/3:quarter D5@1+1:quarter",
                "R@0+1/3:eighth C5@1/3+2/3:quarter E5@1+1:quarter",
            ],
        ),
        (
            "43-duplets",
            [
                "C5@0+3/4:eighth D5@3/4+3/4:eighth E5@3/2+3/4:eighth F5@9/4+3/4:eighth",
                "C5@0+3/2:quarter D5@3/2+3/2:quarter",
                "C5@0+9/4:quarter. D5@9/4+3/4:eighth",
            ],
        ),
        (
            "07-nested-tuplet",
            [
                "C5@0+2/3:quarter D5@2/3+2/9:eighth E5@8/9+2/9:eighth F5@10/9+2/9:eighth G5@4/3+2/3:quarter",
                "C5@0+2:half",
            ],
        ),
    ],
)
def test_reported_files(shared_data: Path, name: str, expected: list[str]) -> None:
    assert voices(str(shared_data / "cases" / f"{name}.musicxml")) == expected


@pytest.mark.parametrize("name", ["88-time-modification-only", "89-no-type", "43-duplets"])
def test_music21_reads_the_same_times(shared_data: Path, name: str) -> None:
    path = shared_data / "cases" / f"{name}.musicxml"
    judge = music21.converter.parse(str(path))
    assert isinstance(judge, music21.stream.Score)
    expected = [
        " ".join(
            f"{found.pitch.nameWithOctave}@{found.offset}+{found.quarterLength}" for found in measure.notes
        )
        for measure in judge.parts[0].getElementsByClass("Measure")
    ]
    ours = [" ".join(event.rpartition(":")[0] for event in line.split()) for line in voices(str(path))]
    assert list(map(_fractions, expected)) == list(map(_fractions, ours))


def _fractions(line: str) -> str:
    """Times of a line as decimals of one form."""
    events = []
    for event in line.split():
        pitch, _, times = event.partition("@")
        at, _, length = times.partition("+")
        events.append(f"{pitch}@{float(Fraction(at)):.4f}+{float(Fraction(length)):.4f}")
    return " ".join(events)
