"""Files of scores in folders, archives and corpora, and the scores in each of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from smashcima.caching import BoundedCache
from smashcima.datasets.generation.sources.imported_scores import ImportedScores
from smashcima.errors import SmashcimaError, SourceError, UnsupportedFormatError
from smashcima.loading import (
    Loaded,
    LoadedScores,
    Source,
    SourceRecord,
    known_formats,
    load_mei_text,
    load_scores,
)
from smashcima.loading.text import decode
from smashcima.notations.abc import split_tunes

_BOOKS = (".abc", ".mashcima")
"""Suffixes of formats whose files are split into scores without an import."""

_DOCUMENTS = (".mei", ".xml")
"""Suffixes of formats in which a file may have several scores, which only an import can tell apart."""

_DIRECT = (".abc", ".mashcima", ".agnostic", ".semantic", ".mro", ".mei")
"""Suffixes of formats whose readers make scores without an import."""

_SCORE = re.compile(rb"<(?:\w+:)?mdiv[\s>]")


_latest_scores: BoundedCache[str, Loaded] = BoundedCache(16)
"""Imported scores by `StoredScore.fingerprint`, so that further samples of a score do not import it again."""


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """A file in any place."""

    name: str
    """Name in the source, with `/` between folders."""

    suffix: str
    """Suffix in lower case, with the dot; it tells the format."""

    read: Callable[[], bytes]
    """Reads the content; raises a `SourceError`."""

    licence: str


@dataclass(frozen=True, slots=True)
class StoredScore:
    """One score of a file."""

    file: ScoreFile

    number: int | None = None
    """Number of the score in its file, from 1; `None` for the only one."""

    @property
    def name(self) -> str:
        """Name of the file, with the number if there are several scores."""
        return self.file.name if self.number is None else f"{self.file.name}#{self.number}"

    def load(self) -> Loaded:
        """Loads the score; the result may be shared, so copy what you change.

        Raises:
            SourceError: the file cannot be read; the message names it.
        """
        try:
            data = self._data()
            loaded = _latest_scores.get(self._digest(data), lambda: self._loaded(data))
        except SourceError as error:
            raise type(error)(f"{self.name}: {error}") from error
        record = loaded.source
        if record is not None:
            named = replace(record, given_as="file", path=self.file.name, number=self.number or record.number)
            return replace(loaded, source=named)
        return loaded

    def fingerprint(self) -> str:
        """SHA-256 of the content and the format."""
        return self._digest(self._data())

    def _digest(self, data: bytes) -> str:
        digest = hashlib.sha256(f"{self.file.suffix} {self._number_in_data or 1}\n".encode())
        digest.update(data)
        return digest.hexdigest()

    @property
    def _number_in_data(self) -> int | None:
        """The number of the score in `_data`."""
        return None if self.file.suffix in _BOOKS else self.number

    def _data(self) -> bytes:
        """The content of the file, or the part of it that is this score."""
        data = self.file.read()
        if self.number is None or self.file.suffix not in _BOOKS:
            return data
        return _parts(self.file.name, self.file.suffix, data)[self.number - 1].encode()

    def _loaded(self, data: bytes) -> Loaded:
        scores = self._scores(data)
        number = self._number_in_data
        if number is None:
            return scores.first()
        each = scores.each()
        if number > len(each):
            raise SourceError(f"it has {len(each)} scores now; it has changed while it was in use.")
        return each[number - 1]

    def _scores(self, data: bytes) -> LoadedScores:
        """All scores in the data, imported now or before."""
        suffix = self.file.suffix
        digest = hashlib.sha256(suffix.encode() + b"\n" + data).hexdigest()
        if suffix not in _DIRECT:
            try:
                imported = ImportedScores().get(digest, lambda: load_mei_text(data=data, format=suffix))
            except UnsupportedFormatError:
                pass  # the format of a plugin, whose reader makes scores
            else:
                return imported.scores(SourceRecord.of("bytes", data, format=imported.format))
        return load_scores(data=data, format=suffix)


def scores_in(files: Iterable[ScoreFile]) -> Iterator[StoredScore]:
    """The scores of files, in order: tunes of ABC, lines of Mashcima annotations, movements of MEI.

    A file that cannot be read counts as one score, whose loading fails.
    """
    for file in files:
        count = _count(file)
        if count == 1:
            yield StoredScore(file)
        else:
            yield from (StoredScore(file, number) for number in range(1, count + 1))


def score_suffixes() -> frozenset[str]:
    """Suffixes of all formats that load as scores."""
    return frozenset(suffix for each in known_formats() for suffix in each.suffixes)


def _count(file: ScoreFile) -> int:
    if file.suffix not in _BOOKS and file.suffix not in _DOCUMENTS:
        return 1
    try:
        data = file.read()
        if file.suffix in _BOOKS:
            return max(len(_parts(file.name, file.suffix, data)), 1)
        if len(_SCORE.findall(data)) < 2:
            return 1
        return len(load_scores(data=data, format=file.suffix).scores)
    except SmashcimaError:
        return 1


@lru_cache(maxsize=4)  # the scores of a book are usually asked for one after the other
def _parts(name: str, suffix: str, data: bytes) -> tuple[str, ...]:
    """The scores of a book, each as a source of its own."""
    text, _ = decode(Source(name, data))
    if suffix == ".abc":
        return tuple(tune.text for tune in split_tunes(text))
    return tuple(line for line in text.split("\n") if line.strip())
