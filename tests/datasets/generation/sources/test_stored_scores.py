"""Sources of scores in files, folders and archives."""

from __future__ import annotations

import io
import multiprocessing
import pickle
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

from smashcima.datasets.generation.sources.packed_files import is_safe_name
from smashcima.errors import PlanError, SourceError

RNG = np.random.default_rng(0)


def names(source) -> list[str]:
    return [source.name(index) for index in range(source.prepare())]


def test_each_tune_of_a_book_is_a_score(make, tune_book: Path):
    source = make(folder="scores")
    assert names(source) == ["book.abc#1", "book.abc#2", "broken.musicxml"]
    second = source.item(1, RNG)
    assert (second.id, second.loaded.score.title) == ("book.abc#2", "Second")
    assert (second.loaded.source.path, second.loaded.source.number) == ("book.abc", 2)
    assert second.loaded.issues == ()


def test_each_line_of_annotations_is_a_score(make, tmp_path: Path):
    (tmp_path / "two.mashcima").write_text("clef.G-2 q0 |\n\nclef.F2 h1 |\n")
    source = make(files=["two.mashcima"])
    assert names(source) == ["two.mashcima#1", "two.mashcima#2"]
    assert next(source.item(1, RNG).loaded.score.notes()).duration.type.value == "half"


def test_each_movement_of_an_mei_file_is_a_score(make, tmp_path: Path):
    movement = (
        '<mdiv><score><scoreDef><staffGrp><staffDef n="1" lines="5" clef.shape="G" clef.line="2"/></staffGrp></scoreDef>'
        '<section><measure n="{n}"><staff n="1"><layer n="1"><note dur="1" pname="c" oct="4"/></layer></staff></measure>'
        "</section></score></mdiv>"
    )
    (tmp_path / "two.mei").write_text(
        '<mei xmlns="http://www.music-encoding.org/ns/mei"><music><body>'
        f"{movement.format(n=1)}{movement.format(n=7)}</body></music></mei>"
    )
    source = make(files=["two.mei"])
    assert names(source) == ["two.mei#1", "two.mei#2"]
    assert source.item(1, RNG).loaded.score.measures[0].n == "7"


def test_the_name_of_a_damaged_file_is_in_its_error(make, tune_book: Path):
    source = make(folder="scores")
    source.prepare()
    with pytest.raises(SourceError, match=r"^broken\.musicxml: "):
        source.item(2, RNG)


def test_equal_content_has_an_equal_fingerprint(make, tune_book: Path):
    (tune_book / "copy.abc").write_bytes((tune_book / "book.abc").read_bytes())
    source = make(folder="scores")
    assert names(source)[2:4] == ["broken.musicxml", "copy.abc#1"]
    assert source.fingerprint(0) == source.fingerprint(3)
    assert source.fingerprint(0) != source.fingerprint(1)


def test_the_licence_of_a_plan_is_that_of_the_music(make, tune_book: Path):
    source = make(folder="scores", licence="CC BY 4.0")
    source.prepare()
    assert source.item(0, RNG).licence == "CC BY 4.0"
    assert source.licences == ("CC BY 4.0",)
    assert source.permits_commercial_use
    assert not make(folder="scores").permits_commercial_use


# -- archives ----------------------------------------------------------------------------------------------


def test_a_zip_archive_is_read_without_being_unpacked(make, tune_book: Path, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "scores.zip", "w") as archive:
        archive.write(tune_book / "book.abc", "songs/book.abc")
        archive.writestr("songs/notes.txt", "not music")
        archive.writestr("__MACOSX/songs/._book.abc", b"\0")
        archive.writestr("../outside.abc", "X:1\nK:C\nC|\n")
    source = make(archive="scores.zip")
    assert names(source) == ["songs/book.abc#1", "songs/book.abc#2"]
    assert source.item(1, RNG).loaded.score.title == "Second"
    assert [(each.name, each.reason) for each in source.rejected] == [
        ("../outside.abc", "its name points outside the archive")
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["scores", "scores.zip"]


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:xz"])
def test_tar_archives_are_read_in_any_order(make, tune_book: Path, tmp_path: Path, mode: str):
    with tarfile.open(tmp_path / "scores.tar", mode) as archive:
        archive.add(tune_book, "all")
        info = tarfile.TarInfo("/etc/evil.abc")
        info.size = 1
        archive.addfile(info, io.BytesIO(b"X"))
    source = make(archive="scores.tar")
    assert names(source) == ["all/book.abc#1", "all/book.abc#2", "all/broken.musicxml"]
    assert source.item(1, RNG).loaded.score.title == "Second"
    assert source.item(0, RNG).loaded.score.title == "First"
    assert [each.name for each in source.rejected] == ["/etc/evil.abc"]


@pytest.mark.parametrize(
    "name", ["../a.abc", "a/../../b.abc", "/etc/a.abc", "C:\\a.abc", "C:a.abc", "\\\\host\\share\\a.abc"]
)
def test_names_that_point_outside(name: str):
    assert not is_safe_name(name)
    assert is_safe_name("songs/..a/b: c.abc")


def test_of_two_members_with_one_name_the_later_one_counts(make, tmp_path: Path):
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for title in ("Old", "New"):
            data = f"X:1\nT:{title}\nK:C\nC|\n".encode()
            info = tarfile.TarInfo("a.abc")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    source = make(archive="a.tar")
    assert names(source) == ["a.abc"]
    assert source.item(0, RNG).loaded.score.title == "New"


def test_an_archive_can_be_read_in_another_process(make, tune_book: Path, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "scores.zip", "w") as archive:
        archive.write(tune_book / "book.abc", "book.abc")
    source = make(archive="scores.zip")
    source.prepare()
    source.fingerprint(0)
    assert pickle.loads(pickle.dumps(source)).fingerprint(0) == source.fingerprint(0)
    context = multiprocessing.get_context("fork")
    with context.Pool(1) as pool:
        assert pool.apply(source.fingerprint, (1,)) == source.fingerprint(1)


@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_members_that_are_too_large_are_left_out(
    make, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SMASHCIMA_MAX_SOURCE_MB", "0.01")
    large, small = b"X:1\nK:C\n" + b"C" * 20_000, b"X:1\nT:Small\nK:C\nC|\n"
    if kind == "zip":
        with zipfile.ZipFile(tmp_path / "a", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("large.abc", large)
            archive.writestr("small.abc", small)
    else:
        with tarfile.open(tmp_path / "a", "w:gz") as tar:
            for name, data in (("large.abc", large), ("small.abc", small)):
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
    source = make(archive="a")
    assert names(source) == ["small.abc"]
    assert [each.name for each in source.rejected] == ["large.abc"]


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 truncated", b"\x1f\x8b truncated"])
def test_a_damaged_archive_is_an_error_of_the_plan(make, tmp_path: Path, content: bytes):
    (tmp_path / "a.zip").write_bytes(content)
    with pytest.raises(PlanError, match=r"sources\[0\]\.archive: .*a\.zip is not a readable"):
        make(archive="a.zip")


def test_an_archive_without_scores_is_an_error_of_the_plan(make, tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(PlanError, match="contains no score files"):
        make(archive="a.zip")
    with pytest.raises(PlanError, match="There is no archive"):
        make(archive="b.zip")
