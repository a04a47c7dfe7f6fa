from __future__ import annotations

import codecs
from collections.abc import Callable

import pytest

from smashcima.errors import MalformedSourceError
from smashcima.loading import Source, load_mei_text
from smashcima.loading.text import decode

ACCENTED = "Für die Laute"


def named(encoding: str) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>'


def titled(musicxml: Callable[..., str]) -> str:
    return musicxml().replace("<part-list>", f"<movement-title>{ACCENTED}</movement-title><part-list>", 1)


@pytest.mark.parametrize(
    ("declaration", "encoding"),
    [
        ("", "utf-8"),
        ("", "utf-8-sig"),
        ("", "utf-16"),
        ("", "utf-16-le"),
        ("", "utf-16-be"),
        ("", "utf-32"),
        (named("UTF-8"), "utf-8"),
        (named("UTF-16"), "utf-16"),
        (named("UTF-16"), "utf-16-le"),
        (named("ISO-8859-1"), "latin-1"),
        (named("windows-1252"), "cp1252"),
    ],
)
def test_xml_is_read_in_the_encoding_it_has(
    musicxml: Callable[..., str], declaration: str, encoding: str
) -> None:
    loaded = load_mei_text(data=(declaration + titled(musicxml)).encode(encoding), format="musicxml")
    assert loaded.names == (ACCENTED,)
    assert ACCENTED in loaded.meis[0]
    assert loaded.issues == ()


def test_a_big_endian_mark_is_understood(musicxml: Callable[..., str]) -> None:
    data = codecs.BOM_UTF16_BE + titled(musicxml).encode("utf-16-be")
    assert load_mei_text(data=data).names == (ACCENTED,)


def test_text_given_as_str_may_declare_any_encoding(musicxml: Callable[..., str]) -> None:
    assert load_mei_text(data=named("UTF-16") + titled(musicxml)).names == (ACCENTED,)


def test_undeclared_old_encodings_are_read_and_said(musicxml: Callable[..., str]) -> None:
    loaded = load_mei_text(data=titled(musicxml).encode("latin-1"))
    assert loaded.names == (ACCENTED,)
    assert [issue.element for issue in loaded.issues] == ["encoding"]


def test_bytes_that_are_not_what_they_declare_are_refused(musicxml: Callable[..., str]) -> None:
    with pytest.raises(MalformedSourceError, match="not text in the encoding UTF-8"):
        load_mei_text(data=(named("UTF-8") + titled(musicxml)).encode("latin-1"))


@pytest.mark.parametrize("encoding", ["klingon", "hex", "rot13", "zlib"])
def test_an_unknown_encoding_is_named(encoding: str) -> None:
    with pytest.raises(MalformedSourceError, match=f"declares the unknown encoding '{encoding}'"):
        load_mei_text(data=(named(encoding) + "<score-partwise/>").encode(), format="xml")


def test_line_ends_of_all_systems_are_the_same() -> None:
    text, issues = decode(Source("a", b"a\r\nb\rc\nd"))
    assert (text, issues) == ("a\nb\nc\nd", [])


def test_a_nul_character_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match="NUL character at position 1"):
        decode(Source("a", b"a\0b", is_text=True))


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match="lone surrogate at character 3"):
        load_mei_text(data="abc\ud800", format="abc")
