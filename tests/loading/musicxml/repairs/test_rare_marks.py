"""Rare ornaments and marks are drawn as the source has them, or named as lost."""

from __future__ import annotations

import pytest

from smashcima.loading import load_score
from smashcima.scene.semantic import Turn
from tests.loading.musicxml.score_elements import (
    DIVISIONS,
    TREBLE,
    attributes,
    direction,
    key,
    note,
    score,
    time,
)

START = attributes(DIVISIONS, key(0), time(4, 4), TREBLE)


def with_notations(content: str) -> str:
    return score([START + note("C5", 16, more=f"<notations>{content}</notations>")])


@pytest.mark.parametrize(
    ("name", "form", "is_delayed"),
    [
        ("turn", "upper", False),
        ("inverted-turn", "lower", False),
        ("delayed-turn", "upper", True),
        ("delayed-inverted-turn", "lower", True),
    ],
)
def test_turns_are_inverted_and_delayed_as_in_the_source(name: str, form: str, is_delayed: bool) -> None:
    loaded = load_score(data=with_notations(f"<ornaments><{name}/></ornaments>"))
    (turn,) = loaded.score.descendants(Turn)
    assert (turn.form, turn.mei.get("delayed") == "true") == (form, is_delayed)
    assert not loaded.issues


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("<ornaments><shake/></ornaments>", "ornament"),
        ("<ornaments><other-ornament>x</other-ornament></ornaments>", "ornament"),
        ("<technical><thumb-position/></technical>", "technical mark"),
        ('<other-notation type="single">x</other-notation>', "other notation"),
    ],
)
def test_marks_that_are_not_imported_are_named(content: str, kind: str) -> None:
    issues = load_score(data=with_notations(content)).issues
    assert [(issue.where, issue.element) for issue in issues] == [("P1, measure 1", kind)]


def test_dashes_after_words_are_drawn_and_others_are_named() -> None:
    start, stop = '<dashes type="start" number="1"/>', '<dashes type="stop" number="1"/>'
    words = direction("<words>cresc.</words>")
    music = note("C5", 16) + direction(stop)
    assert not load_score(data=score([START + words + direction(start) + music])).issues
    issues = load_score(data=score([START + direction(start) + music])).issues
    assert [(issue.where, issue.element) for issue in issues] == [("P1, measure 1", "dashes")]
