"""Scores in archives."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from smashcima import settings
from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.licences import UNKNOWN
from smashcima.datasets.generation.sources.files import StoredSource
from smashcima.datasets.generation.sources.packed_files import PackedFiles, is_safe_name, open_packed
from smashcima.datasets.generation.sources.score_files import ScoreFile, score_suffixes
from smashcima.datasets.generation.sources.source import RejectedScore, ScoreSource
from smashcima.errors import SourceError


class ArchiveSource(StoredSource):
    """All scores in a zip or tar archive, in the order of their names.

    Nothing is unpacked to the paths in the archive. Members with names that point outside, and members that are too large,
    are in `rejected`.
    """

    KEY = "archive"

    def __init__(self, packed: PackedFiles) -> None:
        suffixes = score_suffixes()
        limit = settings.max_source_bytes()
        files: list[ScoreFile] = []
        rejected: list[RejectedScore] = []
        for name, size in sorted(packed.sizes.items()):
            suffix = PurePosixPath(name).suffix.lower()
            if suffix not in suffixes or "__MACOSX" in PurePosixPath(name).parts:
                continue
            if not is_safe_name(name):
                rejected.append(RejectedScore(name, "its name points outside the archive"))
            elif size > limit:
                rejected.append(RejectedScore(name, f"it has more than the limit of {limit >> 20} MiB"))
            else:
                files.append(ScoreFile(name, suffix, partial(packed.read, name), UNKNOWN))
        super().__init__(files)
        self._rejected = tuple(rejected)

    @classmethod
    def check_data(cls, data: Mapping[str, Any], where: Where) -> None:
        where.at(cls.KEY).text(data[cls.KEY])

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        path = folder / str(data[cls.KEY])
        try:
            source = ArchiveSource(open_packed(path, score_suffixes()))
        except SourceError as error:
            raise where.at(cls.KEY).error(str(error)) from error
        if not source.has_files:
            raise where.at(cls.KEY).error(
                f"{path} contains no score files ({', '.join(sorted(score_suffixes()))})"
            )
        return source

    @property
    def rejected(self) -> tuple[RejectedScore, ...]:
        return self._rejected
