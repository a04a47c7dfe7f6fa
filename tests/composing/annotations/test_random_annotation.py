"""Random annotations with the distribution of Mashcima 1.0."""

from __future__ import annotations

import numpy as np
import pytest

import smashcima.notations.mashcima as m
from smashcima.composing.annotations import generate_random_annotation


@pytest.fixture(scope="module")
def many() -> list[str]:
    rng = np.random.default_rng(1)
    return [generate_random_annotation(rng) for _ in range(1500)]


def groups(annotation: str) -> list[m.TokenGroup]:
    found, warnings = m.parse_annotation_into_token_groups(annotation)
    assert warnings == []
    return found


def test_they_are_valid_and_have_5_to_15_items(many: list[str]) -> None:
    # Key signatures in a row are read as one.
    counts = [len(groups(annotation)) for annotation in many]
    assert 1 < min(counts) <= 5
    assert max(counts) == 15
    assert 8.5 < np.mean(counts) < 10.5


def test_items_have_the_frequencies_of_mashcima_1(many: list[str]) -> None:
    items = [group for annotation in many for group in groups(annotation)]
    single = [group for group in items if not m.is_beamed_note(group.token)]
    share = {
        "barline": np.mean([group.token == "|" for group in single]),
        "rest": np.mean([m.is_rest(group.token) for group in single]),
        "clef": np.mean([m.is_clef(group.token) for group in single]),
        "time": np.mean([group.token.startswith(("TIME", "time")) for group in single]),
        "note": np.mean([m.is_note(group.token) for group in single]),
    }
    expected = {"barline": 5 / 12, "rest": 1 / 12, "clef": 1 / 12, "time": 1 / 12, "note": 3 / 12}
    assert share == pytest.approx(expected, abs=0.02)


def test_notes_have_the_attachments_of_mashcima_1(many: list[str]) -> None:
    notes = [group for annotation in many for group in groups(annotation) if m.is_note(group.token)]
    share = {
        token: np.mean([token in group.after_attachments for group in notes]) for token in (".", "*", "**")
    }
    assert share == pytest.approx({".": 1 / 6, "*": 5 / 16, "**": 1 / 16}, abs=0.02)
    accidentals = np.mean([any(map(m.is_accidental, group.before_attachments)) for group in notes])
    assert accidentals == pytest.approx(3 / 13, abs=0.03)
    beamed = np.mean([m.is_beamed_note(group.token) for group in notes])
    assert 0.5 < beamed < 0.7
    pitches = {m.get_pitch(group.token) for group in notes}
    assert pitches == set(range(-12, 13))


def test_slurs_are_balanced_and_not_nested(many: list[str]) -> None:
    for annotation in many[:300]:
        brackets = [token for token in annotation.split() if token in "()"]
        assert brackets == ["(", ")"] * (len(brackets) // 2)


def test_they_follow_from_the_generator_alone() -> None:
    first, second = (generate_random_annotation(np.random.default_rng(7)) for _ in range(2))
    assert first == second
