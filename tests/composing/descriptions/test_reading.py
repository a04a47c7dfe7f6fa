"""Descriptions are understood as people marked them; what has no effect is named."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from smashcima.composing.descriptions import Description, caption_of, parse_description
from tests.composing.descriptions.cases import ALL, Case


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
