"""Notes whose alteration neither the key nor an accidental shows are named."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.loading import load_score
from tests.loading.musicxml.score_elements import (
    DIVISIONS,
    TREBLE,
    attributes,
    back,
    clef,
    key,
    note,
    score,
    time,
)


def begin(fifths: int = 0) -> str:
    return attributes(DIVISIONS, key(fifths), time(4, 4), TREBLE)


TIE_START = '<tie type="start"/>'
TIE_STOP = '<tie type="stop"/>'


def named(*measures: str) -> list[str]:
    """The places of the issues about accidentals."""
    issues = load_score(data=score(list(measures))).issues
    return [issue.where for issue in issues if issue.element == "accidental"]


def test_an_altered_note_without_an_accidental_is_named() -> None:
    assert named(begin() + note("F5", 8, alter="1") + note("G5", 8)) == ["P1, measure 1"]


def test_notes_of_the_key_need_none() -> None:
    assert not named(begin(1) + note("F5", 8, alter="1") + note("C5", 8))
    assert not named(begin(-2) + note("B4", 8, alter="-1") + note("E5", 8, alter="-1"))


def test_a_note_against_the_key_needs_one() -> None:
    assert named(begin(1) + note("F5", 16)) == ["P1, measure 1"]
    assert not named(begin(1) + note("F5", 16, accidental="natural"))


def test_an_accidental_holds_to_the_barline_at_its_octave() -> None:
    sharp = note("F5", 8, alter="1", accidental="sharp")
    assert not named(begin() + sharp + note("F5", 8, alter="1"))
    assert named(begin() + sharp + note("F4", 8, alter="1")) == ["P1, measure 1"]
    assert named(begin() + sharp + note("F5", 8)) == ["P1, measure 1"]
    assert named(begin() + sharp + note("G5", 8), note("F5", 16, alter="1")) == ["P1, measure 2"]


def test_an_accidental_holds_for_the_other_voice_from_its_time_on() -> None:
    first = note("G5", 8) + note("F5", 8, alter="1", accidental="sharp")
    late = note("A4", 8, voice=2) + note("G4", voice=2) + note("F5", voice=2, alter="1")
    early = note("F5", 8, voice=2, alter="1") + note("A4", 8, voice=2)
    assert not named(begin() + first + back(16) + late)
    assert named(begin() + first + back(16) + early) == ["P1, measure 1"]


def test_an_accidental_does_not_hold_on_another_staff() -> None:
    start = attributes(DIVISIONS, key(0), time(4, 4), "<staves>2</staves>", clef("G", 2, 1), clef("G", 2, 2))
    upper = note("F5", 16, alter="1", accidental="sharp")
    assert named(start + upper + back(16) + note("F5", 16, alter="1", staff=2, voice=5)) == ["P1, measure 1"]


def test_a_tied_note_needs_none_in_the_next_measure() -> None:
    first = note("F5", 16, alter="1", accidental="sharp", before="")
    tied = first.replace("<voice>", f"{TIE_START}<voice>")
    stop = note("F5", 8, alter="1").replace("<voice>", f"{TIE_STOP}<voice>")
    assert not named(begin() + tied, stop + note("G5", 8))
    assert named(begin() + tied, stop + note("F5", 8, alter="1")) == ["P1, measure 2"]


def test_one_issue_names_all_measures_of_a_part() -> None:
    wrong = note("F5", 16, alter="1")
    (issue,) = load_score(data=score([begin() + wrong, wrong, note("F5", 16), wrong])).issues
    assert issue.what.startswith("3 notes have alterations that neither the key nor an accidental shows")
    assert issue.what.endswith("the first F5 altered by 1 (measures 1, 2, 4)")


@pytest.mark.parametrize("name", ["85-accidental-elsewhere.musicxml", "47-accidentals.musicxml"])
def test_well_marked_scores_have_no_issue(shared_data: Path, name: str) -> None:
    issues = load_score(shared_data / "cases" / name).issues
    assert not [issue for issue in issues if "neither the key" in issue.what]
