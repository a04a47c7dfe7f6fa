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


@pytest.mark.parametrize(
    ("data", "issue"),
    [
        ((named("UTF-8") + "{}").encode("latin-1"), "declares UTF-8, but is not; read as Windows-1252"),
        ((named("ISO-8859-1") + "{}").encode(), "declares ISO-8859-1, but is not; read as UTF-8"),
        ((named("US-ASCII") + "{}").encode("latin-1"), "declares US-ASCII, but is not; read as Windows-1252"),
        ((named("UTF-16") + "{}").encode(), "declares UTF-16, but is not; read as UTF-8"),
        ((named("klingon") + "{}").encode(), "declares klingon, which is no encoding; read as UTF-8"),
        ((named("hex") + "{}").encode(), "declares hex, which is no encoding; read as UTF-8"),
    ],
)
def test_text_in_another_encoding_than_it_says_is_read_and_said(
    musicxml: Callable[..., str], data: bytes, issue: str
) -> None:
    encoding = "latin-1" if b"ISO" not in data and "1252" in issue else "utf-8"
    loaded = load_mei_text(data=data.replace(b"{}", titled(musicxml).encode(encoding)), format="musicxml")
    assert loaded.names == (ACCENTED,)
    (said,) = loaded.issues
    assert said.element == "encoding"
    assert said.what.startswith(issue)


def test_a_stray_byte_in_utf_8_changes_no_other_character(musicxml: Callable[..., str]) -> None:
    data = (named("UTF-8") + titled(musicxml)).encode().replace(b"Flute", b"Fl\xfbte \xc3\xa9\xc3\xa8")
    loaded = load_mei_text(data=data, format="musicxml")
    assert loaded.names == (ACCENTED,)
    assert "Flûte éè" in loaded.meis[0]
    assert [issue.what for issue in loaded.issues] == ["1 bytes are not UTF-8; read as Windows-1252"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("start", ["", "\n\n", named("UTF-16"), "\n" + named("UTF-8")])
def test_wide_text_needs_no_byte_order_mark(musicxml: Callable[..., str], encoding: str, start: str) -> None:
    loaded = load_mei_text(data=(start + titled(musicxml)).encode(encoding), format="musicxml")
    assert loaded.names == (ACCENTED,)


def test_line_ends_of_all_systems_are_the_same() -> None:
    text, issues = decode(Source("a", b"a\r\nb\rc\nd"))
    assert (text, issues) == ("a\nb\nc\nd", [])


def test_a_nul_character_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match="NUL character at position 1"):
        decode(Source("a", b"a\0b", is_text=True))


def test_a_lone_surrogate_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match="lone surrogate at character 3"):
        load_mei_text(data="abc\ud800", format="abc")
