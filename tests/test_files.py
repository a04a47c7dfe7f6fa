"""Files are complete or absent, whatever interrupts the writing."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from smashcima.files import replacing, write_file


def _write_half(path: Path) -> None:
    with replacing(path) as file:
        file.write(b"half of")
        raise KeyboardInterrupt


def test_an_interrupted_file_is_absent(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        _write_half(tmp_path / "new")
    assert list(tmp_path.iterdir()) == []


def test_an_interrupted_replacement_leaves_the_former_file(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(b"former")
    with pytest.raises(KeyboardInterrupt):
        _write_half(path)
    assert [each.name for each in tmp_path.iterdir()] == ["page.png"]
    assert path.read_bytes() == b"former"


def test_readers_of_the_former_file_are_not_disturbed(tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(b"former")
    with path.open("rb") as reader:
        write_file(path, b"new")
        assert reader.read() == b"former"
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_are_those_of_other_files_or_of_the_former_one(tmp_path: Path) -> None:
    new, ordinary, secret = tmp_path / "new", tmp_path / "ordinary", tmp_path / "secret"
    ordinary.touch()
    secret.touch(mode=0o600)
    for path in (new, secret):
        write_file(path, b"text")
    assert new.stat().st_mode == ordinary.stat().st_mode
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_symbolic_link_stays_and_a_hard_link_is_not_written_through(tmp_path: Path) -> None:
    kept, target = tmp_path / "kept", tmp_path / "target"
    target.write_bytes(b"former")
    os.link(target, kept)
    link = tmp_path / "link"
    link.symlink_to(target)
    write_file(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert kept.read_bytes() == b"former"


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="a device of Unix")
def test_a_device_is_written_and_stays_a_device() -> None:
    write_file("/dev/null", b"text")
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_the_longest_name_that_a_file_system_allows_can_be_written(tmp_path: Path) -> None:
    for name in ("n" * 255, "𝄞" * 63):  # a clef takes four bytes
        write_file(tmp_path / name, b"text")
        assert (tmp_path / name).read_bytes() == b"text"


def test_a_missing_folder_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_file(tmp_path / "nowhere" / "file", b"text")
