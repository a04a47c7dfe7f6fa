"""Functions that load scores."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NoReturn

from smashcima.errors import ImportFailedError, Issue, UnsupportedFormatError, WrongTypeError, described
from smashcima.loading.formats import ReadMusic, find_format
from smashcima.loading.source import Source, read_source, source_of_data
from smashcima.loading.source_record import SourceRecord
from smashcima.memory import return_freed_memory
from smashcima.scene.graph import garbage_collection_paused
from smashcima.short_repr import ShortRepr

if TYPE_CHECKING:
    from smashcima.engraving import Engraving
    from smashcima.scene.semantic import Score

_NAMES_LISTED = 10

_LARGE_MEI = 1_000_000
"""Characters of MEI, about 30 pages, from which freed memory is returned."""


@dataclass(frozen=True, slots=True)
class LoadedScores(ShortRepr):
    """All scores of a source."""

    scores: tuple[Score, ...]
    """The scores, at least one."""

    names: tuple[str, ...]
    """Number and title of each score; an empty string where the source has neither."""

    issues: tuple[Issue, ...]
    """What was lost, changed or repaired."""

    source_name: str
    """File name, or a placeholder for sources other than files."""

    engravings: tuple[Engraving | None, ...]
    """The layout of each score; `None` where the source has no layout."""

    source: SourceRecord | None = None
    """Record of the source; `None` for a music21 stream."""

    def first(self) -> Loaded:
        """The first score, with an issue that lists the others."""
        issues = self.issues
        if len(self.scores) > 1:
            others = [name or f"number {index}" for index, name in enumerate(self.names[1:], 2)]
            listed = ", ".join(others[:_NAMES_LISTED]) + (", …" if len(others) > _NAMES_LISTED else "")
            what = f"loaded the first of {len(self.scores)} scores; use load_scores for the others: {listed}"
            issues = (Issue(self.source_name, "score", what), *issues)
        return Loaded(self.scores[0], self.engravings[0], issues, self.source)

    def each(self) -> tuple[Loaded, ...]:
        """The scores as separate `Loaded` values, each with all issues."""
        return tuple(
            Loaded(score, engraving, self.issues, self.source and replace(self.source, number=number))
            for number, (score, engraving) in enumerate(
                zip(self.scores, self.engravings, strict=True), start=1
            )
        )


@dataclass(frozen=True, slots=True)
class Loaded(ShortRepr):
    """One score of a source."""

    score: Score
    engraving: Engraving | None
    """Layout of the source, which a model draws unchanged; `None` if the engraver must lay out the score."""

    issues: tuple[Issue, ...]
    """What was lost, changed or repaired, and which further scores of the source were not loaded."""

    source: SourceRecord | None = None
    """Record of the source; `None` for a music21 stream or a score created in Python."""

    def __getattr__(self, name: str) -> NoReturn:
        """Says where the attributes of the score are, which `load_score` of smashcima 1 returned itself."""
        hint = ""
        if not name.startswith("_"):
            from smashcima.scene.semantic import Score

            hint = f" The score has one: load_score(...).score.{name}." if hasattr(Score, name) else ""
        raise AttributeError(f"A Loaded score has no attribute {name!r}.{hint}")


@dataclass(frozen=True, slots=True)
class LoadedMei(ShortRepr):
    """All scores of a source as MEI text, before conversion to `Score` objects."""

    meis: tuple[str, ...]
    names: tuple[str, ...]
    issues: tuple[Issue, ...]
    source_name: str
    format: str | None = None
    """Name of the notation; `None` for a music21 stream."""

    def scores(self, source: SourceRecord | None = None) -> LoadedScores:
        """Converts the MEI to scores: the result of `load_scores` for the same source, of which `source` is the record."""
        read = ReadMusic(self.meis, self.names, self.issues)
        return _scores_of(self.source_name, read, source)


def load_scores(source: Any = None, *, data: Any = None, format: str | None = None) -> LoadedScores:
    """Loads all scores of a source.

    Args:
        source: path of a file, or a music21 stream.
        data: the music as `str` or bytes, instead of `source`.
        format: suffix or name of the format (`.krn`, `musicxml`); by default determined from the suffix or content.

    Raises:
        SourceNotFoundError: the file does not exist.
        UnsupportedFormatError: the format is not supported, or cannot be determined.
        MalformedSourceError: the source is broken, empty, or in another format than stated.
        UnsafeSourceError: the source is hostile or too large.
        ImportFailedError: the importers rejected the source, exceeded the time or memory limit, or crashed.
    """
    with garbage_collection_paused():
        return _scores_of(*_read(source, data, format))


def _scores_of(name: str, read: ReadMusic, record: SourceRecord | None) -> LoadedScores:
    """Converts what a reader returned to scores."""
    scores: list[Score] = []
    issues = list(read.issues)
    is_large = sum(len(score) for score in read.scores if isinstance(score, str)) > _LARGE_MEI
    if is_large:
        return_freed_memory()  # of the source as XML, before the objects are created
    for score in read.scores:
        if isinstance(score, str):
            from smashcima.mei import read_mei

            score, found = read_mei(score.encode())
            issues.extend(found)
        scores.append(score)
    if is_large:
        return_freed_memory()
    engravings = read.engravings or (None,) * len(scores)
    return LoadedScores(tuple(scores), read.names, tuple(issues), name, engravings, record)


def load_score(
    source: Any = None, *, data: Any = None, format: str | None = None, file: Any = None
) -> Loaded:
    """Loads the first score of a source; arguments and errors are those of `load_scores`.

    `file` is another name of `source`, as in smashcima 1.
    """
    return load_scores(file if source is None else source, data=data, format=format).first()


def load_mei_text(source: Any = None, *, data: Any = None, format: str | None = None) -> LoadedMei:
    """Loads all scores of a source as MEI; arguments and errors are those of `load_scores`.

    Raises:
        UnsupportedFormatError: also if the source has a layout, which MEI cannot represent.
    """
    name, read, record = _read(source, data, format)
    if any(engraving is not None for engraving in read.engravings):
        raise UnsupportedFormatError(
            f"{name} cannot be converted to MEI: it has a layout, which would be lost."
        )
    meis = tuple(score if isinstance(score, str) else _mei_of(score) for score in read.scores)
    return LoadedMei(meis, read.names, read.issues, name, None if record is None else record.format)


def _mei_of(score: Score) -> str:
    from smashcima.mei import write_mei

    return write_mei(score)


def _read(source: Any, data: Any, format_name: str | None) -> tuple[str, ReadMusic, SourceRecord | None]:
    if (source is None) == (data is None):
        raise WrongTypeError(
            "Give either `source` (a path or a music21 stream) or `data` (the music as str or bytes)."
        )
    if data is not None:
        if not isinstance(data, str | bytes | bytearray | memoryview):
            raise WrongTypeError(f"`data` must be str or bytes, not {described(data)}.")
        given = source_of_data(data)
        record = SourceRecord.of("text" if given.is_text else "bytes", given.data)
    elif isinstance(source, str | bytes | os.PathLike):
        path = os.fsdecode(source)
        given = read_source(path)
        record = SourceRecord.of("file", given.data, path=path)
    elif _is_music21_stream(source):
        return *_read_stream(source), None
    else:
        hint = " Pass its content: data=file.read()." if hasattr(source, "read") else ""
        raise WrongTypeError(f"`source` must be a path or a music21 stream, not {described(source)}.{hint}")
    found = find_format(given, format_name)
    return given.name, found.read(given), replace(record, format=found.name)


def _is_music21_stream(source: object) -> bool:
    # Identified by class names, to avoid importing music21 where it is not used.
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
            raise ImportFailedError(f"music21 failed to write {name} as MusicXML: {error}.") from error
        read = MUSICXML.read(Source(name, data))
        scores += read.scores
        names.append(score_name(member))
        issues += read.issues
    if not scores:
        raise ImportFailedError(f"{name} contains no score.")
    return name, ReadMusic(tuple(scores), tuple(names), tuple(issues))
