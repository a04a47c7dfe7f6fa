"""Plain folders: one file per image and label, in a folder per split."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.layout import Layout, ShardWriter, grouped

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

    def read(self, root: Path) -> Iterator[Record]:
        found: list[tuple[int, Record]] = []
        for split in sorted(
            path for path in root.iterdir() if path.is_dir() and not path.name.startswith(".")
        ):
            names = sorted(path.name for path in split.iterdir() if path.is_file())
            for key, files in grouped((name, (split / name).read_bytes()) for name in names):
                metadata = json.loads(files.pop(METADATA))
                found.append(
                    (metadata["sample"], Record(key, metadata["sample"], split.name, files, metadata))
                )
        found.sort(key=lambda pair: (pair[0], pair[1].key))
        yield from (record for _, record in found)


class _FolderWriter(ShardWriter):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, record: Record) -> None:
        split = self._folder / record.split
        split.mkdir(exist_ok=True)
        for suffix, content in with_metadata(record).items():
            (split / f"{record.key}.{suffix}").write_bytes(content)


def with_metadata(record: Record) -> dict[str, bytes]:
    """The files of a record with its metadata as JSON."""
    text = json.dumps(dict(record.metadata), ensure_ascii=False, sort_keys=True)
    return {**record.files, METADATA: text.encode()}
