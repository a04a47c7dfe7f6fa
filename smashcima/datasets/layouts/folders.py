"""Plain folders: one file per image and label, in a folder per split."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.image_spec import FORMATS
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.layout import Layout, ShardWriter, grouped, in_order
from smashcima.files import write_file

METADATA = "json"
"""Suffix of the files with metadata."""


class FoldersLayout(Layout):
    """`train/000000.jpg`, `train/000000.coco.json`, `train/000000.json` with metadata, and so on."""

    NAME = "folders"

    @classmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> FoldersLayout:
        return cls()

    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        return _FolderWriter(folder)

    @classmethod
    def find(cls, root: Path) -> FoldersLayout | None:
        folders = split_folders(root)
        return cls() if folders and all(map(_has_record, folders)) else None

    def read(self, root: Path) -> Iterator[Record]:
        yield from in_order(read_folder(path) for path in split_folders(root))


def split_folders(root: Path) -> list[Path]:
    """The folders of splits in a folder."""
    return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))


def _has_record(folder: Path) -> bool:
    """Whether a folder has metadata with an image of the same name."""
    paths = folder.glob(f"*.{METADATA}")
    return any(path.with_suffix(f".{suffix}").exists() for path in paths for suffix in FORMATS)


def read_folder(folder: Path) -> Iterator[Record]:
    """Reads the records of a split from a folder named after it."""
    names = sorted(path.name for path in folder.iterdir() if path.is_file())
    for key, files in grouped((name, (folder / name).read_bytes()) for name in names):
        metadata = json.loads(files.pop(METADATA))
        yield Record(key, metadata["sample"], folder.name, files, metadata)


class _FolderWriter(ShardWriter):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, record: Record) -> None:
        write_record(record, self._folder)


def write_record(record: Record, folder: Path) -> None:
    """Writes the files of a record and its metadata to the folder of its split in a folder."""
    split = folder / record.split
    split.mkdir(exist_ok=True, parents=True)
    for suffix, content in with_metadata(record).items():
        write_file(split / f"{record.key}.{suffix}", content)


def with_metadata(record: Record) -> dict[str, bytes]:
    """The files of a record with its metadata as JSON."""
    text = json.dumps(dict(record.metadata), ensure_ascii=False, sort_keys=True)
    return {**record.files, METADATA: text.encode()}
