"""Scores in files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.licences import UNKNOWN
from smashcima.datasets.generation.sources.score_files import (
    ScoreFile,
    StoredScore,
    score_suffixes,
    scores_in,
)
from smashcima.datasets.generation.sources.source import ScoreItem, ScoreSource
from smashcima.loading import read_source


class StoredSource(ScoreSource):
    """Scores that are stored in files of any place. Each score of a file is one of the source."""

    def __init__(self, files: Sequence[ScoreFile]) -> None:
        self._files = tuple(files)
        self._scores: tuple[StoredScore, ...] = ()

    @property
    def has_files(self) -> bool:
        """Whether there is any file."""
        return bool(self._files)

    def prepare(self) -> int | None:
        self._scores = tuple(scores_in(self._files))
        return len(self._scores)

    def name(self, index: int) -> str:
        return self._scores[index].name

    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        stored = self._scores[index]
        return ScoreItem(stored.name, stored.load(), stored.file.licence)

    def fingerprint(self, index: int) -> str | None:
        return self._scores[index].fingerprint()

    @property
    def licences(self) -> tuple[str, ...]:
        return tuple(sorted({file.licence for file in self._files}))


class FilesSource(StoredSource):
    """Scores in a list of files."""

    KEY = "files"
    FIELDS: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        at = where.at(cls.KEY)
        paths = [folder / at.at(i).text(path) for i, path in enumerate(at.list(data[cls.KEY]))]
        for index, path in enumerate(paths):
            if not path.is_file():
                raise at.at(index).error(f"there is no file {path}")
        return FilesSource(_files(paths, folder))


class FolderSource(StoredSource):
    """All scores in a folder and the folders below it, in the order of their names."""

    KEY = "folder"

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        root = folder / where.at(cls.KEY).text(data[cls.KEY])
        if not root.is_dir():
            raise where.at(cls.KEY).error(f"there is no folder {root}")
        suffixes = score_suffixes()
        paths = sorted(
            (path for path in root.rglob("*") if path.suffix.lower() in suffixes and path.is_file()),
            key=lambda path: path.relative_to(root).as_posix(),
        )
        if not paths:
            raise where.at(cls.KEY).error(f"{root} contains no score files ({', '.join(sorted(suffixes))})")
        return FolderSource(_files(paths, root))


def _files(paths: Sequence[Path], root: Path) -> list[ScoreFile]:
    """Files with their names relative to a folder, where they are in it."""
    return [
        ScoreFile(
            path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix(),
            path.suffix.lower(),
            partial(_read, path),
            UNKNOWN,
        )
        for path in paths
    ]


def _read(path: Path) -> bytes:
    return read_source(path).data
