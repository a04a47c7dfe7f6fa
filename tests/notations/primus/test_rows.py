"""Accidentals and digits in a row."""

from __future__ import annotations

import pytest

from smashcima.notations.primus import (
    AccidentalRow,
    AgnosticAccidental,
    AgnosticDigit,
    numbers_of,
    parse_agnostic,
    split_rest_count,
    times_of,
    traditional_fifths,
)
from smashcima.scene.semantic import Clef, ClefShape

TREBLE = Clef(ClefShape.G, 2)


def row(text: str, follows_clef: bool = False) -> AccidentalRow:
    made = AccidentalRow(follows_clef)
    for number, word in enumerate(text.split(), 1):
        if word == "|":
            made.mark()
            continue
        (token,) = parse_agnostic(f"accidental.{word}")
        assert isinstance(token, AgnosticAccidental)
        made.add(number, token)
    return made


@pytest.mark.parametrize(
    ("text", "position", "key_length"),
    [
        ("sharp-L5", 4, 0),
        ("sharp-L5", 3, 1),
        ("sharp-L5 sharp-S3", 1, 2),  # D major
        ("sharp-L5 sharp-S4", 3, 1),  # G major, and a sharp
        ("sharp-L5 sharp-L5", 4, 1),
        ("natural-L5 natural-S3", 1, 2),  # the end of D major
        ("natural-L5 natural-L5", 4, 1),
        ("sharp-L5 | sharp-S3", 1, 1),  # the note has a mark, and one accidental
        ("sharp-L5 |", 4, 0),
    ],
)
def test_the_last_accidental_may_belong_to_the_note(text: str, position: int, key_length: int):
    found = row(text)
    own = found.accidental_of(position, TREBLE)
    assert len(found.signs) == len(found.numbers) == key_length
    assert (own is not None) == (key_length < len(text.replace("|", "").split()))


def test_a_traditional_key_of_one_sign_directly_after_the_clef_is_a_key():
    assert row("sharp-L5", follows_clef=True).accidental_of(4, TREBLE) is None
    assert row("sharp-L4", follows_clef=True).accidental_of(2, TREBLE) is not None
    assert row("natural-L5", follows_clef=True).accidental_of(4, TREBLE) is not None


def test_keys_are_traditional_under_the_clefs_of_primus_only():
    signs = row("flat-L2 flat-S3").signs
    assert traditional_fifths(signs, Clef(ClefShape.F, 4)) == -2
    assert traditional_fifths(signs, TREBLE) is None
    assert traditional_fifths(signs, Clef(ClefShape.F, 4, staff_position=3)) is None
    assert traditional_fifths(signs, None) is None


def digits(text: str) -> list[AgnosticDigit]:
    tokens = parse_agnostic(" ".join(f"digit.{word}" for word in text.split()))
    return [token for token in tokens if isinstance(token, AgnosticDigit)]


def test_digits_at_one_position_are_one_number():
    numbers = numbers_of(digits("1-L4 2-L4 8-L2 1-S5 0-S5"))
    assert [(number.text, number.position, number.start) for number in numbers] == [
        ("12", 2, 0),
        ("8", -2, 2),
        ("10", 5, 3),
    ]


def test_numbers_form_times_and_the_number_of_a_rest():
    numbers, count = split_rest_count(numbers_of(digits("3-L4 4-L2 2-S5 3-S5")))
    assert count is not None
    assert (count.text, count.is_rest_count) == ("23", True)
    assert [(top.text, below and below.text) for top, below in times_of(numbers)] == [("3", "4")]
    assert split_rest_count(numbers_of(digits("3-L4 4-L2")))[1] is None
    assert split_rest_count([]) == ([], None)
    lone = times_of(numbers_of(digits("3-L3 2-L4")))
    assert [(top.text, below) for top, below in lone] == [("3", None), ("2", None)]


def test_a_number_of_more_than_six_digits_is_not_readable():
    assert [number.is_readable for number in numbers_of(digits("123-L4 456-L4 123-L2 4567-L2"))] == [
        True,
        False,
    ]
