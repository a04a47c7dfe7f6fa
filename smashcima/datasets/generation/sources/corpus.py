"""The corpus that music21 includes: real scores without a download."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from functools import lru_cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.licences import UNKNOWN
from smashcima.datasets.generation.sources.files import StoredSource
from smashcima.datasets.generation.sources.score_files import ScoreFile
from smashcima.datasets.generation.sources.source import ScoreSource
from smashcima.loading import read_source

_SUFFIXES = (".mxl", ".musicxml", ".xml", ".krn", ".abc")
"""Formats in order of preference: some works are there in several."""

_NO_MUSIC = ("demos", "theoryExercises")
"""Folders that are not music by composers; only by name."""

_LICENCES = {
    "beach": "CC BY-SA",
    "ciconia": "CC BY-SA 3.0",
    "corelli": "CC BY",
    "essenFolksong": "non-commercial use only",
    "luca": "CC BY-SA 3.0",
    "palestrina": "rights reserved by a licensing agreement",
    "weber": "public domain",
}
"""Licences by folder, as the files themselves or a licence file beside them state; the others state none. The authors of
music21 say that some encodings may not be used commercially."""


class CorpusSource(StoredSource):
    """Works of the music21 corpus.

    The main argument names a folder (`bach`, `ryansMammoth`), a work (`bach/bwv66.6`), `all`, or a list of these. music21
    is not imported: its files are read as others are.
    """

    KEY = "corpus"

    @classmethod
    def check_data(cls, data: Mapping[str, Any], where: Where) -> None:
        given = data[cls.KEY]
        if not isinstance(given, str):
            for index, each in enumerate(where.at(cls.KEY).list(given)):
                where.at(cls.KEY).at(index).text(each)

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        given = data[cls.KEY]
        at = where.at(cls.KEY)
        works = _works(at)
        found: dict[str, Path] = {}
        for name in [given] if isinstance(given, str) else given:
            found |= _matching(name.strip("/"), works, at)
        files = [
            ScoreFile(
                f"{work}{path.suffix}",
                path.suffix.lower(),
                partial(_read, path),
                _LICENCES.get(work.partition("/")[0], UNKNOWN),
            )
            for work, path in sorted(found.items())
        ]
        return CorpusSource(files)


def _matching(name: str, works: Mapping[str, Path], where: Where) -> dict[str, Path]:
    if name == "all":
        return {work: path for work, path in works.items() if work.partition("/")[0] not in _NO_MUSIC}
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    found = {work: path for work, path in works.items() if work == name or work.startswith(f"{name}/")}
    if not found:
        folders = sorted({work.partition("/")[0] for work in works})
        close = difflib.get_close_matches(name, (*folders, *works), 3)
        hint = f" (did you mean {' or '.join(close)}?)" if close else ""
        raise where.error(f"the corpus has no {name!r}{hint}; its folders are {', '.join(folders)}")
    return found


def _works(where: Where) -> Mapping[str, Path]:
    """The files of the corpus by name without suffix: `bach/bwv66.6`."""
    spec = find_spec("music21")
    places = spec.submodule_search_locations if spec is not None else None
    root = Path(places[0]) / "corpus" if places else None
    works = _works_in(root) if root is not None and root.is_dir() else {}
    if not works:
        raise where.error("music21 is installed without its corpus, or not at all; install music21 from PyPI")
    return works


@lru_cache(maxsize=1)
def _works_in(root: Path) -> Mapping[str, Path]:
    found: dict[str, Path] = {}
    for suffix in reversed(_SUFFIXES):  # the preferred one replaces the others
        for path in root.glob(f"*/**/*{suffix}"):
            found[path.relative_to(root).as_posix().removesuffix(suffix)] = path
    return found


def _read(path: Path) -> bytes:
    return read_source(path).data
