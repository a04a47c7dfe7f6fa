"""Keys and instruments of scores."""

from __future__ import annotations

import pytest

from smashcima.datasets.layouts.piece_facts import instrumentation, key_name, objection_to_two_hands
from smashcima.loading import load_score
from smashcima.scene.semantic import KeySignature, Score


def score_of(text: str, format: str = ".abc") -> Score:
    return load_score(data=text, format=format).score


@pytest.mark.parametrize(
    ("key", "name"),
    [("G", "G major"), ("Bb", "B-flat major"), ("F#m", "F-sharp minor"), ("Ebm", "E-flat minor")],
)
def test_keys_have_the_names_of_imslp(key: str, name: str):
    assert key_name(score_of(f"X:1\nM:2/4\nL:1/4\nK:{key}\nc d |]\n")) == name


@pytest.mark.parametrize(("last", "name"), [("A", "A minor"), ("C", "C major"), ("F", None)])
def test_without_a_mode_the_last_bass_note_decides(last: str, name: str | None):
    score = score_of(f"**kern\n*k[]\n4c\n4d\n=2\n4{last} 4e\n4{last} 4g\n*-\n", ".krn")
    assert not any(signature.mode for signature in score.descendants(KeySignature))
    assert key_name(score) == name


@pytest.mark.parametrize(
    ("line", "names"), [('*I"Violin I', "violin i"), ('*I"Klavier', "piano"), ("*", None)]
)
def test_instruments_are_named_after_the_parts(line: str, names: str | None):
    assert instrumentation(score_of(f"**kern\n{line}\n4c\n4d\n*-\n", ".krn")) == names


def test_music_for_two_voices_is_not_for_two_hands():
    song = """**kern\t**kern\n*I"Cello\t*I"Violin\n4c\t4e\n4d\t4f\n*-\t*-\n"""
    assert objection_to_two_hands(score_of(song, ".krn")) == "2 parts"
