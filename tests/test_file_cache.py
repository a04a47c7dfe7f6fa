"""Processes share a cache directory of limited size."""

from __future__ import annotations

import os
from pathlib import Path

from smashcima.file_cache import FileCache

KEYS = ["aa01", "aa02", "bb03"]


def test_another_process_reads_what_one_has_written(tmp_path: Path):
    FileCache(tmp_path, 1000, ".bin").write("aa01", b"content")
    assert FileCache(tmp_path, 1000, ".bin").read("aa01") == b"content"
    assert FileCache(tmp_path, 1000, ".bin").read("aa02") is None


def test_the_files_that_were_not_used_for_longest_are_removed(tmp_path: Path):
    for key in KEYS:
        FileCache(tmp_path, 1000, ".bin").write(key, b"1234567890")
    for age, path in enumerate(sorted(tmp_path.rglob("*.bin"))):
        os.utime(path, (1000 + age, 1000 + age))
    cache = FileCache(tmp_path, 25, ".bin")
    assert cache.read("aa01") == b"1234567890"  # used now, so that aa02 and bb03 are older
    cache.write("cc04", b"1234567890")
    left = sorted(path.stem for path in tmp_path.rglob("*.bin"))
    assert left == ["aa01", "cc04"]


def test_the_directory_is_looked_through_once_in_a_hundred_files(tmp_path: Path):
    cache = FileCache(tmp_path, 25, ".bin")
    for number in range(101):
        cache.write(f"{number:04}", b"1234567890")
        left = len(list(tmp_path.rglob("*.bin")))
        assert left == (2 if number == 100 else number + 1)


def test_files_of_other_kinds_are_left_alone(tmp_path: Path):
    (tmp_path / "readme.txt").write_text("mine" * 100)
    FileCache(tmp_path, 5, ".bin").write("aa01", b"1234567890")
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["readme.txt"]


def test_a_directory_that_cannot_be_written_is_no_error(tmp_path: Path):
    (tmp_path / "file").write_text("")
    cache = FileCache(tmp_path / "file", 1000, ".bin")
    cache.write("aa01", b"content")
    assert cache.read("aa01") is None
