"""Import of other formats into MEI: with Verovio, or with music21 where Verovio fails."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from smashcima.engravers.verovio.importing.music21_road import can_read_with_music21
from smashcima.engravers.verovio.importing.supervisor import (
    ImportLimits,
    ImportWorker,
    WorkerAnswer,
    shared_worker,
)
from smashcima.engravers.verovio.toolkit import log_to_issues
from smashcima.errors import ImporterCrashedError, ImporterTimeoutError, ImportFailedError, Issue

INPUT_FORMATS = ("xml", "mei", "humdrum", "pae", "midi")
"""Supported formats, by Verovio's names; `midi` is read by music21 only."""

_NAMES_OF_FORMATS = {
    "xml": "MusicXML",
    "mei": "MEI",
    "humdrum": "Humdrum",
    "pae": "PAE",
    "midi": "MIDI",
}

_HAS_MEASURES = re.compile(r"<measure[ >]")

_HAS_SYSTEMS_OF_OLD_NOTATION = re.compile(r'notationtype="(?:mensural|neume)')


@dataclass(frozen=True, slots=True)
class ImportedMei:
    """Result of an import: MEI as written by Verovio."""

    meis: tuple[str, ...]
    """One MEI document per score, at least one."""

    names: tuple[str, ...]
    """Name of each score; an empty string if the importer reports none."""

    issues: tuple[Issue, ...]
    """Issues reported by the importers."""


def import_to_mei(
    data: bytes,
    input_format: str,
    source_name: str = "the source",
    *,
    limits: ImportLimits | None = None,
    worker: ImportWorker | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> ImportedMei:
    """Imports music into MEI; `data` is UTF-8 text, or the bytes of the file for `midi`.

    `meanwhile`, if given, may be called while waiting for the importing process.

    Raises:
        ImporterCrashedError: the importing process crashed, and no other importer could read the source.
        ImporterTimeoutError: the import exceeded the time or memory limit.
        ImportFailedError: all importers rejected the source.
    """
    if input_format not in INPUT_FORMATS:
        raise ValueError(f"input_format must be one of {INPUT_FORMATS}, not {input_format!r}.")
    ask = _Asker(
        worker or shared_worker(), limits or ImportLimits.from_settings(), data, input_format, source_name
    )
    if input_format == "midi":
        return ask.imported(ask.by("music21"), "read through music21: Verovio does not support this format")

    failure: ImportFailedError
    try:
        return ask.imported(ask.by("verovio", meanwhile))
    except ImporterTimeoutError:
        raise  # music21 is slower still
    except ImporterCrashedError as crash:
        reason, failure = "Verovio crashed", crash
    except ImportFailedError as refusal:
        reason, failure = "Verovio rejected the source", refusal
    if not can_read_with_music21(input_format):
        raise failure
    return ask.second_road(reason, failure)


@dataclass(frozen=True, slots=True)
class _Asker:
    """The import of one source."""

    worker: ImportWorker
    limits: ImportLimits
    data: bytes
    input_format: str
    source_name: str

    def by(self, road: str, meanwhile: Callable[[], object] | None = None) -> WorkerAnswer:
        return self.worker.request(
            road, self.input_format, self.data, self.source_name, self.limits, meanwhile
        )

    def imported(self, answer: WorkerAnswer, how: str | None = None) -> ImportedMei:
        """The imported MEI; raises `ImportFailedError` if it contains no music. `how` becomes an issue."""
        name = _NAMES_OF_FORMATS[self.input_format]
        issues = log_to_issues(answer.log, where=self.source_name)
        if not _has_music(answer):
            reasons = "; ".join(issue.what for issue in issues)
            if not reasons:
                reasons = "it contains no measures" if answer.meis else "no reason given"
            raise ImportFailedError(f"{self.source_name} could not be imported as {name}: {reasons}.")
        if how is not None:
            issues.insert(0, Issue(self.source_name, name, how))
        return ImportedMei(answer.meis, answer.names, tuple(issues))

    def second_road(self, reason: str, failure: ImportFailedError) -> ImportedMei:
        """Imports with music21. If that fails, raises `failure` with both reasons."""
        try:
            return self.imported(self.by("music21"), f"read through music21: {reason}")
        except ImportFailedError as error:
            raise type(failure)(f"{failure} music21 could not read the source either: {error}") from failure


def _has_music(answer: WorkerAnswer) -> bool:
    return bool(answer.meis) and all(
        _HAS_MEASURES.search(mei) or _HAS_SYSTEMS_OF_OLD_NOTATION.search(mei) for mei in answer.meis
    )
