"""Metadata and further labels beside the files that a format demands: `records/train/000000.json` and so on."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.folders import read_folder, split_folders, write_record

FOLDER = "records"


def write_companions(record: Record, folder: Path, without: Collection[str]) -> None:
    """Writes the metadata and files of a record, except those with some suffixes, which are written elsewhere."""
    rest = {suffix: content for suffix, content in record.files.items() if suffix not in without}
    write_record(replace(record, files=rest), folder / FOLDER)


def read_companions(root: Path, split: str) -> Iterator[Record]:
    """Reads what `write_companions` wrote for a split, in the order of samples."""
    return read_folder(root / FOLDER / split)


def splits(root: Path) -> list[str]:
    """The splits that have records."""
    folder = root / FOLDER
    return [path.name for path in split_folders(folder)] if folder.is_dir() else []
