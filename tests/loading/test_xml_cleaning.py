"""XML with flaws that are not music: read without them, and said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smashcima.errors import MalformedSourceError
from smashcima.loading import load_mei_text
from smashcima.loading.xml_cleaning import clean_xml

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'


def told(text: str) -> list[str]:
    return [issue.what for issue in clean_xml(text, "a file")[1]]


def title(musicxml: Callable[..., str], text: str) -> str:
    return musicxml().replace("<part-list>", f"<movement-title>{text}</movement-title><part-list>", 1)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("", []),
        ("\n\n  ", ["blank lines before the XML declaration left out"]),
        ("HTTP/1.1 200 OK\n\n", ["15 characters before the document left out"]),
        ("\ufeff", ["blank lines before the XML declaration left out"]),
    ],
)
def test_what_precedes_the_declaration_is_left_out(
    musicxml: Callable[..., str], before: str, expected: list[str]
) -> None:
    loaded = load_mei_text(data=(before + DECLARATION + musicxml()).encode(), format="musicxml")
    assert loaded.meis[0].count("<note ") == 1
    if before != "\ufeff":  # then it is a byte order mark
        assert [issue.what for issue in loaded.issues] == expected


def test_what_follows_the_document_is_left_out(musicxml: Callable[..., str]) -> None:
    loaded = load_mei_text(data=musicxml() + "\n\x1a\nend of file")
    assert [issue.what for issue in loaded.issues] == [
        "1 control character left out",
        "11 characters after the document left out",
    ]


def test_white_space_around_a_document_is_no_flaw(musicxml: Callable[..., str]) -> None:
    assert told("\n " + musicxml() + "\n\n") == []


@pytest.mark.parametrize(
    ("given", "read", "issue"),
    [
        ("a\x00b", "ab", "1 control character left out"),
        ("a\x0b\x1fb", "ab", "2 control characters left out"),
        ("a&#x1F;b&#0;", "ab", "2 references to control characters left out"),
        ("a&nbsp;b", "a\u00a0b", "read as in HTML: &nbsp;"),
        ("&eacute;t&eacute;", "été", "read as in HTML: &eacute;"),
        ("&LT;", "&lt;", "read as in HTML: &LT;"),
        ("Rock & Roll", "Rock &amp; Roll", "1 ampersand that names nothing, read as text"),
        ("&nonsense; & co", "&amp;nonsense; &amp; co", "2 ampersands that name nothing, read as text"),
    ],
)
def test_texts_are_read_without_what_xml_forbids(given: str, read: str, issue: str) -> None:
    text, issues = clean_xml(f"<mei><title>{given}</title></mei>", "a file")
    assert text == f"<mei><title>{read}</title></mei>"
    assert [found.what for found in issues] == [issue]


@pytest.mark.parametrize("kept", ["&amp;", "&lt;&#233;&#xE9;", "<![CDATA[a & b &nbsp;]]>", "<!-- & -->"])
def test_what_xml_allows_is_kept(kept: str) -> None:
    text = f"<mei><title>{kept}</title></mei>"
    assert clean_xml(text, "a file") == (text, [])


def test_a_title_with_flaws_arrives(musicxml: Callable[..., str]) -> None:
    loaded = load_mei_text(data=title(musicxml, "Trio &nbsp;& Fuge\x02"))
    assert loaded.names == ("Trio & Fuge",)
    assert len(loaded.issues) == 3


def test_missing_end_tags_are_not_guessed(musicxml: Callable[..., str]) -> None:
    with pytest.raises(MalformedSourceError, match="not well-formed"):
        load_mei_text(data=musicxml().replace("</measure>", ""))
    with pytest.raises(MalformedSourceError, match="not well-formed"):
        load_mei_text(data=musicxml().removesuffix("-partwise>"))


def test_binary_data_is_no_xml() -> None:
    with pytest.raises(MalformedSourceError, match="not text: it has 500 control characters"):
        clean_xml("<mei>" + "\x01" * 500 + "</mei>", "a file")
