"""Descriptions are understood as people marked them; what has no effect is named."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from smashcima.composing import (
    ELEMENTS,
    ENSEMBLES,
    FORMS,
    GENRES,
    INSTRUMENTS,
    LANGUAGES,
    STYLES,
    TEXTURES,
    GrammarComposer,
)
from smashcima.composing.descriptions import Description, caption_of, parse_description
from smashcima.composing.descriptions.metadata import conditions_of
from smashcima.composing.descriptions.words import drawing, textures
from smashcima.errors import SettingsError
from tests.composing.descriptions import more_cases
from tests.composing.descriptions.cases import ALL as FIRST_CASES
from tests.composing.descriptions.cases import Case

ALL = [*FIRST_CASES, *more_cases.MORE]


def said(found: Description) -> dict[str, Any]:
    values = {
        each.name: getattr(found.conditions, each.name) for each in dataclasses.fields(found.conditions)
    }
    values.update(
        {each.name: getattr(found.drawing, each.name) for each in dataclasses.fields(found.drawing)}
    )
    return {name: value for name, value in values.items() if value not in (None, {})}


def is_title_implied(found: Description) -> bool:
    titles = [each for each in found.mentions if each.field == "title"]
    return all(each.is_implied for each in titles)


@pytest.mark.parametrize("case", ALL, ids=[each.text[:60] for each in ALL])
def test_a_description_is_understood_as_marked(case: Case):
    found = parse_description(case.text)
    values = said(found)
    if "title" not in case.values and is_title_implied(found):
        values.pop("title", None)
    assert values == case.values
    assert tuple(each.text for each in found.ignored) == case.ignored
    assert len(found.contradictions) == case.contradictions


@pytest.mark.parametrize("case", ALL, ids=[each.text[:60] for each in ALL])
def test_a_caption_says_the_same_as_the_description(case: Case):
    found = parse_description(case.text)
    caption = caption_of(found)
    again = parse_description(caption)
    assert said(again) == said(found)
    assert again.ignored == ()
    assert again.contradictions == () or case.contradictions
    assert caption_of(again) == caption


@pytest.mark.parametrize("case", ALL, ids=[each.text[:60] for each in ALL])
def test_places_are_those_of_the_text(case: Case):
    found = parse_description(case.text)
    for each in (*found.mentions, *found.ignored):
        assert case.text[each.start : each.end] == each.text
        assert each.text.strip()


@pytest.mark.parametrize("case", ALL[::7], ids=[each.text[:60] for each in ALL[::7]])
def test_compositions_do_what_the_description_asks_for(case: Case):
    made = GrammarComposer().composition(parse_description(case.text).conditions, 1)
    assert made.issues == ()
    told = conditions_of(made.score, made.conditions)
    again = parse_description(caption_of(told))
    assert again.conditions == told
    other = GrammarComposer().composition(told, 2)
    assert conditions_of(other.score, other.conditions) == told


def test_understanding_does_not_depend_on_the_process():
    code = (
        "from smashcima.composing.descriptions import parse_description, caption_of\n"
        "for text in ('mneuet for violn, clarinett, with three sharps', 'in minor, a waltz or polka, no slurs'):\n"
        "    found = parse_description(text)\n"
        "    print(found.report(), caption_of(found))"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_numbers_by_words_are_numbers():
    texts = {
        "thirty-two bars": 32, "thirty two bars": 32, "fünfundzwanzig Takte": 25, "vingt et une mesures": 21, "trente-six mesures": 36,
        "ventotto battute": 28, "cuarenta y cinco compases": 45, "dozen measures": 12,
    }  # fmt: skip
    assert {text: parse_description(text).conditions.measures for text in texts} == texts
    backwards = parse_description("thirty to two bars")
    assert backwards.conditions.measures is None
    assert backwards.ignored[0].reason == "measures are 1 to 2000, in this order"


def test_wrong_input_is_named():
    with pytest.raises(SettingsError, match="at most 5000 characters, not 5001"):
        parse_description("x" * 5001)
    with pytest.raises(SettingsError, match="A description is a text, not 3"):
        parse_description(3)  # type: ignore[arg-type]


def test_a_record_is_data():
    found = parse_description("a walz in 4/4, sepia")
    assert found.to_data() == {
        "text": "a walz in 4/4, sepia",
        "understood": [
            {"field": "genre", "value": "waltz", "from": "walz", "span": [2, 6], "implied": False},
            {"field": "metre", "value": "4/4", "from": "4/4", "span": [10, 13], "implied": False},
        ],
        "ignored": [{"from": "sepia", "span": [15, 20], "reason": "not understood"}],
        "contradictions": [
            {"between": ["walz", "4/4"], "resolution": "'walz' is usually in 3/4; it is written in 4/4"}
        ],
    }
    assert found.report().splitlines()[0] == "understood  genre: waltz from 'walz' (read as 'waltz')"


@pytest.mark.parametrize(
    ("field", "names"),
    [
        ("genre", GENRES),
        ("form", FORMS),
        ("style", STYLES),
        ("ensemble", INSTRUMENTS),
        ("ensemble", ENSEMBLES),
    ],
    ids=["genre", "form", "style", "instrument", "ensemble"],
)
def test_all_names_of_conditions_are_understood(field: str, names: Mapping[str, object] | tuple[str, ...]):
    for name in names:
        text = name if field != "form" else {"rondo": "rondo form", "period": "period form"}.get(name, name)
        assert said(parse_description(text)).get(field) == name


def test_all_textures_elements_and_languages_have_words():
    assert set(textures.TEXTURE_WORDS) == set(TEXTURES)
    assert set(textures.ELEMENT_WORDS) == set(textures.USUAL_SHARES) == set(ELEMENTS)
    assert set(drawing.LANGUAGE_WORDS) == set(LANGUAGES)
