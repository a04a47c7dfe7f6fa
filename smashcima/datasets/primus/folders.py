"""Incipits in directories."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from smashcima.datasets.primus.incipit import PrimusIncipit
from smashcima.datasets.primus.kinds import names_of
from smashcima.errors import SourceError
from smashcima.loading import read_source


class FolderFiles(Mapping[str, bytes]):
    """Files of a directory by name, read on each access."""

    def __init__(self, directory: Path, names: Sequence[str]) -> None:
        self._directory = directory
        self._names = dict.fromkeys(names)

    def __getitem__(self, name: str) -> bytes:
        if name not in self._names:
            raise KeyError(name)
        return read_source(self._directory / name).data

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def incipits_in_folder(root: Path, kinds: Sequence[str]) -> Iterator[PrimusIncipit]:
    """Incipits in a directory and all directories below it, in alphabetical order.

    Raises:
        SourceError: a directory cannot be read.
    """

    def fail(error: OSError) -> None:
        raise SourceError(f"The corpus {root} cannot be read: {error}.") from error

    root = root.absolute()
    for directory, inner, names in os.walk(root, onerror=fail):
        inner.sort()
        place = Path(directory)
        present = set(names)
        found = [name for kind in kinds for name in names_of(kind, place.name) if name in present]
        if found:
            path = place.name if place == root else place.relative_to(root).as_posix()
            yield PrimusIncipit(place.name, path, FolderFiles(place, found))
