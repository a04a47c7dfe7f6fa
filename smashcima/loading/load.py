"""The doors of loading: any source → scores and issues."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from smashcima.errors import ImportFailedError, Issue, UnsupportedFormatError
from smashcima.loading.formats import ReadMusic, find_format
from smashcima.loading.source import Source, read_source, source_of_data
from smashcima.scene.graph import garbage_collection_paused

if TYPE_CHECKING:
    from smashcima.engraving import Engraving
    from smashcima.scene.semantic import Score

_NAMES_LISTED = 10


@dataclass(frozen=True, slots=True)
class LoadedScores:
    """All scores of a source."""

    scores: tuple[Score, ...]
    """At least one."""

    names: tuple[str, ...]
    """Number and title of each, as far as the source has them, else empty."""

    issues: tuple[Issue, ...]
    """What was lost, changed or repaired on the way."""

    source_name: str
    """File name, or what stands for it."""

    engravings: tuple[Engraving | None, ...]
    """The layout of each score; `None` where the source does not say where things stand."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """One score of a source."""

    score: Score
    engraving: Engraving | None
    """Its layout, if the source has one: a model then draws it as it is. `None` leaves the layout to the engraver."""

    issues: tuple[Issue, ...]
    """What was lost, changed or repaired on the way; of several scores, which were left aside."""


@dataclass(frozen=True, slots=True)
class LoadedMei:
    """All scores of a source as MEI text, before they become `Score` objects."""

    meis: tuple[str, ...]
    names: tuple[str, ...]
    issues: tuple[Issue, ...]
    source_name: str


def load_scores(source: Any = None, *, data: Any = None, format: str | None = None) -> LoadedScores:
    """Read all scores of a source.

    Args:
        source: path of a file, or a music21 stream.
        data: the music itself, as `str` or bytes, in place of `source`.
        format: suffix or name of the notation (`.krn`, `musicxml`); by default the suffix or the
            content tells.

    Raises:
        SourceNotFoundError: there is no such file.
        UnsupportedFormatError: the notation is not known, or cannot be told.
        MalformedSourceError: the source is broken, empty, or not what it says it is.
        UnsafeSourceError: it is hostile or too large.
        ImportFailedError: the importers gave up on it, took too long, or died.
    """
    scores: list[Score] = []
    with garbage_collection_paused():
        name, read = _read(source, data, format)
        issues = list(read.issues)
        for score in read.scores:
            if isinstance(score, str):
                from smashcima.mei import read_mei

                score, found = read_mei(score.encode())
                issues.extend(found)
            scores.append(score)
    engravings = read.engravings or (None,) * len(scores)
    return LoadedScores(tuple(scores), read.names, tuple(issues), name, engravings)


def load_score(source: Any = None, *, data: Any = None, format: str | None = None) -> Loaded:
    """Read the first score of a source; arguments and errors as for `load_scores`."""
    loaded = load_scores(source, data=data, format=format)
    issues = loaded.issues
    if len(loaded.scores) > 1:
        others = [name or f"number {index}" for index, name in enumerate(loaded.names[1:], 2)]
        listed = ", ".join(others[:_NAMES_LISTED]) + (", …" if len(others) > _NAMES_LISTED else "")
        what = f"the first of {len(loaded.scores)} scores was taken; load_scores gives the others: {listed}"
        issues = (Issue(loaded.source_name, "score", what), *issues)
    return Loaded(loaded.scores[0], loaded.engravings[0], issues)


def load_mei_text(source: Any = None, *, data: Any = None, format: str | None = None) -> LoadedMei:
    """Read all scores of a source as MEI; arguments and errors as for `load_scores`.

    Raises:
        UnsupportedFormatError: also for notations whose reader makes scores without MEI.
    """
    name, read = _read(source, data, format)
    meis = tuple(score for score in read.scores if isinstance(score, str))
    if len(meis) < len(read.scores):
        raise UnsupportedFormatError(f"{name} is in a notation that is not read by way of MEI.")
    return LoadedMei(meis, read.names, read.issues, name)


def _read(source: Any, data: Any, format_name: str | None) -> tuple[str, ReadMusic]:
    if (source is None) == (data is None):
        raise TypeError("Give either `source` (a path or a music21 stream) or `data` (the music itself).")
    if data is not None:
        if not isinstance(data, str | bytes | bytearray | memoryview):
            raise TypeError(f"`data` is of type {type(data).__name__}; it must be str or bytes.")
        given = source_of_data(data)
    elif isinstance(source, str | bytes | os.PathLike):
        given = read_source(os.fsdecode(source))
    elif _is_music21_stream(source):
        return _read_stream(source)
    else:
        raise TypeError(
            f"`source` is of type {type(source).__name__}; it must be a path or a music21 stream."
        )
    return given.name, find_format(given, format_name).read(given)


def _is_music21_stream(source: object) -> bool:
    # Told by its classes, so that music21 is not imported for those who do not use it.
    names = {f"{each.__module__}.{each.__qualname__}" for each in type(source).__mro__}
    return "music21.stream.base.Stream" in names


def _read_stream(stream: Any) -> tuple[str, ReadMusic]:
    from smashcima.engravers.verovio.importing.music21_road import musicxml_of_stream, score_name
    from smashcima.loading.foreign import MUSICXML

    name = "the music21 stream"
    members = list(stream.scores) if "Opus" in stream.classes else [stream]
    scores: list[str | Score] = []
    names: list[str] = []
    issues: list[Issue] = []
    for member in members:
        try:
            data = musicxml_of_stream(member)
        except Exception as error:
            raise ImportFailedError(f"music21 cannot write {name} as MusicXML: {error}.") from error
        read = MUSICXML.read(Source(name, data))
        scores += read.scores
        names.append(score_name(member))
        issues += read.issues
    if not scores:
        raise ImportFailedError(f"{name} has no score in it.")
    return name, ReadMusic(tuple(scores), tuple(names), tuple(issues))
