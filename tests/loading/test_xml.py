"""Parsing of XML sources."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima import load_score
from smashcima.loading import xml
from smashcima.loading.xml import parse_xml

EXAMPLE = Path(__file__).parents[2] / "assets" / "example" / "example.musicxml"


def test_long_musicxml_is_parsed_without_its_indentation(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "<score-partwise>\n  <words> </words>\n  <words>a b</words>\n</score-partwise>"
    assert [element.tail for element in parse_xml(text, "it")] == ["\n  ", "\n"]
    monkeypatch.setattr(xml, "_LONG", 0)
    root = parse_xml(text, "it")
    assert [element.text for element in root] == [" ", "a b"]
    assert [element.tail for element in root] == [None, None]
    assert [element.sourceline for element in root] == [2, 3]


def test_white_space_between_words_of_long_mei_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml, "_LONG", 0)
    root = parse_xml("<mei><dir><rend>a</rend> <rend>b</rend></dir></mei>", "it")
    assert "".join(root.itertext()) == "a b"


def test_long_musicxml_has_the_same_music(monkeypatch: pytest.MonkeyPatch) -> None:
    def music() -> list[tuple[object, ...]]:
        loaded = load_score(EXAMPLE)
        found: list[tuple[object, ...]] = [(event.tag, event.onset) for event in loaded.score.events()]
        return [*found, *((mark.tag, mark.text) for mark in loaded.score.marks()), loaded.issues]

    before = music()
    monkeypatch.setattr(xml, "_LONG", 0)
    assert music() == before
