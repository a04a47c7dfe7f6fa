"""Measures of an annotation, and the stages of evaluation."""

from __future__ import annotations

import pytest

import smashcima.notations.mashcima as m


@pytest.mark.parametrize(
    ("annotation", "measures"),
    [
        ("", []), ("|", []), ("| |", []), ("q0", ["q0"]), ("q0 | q1", ["q0", "q1"]), ("| q0 | q1 |", ["q0", "q1"]),
        ("|: q0 | | q1 :|", ["q0", "", "q1"]), ("q0 ~|| q1 ~|]", ["q0", "q1"]),
    ],
)  # fmt: skip
def test_measures_lie_between_barlines(annotation: str, measures: list[str]) -> None:
    assert m.get_measures(annotation) == measures


def test_plain_barlines_are_trimmed_and_repeats_stay() -> None:
    assert m.trim_non_repeat_barlines("| | |: q0 | q1 :| |") == "|: q0 | q1 :|"
    assert m.trim_non_repeat_barlines("| |") == ""


ANNOTATION = "?  clef.G-2 #3 #0 ) fermata #1 q1 . > * ( :|: x2 q2 tuplet.3 =e3 ~dyn.mf ~l0 ~||"


def test_stages_of_evaluation_remove_more_and_more() -> None:
    trained = "clef.G-2 #3 #0 ) #1 q1 . * ( | q2 =e3 |"
    assert m.iter_raw_transformation(ANNOTATION) == ANNOTATION
    assert m.iter_trained_transformation(ANNOTATION) == trained
    assert m.iter_slurless_transformation(ANNOTATION) == "clef.G-2 #3 #0 #1 q1 . * | q2 =e3 |"
    assert m.iter_ornamentless_transformation(ANNOTATION) == "clef.G-2 #3 #0 #1 q1 * | q2 =e3 |"
    assert m.iter_pitchless_transformation(ANNOTATION) == "clef.G # # # q * | q =e |"


def test_attachments_except_for_accidentals_and_dots_are_unimportant() -> None:
    important = [token for token in ANNOTATION.split() if m.is_important_token(token)]
    assert important == ["clef.G-2", "#3", "#0", "#1", "q1", "*", ":|:", "q2", "=e3", "~l0", "~||"]
    assert m.count_important_tokens(ANNOTATION) == 11
