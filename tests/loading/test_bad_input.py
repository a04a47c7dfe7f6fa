"""What a user, or an attacker, may give: always a `SourceError` that says what is wrong, and soon."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from smashcima.errors import (
    ImportFailedError,
    MalformedSourceError,
    SourceNotFoundError,
    UnsafeSourceError,
    UnsupportedFormatError,
)
from smashcima.loading import load_mei_text

NOTE = "<note><rest/><duration>1</duration></note>"

MOST_CALLS = 100_000
"""A refusal needs a few thousand calls of functions; work on what the source would be unpacked to needs millions."""


@pytest.fixture(autouse=True)
def refused_quickly() -> Iterator[None]:
    calls = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(before)
    assert calls < MOST_CALLS


def attributes(beats: str = "4", beat_type: str = "4", divisions: str = "1") -> str:
    return (
        f"<attributes><divisions>{divisions}</divisions>"
        f"<time><beats>{beats}</beats><beat-type>{beat_type}</beat-type></time></attributes>"
    )


@pytest.mark.parametrize("beats", ["-4", "", "four", "99999999999999999999"])
def test_a_time_signature_with_impossible_beats_is_refused(musicxml: Callable[..., str], beats: str) -> None:
    text = musicxml(NOTE, attributes=attributes(beats=beats))
    with pytest.raises(MalformedSourceError, match=r"P1, measure 1: <beats> of"):
        load_mei_text(data=text)


@pytest.mark.parametrize("beat_type", ["-4", "", "quarter"])
def test_a_time_signature_with_an_impossible_unit_is_refused(
    musicxml: Callable[..., str], beat_type: str
) -> None:
    text = musicxml(NOTE, attributes=attributes(beat_type=beat_type))
    with pytest.raises(MalformedSourceError, match=r"P1, measure 1: <beat-type> of"):
        load_mei_text(data=text)


@pytest.mark.parametrize("divisions", ["0", "-1", "0.5"])
def test_divisions_that_give_a_quarter_no_length_are_refused(
    musicxml: Callable[..., str], divisions: str
) -> None:
    text = musicxml(NOTE, attributes=attributes(divisions=divisions))
    with pytest.raises(MalformedSourceError, match=rf"P1, measure 1: <divisions> of {divisions}"):
        load_mei_text(data=text)


def test_a_negative_duration_is_refused_with_its_place(musicxml: Callable[..., str]) -> None:
    text = musicxml(NOTE, "<note><rest/><duration>-1</duration></note>")
    with pytest.raises(MalformedSourceError, match="P1, measure 2: <duration> of -1"):
        load_mei_text(data=text)


def test_a_score_without_parts_is_refused() -> None:
    with pytest.raises(MalformedSourceError, match="has no <part>"):
        load_mei_text(data="<score-partwise><part-list/></score-partwise>")


def test_a_score_without_measures_is_refused(musicxml: Callable[..., str]) -> None:
    head, _, _ = musicxml(NOTE).partition("<measure")
    with pytest.raises(MalformedSourceError, match="has no <measure>"):
        load_mei_text(data=head + "</part></score-partwise>")


def test_a_million_notes_in_a_measure_are_refused(musicxml: Callable[..., str]) -> None:
    text = musicxml(NOTE * 1_000_000)
    with pytest.raises(UnsafeSourceError, match="measure 1 .* has 1000000 notes; at most 10000"):
        load_mei_text(data=text)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(
        SourceNotFoundError, match=r"nothing\.musicxml' cannot be opened: there is no such file"
    ):
        load_mei_text(tmp_path / "nothing.musicxml")


def test_a_missing_file_is_also_the_usual_error_of_python(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load_mei_text(tmp_path / "nothing.musicxml")


def test_a_directory_is_not_a_score(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="is a directory"):
        load_mei_text(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_named_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.musicxml")
    with pytest.raises(SourceNotFoundError, match="not a regular file"):
        load_mei_text(tmp_path / "pipe.musicxml")


def test_a_path_with_a_nul_character_is_refused() -> None:
    with pytest.raises(SourceNotFoundError):
        load_mei_text("score\0.musicxml")


def test_music_given_as_a_path_is_explained() -> None:
    with pytest.raises(SourceNotFoundError, match="Give music as `data=`"):
        load_mei_text("<score-partwise>\n</score-partwise>")


def test_the_traceback_of_music_given_as_a_path_does_not_print_the_music() -> None:
    with pytest.raises(SourceNotFoundError) as raised:
        load_mei_text("<score-partwise>" + 1000 * "<part/>")
    assert len("".join(traceback.format_exception(raised.value))) < 5000


@pytest.mark.parametrize("suffix", [".musicxml", ".xml", ".mxl", ".mei", ".krn", ".abc", ".pae", ".mid"])
def test_an_empty_file_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(b"")
    with pytest.raises(MalformedSourceError, match=r"empty\.\w+ is empty"):
        load_mei_text(path)


@pytest.mark.parametrize("suffix", [".musicxml", ".mei", ".krn", ".abc", ".pae"])
def test_a_file_of_blanks_is_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"blank{suffix}"
    path.write_bytes(b" \n\t\n")
    with pytest.raises((MalformedSourceError, ImportFailedError), match="blank"):
        load_mei_text(path)


def test_broken_xml_is_refused_with_line_and_column() -> None:
    with pytest.raises(MalformedSourceError, match=r"not well-formed XML: .*line 2, column"):
        load_mei_text(data="<score-partwise>\n<part-list></score-partwise>", format="musicxml")


def test_truncated_xml_is_refused(musicxml: Callable[..., str]) -> None:
    with pytest.raises(MalformedSourceError, match="not well-formed XML"):
        load_mei_text(data=musicxml(NOTE)[:-40])


def test_a_wrong_root_is_named_with_what_was_expected() -> None:
    with pytest.raises(MalformedSourceError, match=r"is <html>; expected <score-partwise> .* or <mei>"):
        load_mei_text(data="<html><body/></html>", format="musicxml")


def test_an_opus_of_links_is_a_wrong_root() -> None:
    with pytest.raises(MalformedSourceError, match="is <opus>"):
        load_mei_text(data="<opus><score/></opus>")


def test_deeply_nested_xml_is_refused() -> None:
    text = "<score-partwise>" + "<a>" * 100_000 + "</a>" * 100_000 + "</score-partwise>"
    with pytest.raises(MalformedSourceError, match="not well-formed XML"):
        load_mei_text(data=text)


def billion_laughs() -> str:
    entities = '<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f"<!DOCTYPE score-partwise [{entities}]><score-partwise><work>&l9;</work></score-partwise>"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_billion_laughs_are_refused_in_any_encoding(encoding: str) -> None:
    with pytest.raises(UnsafeSourceError, match="declares XML entities"):
        load_mei_text(data=billion_laughs().encode(encoding), format="musicxml")


def test_external_entities_are_refused_and_their_file_is_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    text = (
        f'<!DOCTYPE score-partwise [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<score-partwise><work><work-title>&x;</work-title></work></score-partwise>"
    )
    with pytest.raises(UnsafeSourceError) as caught:
        load_mei_text(data=text)
    assert "the secret" not in str(caught.value)


def test_external_parameter_entities_are_refused() -> None:
    text = '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x"> %x;]><score-partwise/>'
    with pytest.raises(UnsafeSourceError, match="declares XML entities"):
        load_mei_text(data=text)


def test_entities_behind_comments_and_quotes_are_found() -> None:
    text = '<?xml version="1.0"?><!-- > --><!DOCTYPE a SYSTEM "]>" [<!-- ]> --><!ENTITY e "x">]><a>&e;</a>'
    with pytest.raises(UnsafeSourceError, match="declares XML entities"):
        load_mei_text(data=text, format="xml")


def test_a_text_of_a_gigabyte_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.musicxml"
    with path.open("wb") as stream:
        stream.truncate(1 << 30)  # sparse: it takes no room on the disk
    with pytest.raises(
        UnsafeSourceError, match=r"huge\.musicxml has 1024 MiB, more than the limit of 128 MiB"
    ):
        load_mei_text(path)


def test_the_size_limit_can_be_set(monkeypatch: pytest.MonkeyPatch, musicxml: Callable[..., str]) -> None:
    text = musicxml(NOTE) + " " * 2_000_000
    assert load_mei_text(data=text).meis
    monkeypatch.setenv("SMASHCIMA_MAX_SOURCE_MB", "1")
    with pytest.raises(UnsafeSourceError, match="SMASHCIMA_MAX_SOURCE_MB"):
        load_mei_text(data=text)


def test_an_unknown_format_name_lists_the_known_ones() -> None:
    with pytest.raises(
        UnsupportedFormatError, match=r"format 'docx'. Supported formats: .*\.musicxml, .*\.krn"
    ):
        load_mei_text(data="x", format="docx")


def test_an_unknown_suffix_with_unknown_content_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.docx"
    path.write_bytes(b"\x00\x01\x02 what is this")
    with pytest.raises(
        UnsupportedFormatError, match=r"notes\.docx cannot be determined from the suffix '\.docx'"
    ):
        load_mei_text(path)


@pytest.mark.parametrize("name", ["musicxml", "mei", "krn", "abc", "pae", "mid", "mxl"])
def test_random_bytes_are_refused_in_every_format(name: str) -> None:
    noise = bytes((n * 167 + 13) % 256 for n in range(2000))
    with pytest.raises((MalformedSourceError, ImportFailedError)):
        load_mei_text(data=noise, format=name)


@pytest.mark.parametrize("name", ["krn", "abc", "pae"])
def test_prose_is_refused_in_formats_of_plain_text(name: str) -> None:
    with pytest.raises((MalformedSourceError, ImportFailedError)):
        load_mei_text(data="Dear Sir or Madam,\n\nplease find no music herein.\n", format=name)


def test_neither_source_nor_data_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError, match="either `source`"):
        load_mei_text()


def test_nothing_is_written_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, musicxml: Callable[..., str]
) -> None:
    monkeypatch.chdir(tmp_path)
    load_mei_text(data=musicxml(NOTE))
    with pytest.raises(UnsafeSourceError):
        load_mei_text(data=billion_laughs())
    assert list(tmp_path.iterdir()) == []
