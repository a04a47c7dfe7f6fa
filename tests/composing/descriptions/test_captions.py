"""Captions say all conditions, and are read back as the same conditions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smashcima.composing import (
    ELEMENTS,
    ENSEMBLES,
    FORMS,
    GENRES,
    INSTRUMENTS,
    LANGUAGES,
    STYLES,
    TEXTURES,
    Between,
    Conditions,
    OneOf,
)
from smashcima.composing.descriptions import Drawing, caption_of, parse_description
from smashcima.composing.theory import ALL_KEYS, METRES
from tests.composing.descriptions.cases import ALL


def one_of(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Constants, and choices with and without weights."""
    several = st.lists(values, min_size=2, max_size=4)
    weighted = st.lists(st.tuples(values, st.floats(0.01, 50)), min_size=1, max_size=4)
    return st.one_of(
        values,
        several.map(lambda found: OneOf(tuple(found))),
        weighted.map(
            lambda found: OneOf(tuple(each for each, _ in found), tuple(weight for _, weight in found))
        ),
    )


def between(low: int, high: int) -> st.SearchStrategy[Any]:
    numbers = st.integers(low, high)
    limits = st.tuples(numbers, numbers).map(lambda pair: Between(min(pair), max(pair)))
    return st.one_of(one_of(numbers), limits)


def amounts(most: float) -> st.SearchStrategy[Any]:
    numbers = st.floats(0, most)
    limits = st.tuples(numbers, numbers).map(lambda pair: Between(min(pair), max(pair)))
    return st.one_of(one_of(numbers), limits)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


# Without surrogates, which no text file can hold.
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
NAMES = st.sampled_from(sorted(ENSEMBLES) + sorted(INSTRUMENTS))
PLAYERS = NAMES | st.lists(st.sampled_from(sorted(INSTRUMENTS)), min_size=2, max_size=4).map(tuple)

CONDITIONS = st.builds(
    Conditions,
    key=maybe(one_of(st.sampled_from([each.name for each in ALL_KEYS] + ["e", "Bb", "F# minor"]))),
    metre=maybe(one_of(st.sampled_from((*METRES, "common", "cut")))),
    tempo=maybe(one_of(TEXTS)),
    bpm=maybe(between(20, 300)),
    ensemble=maybe(one_of(PLAYERS)),
    staves=maybe(between(1, 24)),
    measures=maybe(between(1, 2000)),
    pickup=maybe(one_of(st.booleans())),
    texture=maybe(one_of(st.sampled_from(sorted(TEXTURES)))),
    density=maybe(amounts(1)),
    range=maybe(one_of(st.sampled_from((("C4", "A5"), ("G3", "D5"), ("F#2", "Bb3"))))),
    voices=maybe(between(1, 2)),
    style=maybe(one_of(st.sampled_from(sorted(STYLES)))),
    genre=maybe(one_of(st.sampled_from(sorted(GENRES)))),
    form=maybe(one_of(st.sampled_from(FORMS))),
    title=maybe(one_of(TEXTS)),
    composer=maybe(one_of(TEXTS | st.sampled_from(("Bauer, Anna", "J. S. Nobody", "Anna")))),
    lyrics=maybe(one_of(st.sampled_from(("none", *LANGUAGES)))),
    shares=st.dictionaries(st.sampled_from(sorted(ELEMENTS)), amounts(0.25), max_size=3),
)
DRAWINGS = st.builds(
    Drawing,
    script=maybe(st.sampled_from(("handwritten", "printed"))),
    paper=maybe(st.sampled_from(("aged", "any", "laid-18th-century"))),
    degradation=maybe(st.sampled_from(("clean", "old-manuscript"))),
    page=maybe(st.sampled_from(("A4", "A5 landscape", "210x297"))),
    dpi=maybe(st.integers(10, 2400)),
    music_font=maybe(st.sampled_from(("Leland",))),
    staff_height_mm=maybe(st.sampled_from((6, 7.25))),
)


@settings(max_examples=150, deadline=None)
@given(CONDITIONS, DRAWINGS)
def test_a_caption_is_read_back(conditions: Conditions, drawing: Drawing):
    caption = caption_of(conditions, drawing)
    found = parse_description(caption)
    assert found.ignored == ()
    assert found.drawing == drawing
    assert found.conditions == conditions


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([each.text for each in ALL]), max_size=4).map(", ".join) | TEXTS)
def test_any_text_has_a_caption_that_says_the_same(text: str):
    found = parse_description(text)
    for each in (*found.mentions, *found.ignored):
        assert text[each.start : each.end] == each.text
    again = parse_description(caption_of(found))
    assert (again.conditions, again.drawing) == (found.conditions, found.drawing)
    assert again.ignored == ()


@pytest.mark.parametrize(
    ("conditions", "caption"),
    [
        (Conditions(), "a music score"),
        (Conditions(ensemble="violin", key="A major"), "a music score, instrumentation is violin, key is A major"),
        (
            Conditions(composer="Bauer, Anna", ensemble="piano", key="G minor", style="romantic", genre="waltz", measures=Between(8, 16)),
            ("a music score, composer is Bauer, Anna, instrumentation is piano, key is G minor, piece style is romantic, genre is waltz, "
            "number of measures is 8 to 16"),
        ),
        (
            Conditions(metre=OneOf(("3/4", "6/8"), (2, 1)), title='A "small", piece', shares={"slurs": 0.5}),
            'a music score, metre is 3/4 (weight 2) or 6/8 (weight 1), title is "A \\"small\\", piece", share of slurs is 0.5',
        ),
    ],
)  # fmt: skip
def test_captions_follow_the_pattern_of_musicscore(conditions: Conditions, caption: str):
    assert caption_of(conditions) == caption
    assert parse_description(caption).conditions == conditions
