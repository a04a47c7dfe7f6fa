"""The corpus."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from pathlib import Path

from smashcima.datasets.primus.archive import incipits_in_archive
from smashcima.datasets.primus.folders import incipits_in_folder
from smashcima.datasets.primus.incipit import PrimusIncipit
from smashcima.datasets.primus.kinds import FILES, checked_kinds
from smashcima.datasets.primus.location import find_corpus
from smashcima.errors import Issue, MalformedSourceError, SettingsError


class PrimusCorpus:
    """The incipits of PrIMuS, one at a time.

    ```python
    corpus = PrimusCorpus("primusCalvoRizoAppliedSciences2018.tgz")
    for incipit in corpus.incipits(take=5, having=["agnostic"]):
        print(incipit.id, incipit.agnostic)
    ```

    A corpus is an archive as its authors distribute it, a directory with its content, or the directory of a single
    incipit. An archive is read as a stream: nothing is unpacked, and only a few incipits are in memory at a time.
    """

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        """Finds the corpus.

        Without a path, it is that of the environment variable `SMASHCIMA_PRIMUS`, or the archive in a directory of
        `SMASHCIMA_ASSETS_FROM`.

        Raises:
            SourceNotFoundError: there is no corpus; the message says where to get it.
        """
        self.path: Path = find_corpus(path)
        self.issues: list[Issue] = []
        """What the last iteration could not use."""

    def __iter__(self) -> Iterator[PrimusIncipit]:
        return self.incipits()

    def incipits(
        self,
        *,
        take: int | None = None,
        ids: Collection[str] | None = None,
        having: Collection[str] = (),
        kinds: Collection[str] | None = None,
    ) -> Iterator[PrimusIncipit]:
        """Iterates over incipits, in the order of the archive, or alphabetically in a directory.

        Args:
            take: number of incipits after which to stop.
            ids: identifiers of the incipits to return, such as those of a training set.
            having: kinds of files that incipits must have: `agnostic`, `semantic`, `mei`, `pae`, `png`, ...
            kinds: kinds of files to read. By default all; fewer need less memory.

        Raises:
            MalformedSourceError: the archive is damaged or truncated, after the incipits before the damage; or the
                corpus contains no incipit.
            SettingsError: a kind of file is unknown, or `take` is negative.
        """
        if take is not None and take < 0:
            raise SettingsError(f"`take` is {take}; give a number of incipits, or None for all.")
        needed = checked_kinds(having)
        read = tuple(FILES) if kinds is None else tuple(dict.fromkeys([*checked_kinds(kinds), *needed]))
        return self._filtered(take, None if ids is None else set(ids), needed, read)

    def _filtered(
        self, take: int | None, ids: set[str] | None, having: tuple[str, ...], kinds: tuple[str, ...]
    ) -> Iterator[PrimusIncipit]:
        self.issues = []
        if take == 0:
            return
        seen = taken = 0
        for incipit in self._all(kinds):
            seen += 1
            if (ids is not None and incipit.id not in ids) or not set(having).issubset(incipit.kinds):
                continue
            yield incipit
            taken += 1
            if taken == take or (ids is not None and taken == len(ids)):
                return
        if not seen:
            raise MalformedSourceError(
                f"{self.path} has no incipit of PrIMuS with files of the kinds {', '.join(kinds)}. Expected directories such as "
                "000051652-1_2_1 with files such as 000051652-1_2_1.mei."
            )

    def _all(self, kinds: tuple[str, ...]) -> Iterator[PrimusIncipit]:
        if self.path.is_dir():
            return incipits_in_folder(self.path, kinds)
        return incipits_in_archive(self.path, kinds, self.issues.append)
