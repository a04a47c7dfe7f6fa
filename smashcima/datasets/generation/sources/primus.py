"""Incipits of PrIMuS."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar

from smashcima.datasets.generation.fields import Where, shown
from smashcima.datasets.generation.sources.files import StoredSource
from smashcima.datasets.generation.sources.packed_files import PackedFiles, repacked
from smashcima.datasets.generation.sources.score_files import ScoreFile
from smashcima.datasets.generation.sources.source import ScoreSource
from smashcima.datasets.primus import PrimusCorpus, PrimusIncipit
from smashcima.errors import MalformedSourceError, SmashcimaError

_LICENCE = "CC BY 3.0"
_FORMATS = {"mei": ".mei", "semantic": ".semantic", "agnostic": ".agnostic", "pae": ".pae"}


class PrimusSource(StoredSource):
    """Incipits of the PrIMuS corpus.

    The main argument is the path of its archive or of a directory with its content; `true` for the copy that
    `SMASHCIMA_PRIMUS` or `SMASHCIMA_ASSETS_FROM` names. `encoding` is `mei` (the default), `semantic`, `agnostic` or `pae`;
    `take` limits the number of incipits. An archive is read once, and its incipits are kept in the cache directory.
    """

    KEY = "primus"
    FIELDS: ClassVar[tuple[str, ...]] = ("encoding", "take")

    @classmethod
    def check_data(cls, data: Mapping[str, Any], where: Where) -> None:
        if data[cls.KEY] is not True and not isinstance(data[cls.KEY], str):
            raise where.at(cls.KEY).error(f"expected a path, or true, got {shown(data[cls.KEY])}")
        where.at("encoding").text(data.get("encoding", "mei"), _FORMATS)
        if "take" in data:
            where.at("take").integer(data["take"], 1)

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        given, encoding = data[cls.KEY], data.get("encoding", "mei")
        try:
            corpus = PrimusCorpus(None if given is True else folder / given)
            files = _in_folder(corpus, encoding) if corpus.path.is_dir() else _in_archive(corpus, encoding)
            taken = list(islice(files, data.get("take")))
        except SmashcimaError as error:
            raise where.at(cls.KEY).error(str(error)) from error
        if not taken:
            raise where.at(cls.KEY).error(f"{corpus.path} has no incipit with a file of the kind {encoding}")
        return PrimusSource(taken)


def _in_folder(corpus: PrimusCorpus, encoding: str) -> Iterable[ScoreFile]:
    for incipit in corpus.incipits(having=[encoding], kinds=[encoding]):
        yield ScoreFile(incipit.id, _FORMATS[encoding], partial(_read, incipit, encoding), _LICENCE)


def _in_archive(corpus: PrimusCorpus, encoding: str) -> Iterable[ScoreFile]:
    """The incipits of an archive, sorted; they are copied to an archive that need not be read from its beginning."""
    suffix = _FORMATS[encoding]
    packed = PackedFiles(repacked(corpus.path, ["primus", encoding], lambda: _contents(corpus, encoding)))
    for name in sorted(packed.sizes):
        yield ScoreFile(
            PurePosixPath(name).name.removesuffix(suffix), suffix, partial(packed.read, name), _LICENCE
        )


def _contents(corpus: PrimusCorpus, encoding: str) -> Iterable[tuple[str, bytes]]:
    for incipit in corpus.incipits(having=[encoding], kinds=[encoding]):
        yield f"{incipit.id}{_FORMATS[encoding]}", _read(incipit, encoding)


def _read(incipit: PrimusIncipit, encoding: str) -> bytes:
    data = incipit.data(encoding)
    if data is None:
        raise MalformedSourceError(f"{incipit.path} has no {encoding} file any more.")
    return data
