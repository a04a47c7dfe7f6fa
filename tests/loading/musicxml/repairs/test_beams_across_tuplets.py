"""Beams that begin inside a tuplet and go on into the next one."""

from __future__ import annotations

from fractions import Fraction

import pytest

import smashcima as sc
from smashcima.loading import load_score
from smashcima.scene.semantic import Beam, Note, Rest, Tuplet
from tests.loading.musicxml.small_scores import note, score, tuplet

TRIPLET = (3, 2)


def eighth(pitch: str, beam: str = "", marks: str = "") -> str:
    """A note or rest of a triplet."""
    after = tuplet((marks, 1)) if marks else ""
    text = note(pitch, 2, "eighth", ratio=TRIPLET, after=after)
    if not beam:
        return text
    mark = f'<beam number="1">{beam}</beam>'
    return text.replace(after, mark + after) if after else text.replace("</note>", f"{mark}</note>")


def second() -> str:
    return eighth("E5", "continue", "start") + eighth("F5", "continue") + eighth("G5", "end", "stop")


def load(music: str) -> sc.Loaded:
    return load_score(data=score(music + note("C5", 12, "half"), divisions=6), format=".musicxml")


@pytest.mark.parametrize(
    ("first", "issues"),
    [
        (eighth("R", "", "start") + eighth("C5", "begin") + eighth("D5", "continue", "stop"), 0),
        (eighth("R", "", "start") + eighth("R") + eighth("D5", "begin", "stop"), 0),
        (eighth("C5", "", "start") + eighth("C5", "begin") + eighth("D5", "continue", "stop"), 1),
        (eighth("C5", "", "start") + eighth("C5") + eighth("D5", "begin", "stop"), 1),
    ],
)
def test_both_tuplets_stand_beside_each_other(first: str, issues: int) -> None:
    loaded = load(first + second())
    events = [*loaded.score.descendants(Note), *loaded.score.descendants(Rest)]
    short = sorted(event.onset for event in events if event.quarter_length == Fraction(1, 3))
    assert short == [Fraction(k, 3) for k in range(6)]
    tuplets = list(loaded.score.descendants(Tuplet))
    assert [len(each.events) for each in tuplets] == [3, 3]
    assert not any(each.ancestor(Tuplet) for each in tuplets)
    assert [issue.element for issue in loaded.issues] == ["beam"] * issues
    scene = sc.EngravedModel()(loaded.score)
    assert not sc.verify(scene).disagreements


def test_a_beam_after_a_rest_goes_on_over_both_tuplets() -> None:
    first = eighth("R", "", "start") + eighth("C5", "begin") + eighth("D5", "continue", "stop")
    (beam,) = load(first + second()).score.descendants(Beam)
    assert len([event for event in beam.events if isinstance(event, Note)]) == 5


def test_a_beam_after_a_note_is_divided() -> None:
    first = eighth("C5", "", "start") + eighth("C5", "begin") + eighth("D5", "continue", "stop")
    beams = list(load(first + second()).score.descendants(Beam))
    assert [len(beam.events) for beam in beams] == [2, 3]


def test_beams_of_whole_tuplets_are_read_as_they_are() -> None:
    first = eighth("C5", "begin", "start") + eighth("C5", "continue") + eighth("D5", "continue", "stop")
    loaded = load(first + second())
    (beam,) = loaded.score.descendants(Beam)
    assert len(beam.events) == 6
    assert not loaded.issues
