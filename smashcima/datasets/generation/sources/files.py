"""Scores in files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.sources.source import ScoreItem, ScoreSource
from smashcima.loading import known_formats, load_score


class FilesSource(ScoreSource):
    """Scores in a list of files."""

    KEY = "files"
    FIELDS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, paths: Sequence[Path], root: Path, licence: str = "unknown") -> None:
        """`root` is the folder to which the ids of scores are relative."""
        self._paths = list(paths)
        self._root = root
        self._licence = licence

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        at = where.at(cls.KEY)
        paths = [folder / at.at(i).text(path) for i, path in enumerate(at.list(data[cls.KEY]))]
        for index, path in enumerate(paths):
            if not path.is_file():
                raise at.at(index).error(f"there is no file {path}")
        return FilesSource(paths, folder, str(data.get("licence", "unknown")))

    def prepare(self) -> int | None:
        return len(self._paths)

    def name(self, index: int) -> str:
        path = self._paths[index]
        return path.relative_to(self._root).as_posix() if path.is_relative_to(self._root) else path.as_posix()

    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        return ScoreItem(self.name(index), load_score(self._paths[index]), self._licence)


class FolderSource(FilesSource):
    """All scores in a folder and the folders below it, in the order of their names."""

    KEY = "folder"

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        root = folder / where.at(cls.KEY).text(data[cls.KEY])
        if not root.is_dir():
            raise where.at(cls.KEY).error(f"there is no folder {root}")
        suffixes = {suffix for each in known_formats() for suffix in each.suffixes}
        paths = sorted(
            (path for path in root.rglob("*") if path.suffix.lower() in suffixes and path.is_file()),
            key=lambda path: path.relative_to(root).as_posix(),
        )
        if not paths:
            raise where.at(cls.KEY).error(f"{root} contains no score files ({', '.join(sorted(suffixes))})")
        return FolderSource(paths, root, str(data.get("licence", "unknown")))
