from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from smashcima.errors import MalformedSourceError, UnsafeSourceError
from smashcima.loading import load_mei_text

CONTAINER = (
    '<?xml version="1.0"?><container><rootfiles><rootfile full-path="{}" '
    'media-type="application/vnd.recordare.musicxml+xml"/></rootfiles></container>'
)


def archive(members: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return buffer.getvalue()


def test_the_container_names_the_score(musicxml: Callable[..., str]) -> None:
    other = musicxml("<note><rest/><duration>4</duration></note>")
    data = archive(
        {"META-INF/container.xml": CONTAINER.format("b/score.xml"), "a.xml": other, "b/score.xml": musicxml()}
    )
    loaded = load_mei_text(data=data)
    assert "<note " in loaded.meis[0]
    assert loaded.issues == ()


def test_without_container_the_first_score_at_the_root_is_read_and_said(musicxml: Callable[..., str]) -> None:
    data = archive({"deep/a.musicxml": "<html/>", "readme.txt": "x", "score.xml": musicxml()})
    loaded = load_mei_text(data=data, format=".mxl")
    assert "<note " in loaded.meis[0]
    assert [(issue.element, issue.what) for issue in loaded.issues] == [
        ("META-INF/container.xml", "missing; read the first score of the archive")
    ]


def test_an_archive_is_told_by_its_content_whatever_its_suffix(
    tmp_path: Path, musicxml: Callable[..., str]
) -> None:
    path = tmp_path / "score.xml"
    path.write_bytes(archive({"score.xml": musicxml()}))
    assert "<note " in load_mei_text(path).meis[0]


@pytest.mark.parametrize(
    "name", ["../evil.xml", "/etc/evil.xml", "a/../../evil.xml", "..\\evil.xml", "C:\\evil.xml", "C:evil.xml"]
)
def test_names_that_point_outside_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, musicxml: Callable[..., str], name: str
) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    monkeypatch.chdir(inner)
    with pytest.raises(UnsafeSourceError, match="points outside"):
        load_mei_text(data=archive({name: musicxml()}))
    assert [path.name for path in tmp_path.rglob("*")] == ["inner"]


def test_a_container_that_points_outside_is_refused(musicxml: Callable[..., str]) -> None:
    data = archive({"META-INF/container.xml": CONTAINER.format("../../etc/passwd"), "score.xml": musicxml()})
    with pytest.raises(UnsafeSourceError, match="names a score outside the archive: '../../etc/passwd'"):
        load_mei_text(data=data)


def test_a_container_with_entities_is_refused(musicxml: Callable[..., str]) -> None:
    container = '<!DOCTYPE c [<!ENTITY e "score.xml">]><container>&e;</container>'
    with pytest.raises(UnsafeSourceError, match="declares XML entities"):
        load_mei_text(data=archive({"META-INF/container.xml": container, "score.xml": musicxml()}))


def test_a_zip_bomb_is_refused_by_its_total_size() -> None:
    members: dict[str, str | bytes] = {f"{n}.xml": bytes(40 << 20) for n in range(4)}
    with pytest.raises(UnsafeSourceError, match="unpacks to 160 MiB, more than the limit of 128 MiB"):
        load_mei_text(data=archive(members))


def test_a_zip_bomb_below_the_size_limit_is_refused_by_its_ratio() -> None:
    with pytest.raises(UnsafeSourceError, match=r"unpacks to 60 MiB from \d+ bytes; .* of a zip bomb"):
        load_mei_text(data=archive({"score.xml": b" " * (60 << 20)}))


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(archive({"score.xml": b" " * (60 << 20)}))
    true_size = struct.pack("<I", 60 << 20)
    assert data.count(true_size) == 2
    lying = bytes(data).replace(true_size, struct.pack("<I", 1000))
    with pytest.raises((UnsafeSourceError, MalformedSourceError)):
        load_mei_text(data=lying)


def test_an_archive_in_an_archive_is_refused(musicxml: Callable[..., str]) -> None:
    inner = archive({"score.xml": musicxml()})
    with pytest.raises(UnsafeSourceError, match="contains a nested archive"):
        load_mei_text(data=archive({"score.xml": inner}))


def test_an_archive_of_very_many_members_is_refused() -> None:
    members: dict[str, str | bytes] = {f"{n}.xml": b"" for n in range(10_001)}
    with pytest.raises(UnsafeSourceError, match="10001 members"):
        load_mei_text(data=archive(members, zipfile.ZIP_STORED))


@pytest.mark.parametrize("keep", [5, 30, 100, -1, -30])
def test_a_truncated_archive_is_refused(musicxml: Callable[..., str], keep: int) -> None:
    data = archive({"META-INF/container.xml": CONTAINER.format("score.xml"), "score.xml": musicxml()})
    with pytest.raises(MalformedSourceError, match="truncated"):
        load_mei_text(data=data[:keep], format="mxl")


def test_every_single_broken_byte_gives_a_score_or_a_source_error(musicxml: Callable[..., str]) -> None:
    data = archive({"META-INF/container.xml": CONTAINER.format("score.xml"), "score.xml": musicxml()})
    refused = 0
    for position in range(0, len(data), 23):
        broken = bytearray(data)
        broken[position] ^= 0xFF
        try:
            load_mei_text(data=bytes(broken), format="mxl")
        except (MalformedSourceError, UnsafeSourceError):
            refused += 1
    assert refused > 10


def test_an_archive_without_a_score_says_what_is_in_it() -> None:
    with pytest.raises(MalformedSourceError, match=r"contains no score, only readme\.txt"):
        load_mei_text(data=archive({"readme.txt": "hello"}))


def test_an_encrypted_member_is_refused(musicxml: Callable[..., str]) -> None:
    data = bytearray(archive({"score.xml": musicxml()}))
    data[6] |= 1  # the flag of encryption, in the local header
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1  # and in the directory
    with pytest.raises(MalformedSourceError, match="encrypted"):
        load_mei_text(data=bytes(data))
