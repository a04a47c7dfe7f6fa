"""Foreign notation → MEI: Verovio's road first, music21's where that one ends."""

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

INPUT_FORMATS = ("xml", "mei", "humdrum", "abc", "pae", "midi")
"""What can be imported, in Verovio's names; `midi` is read by music21 alone."""

_NAMES_OF_FORMATS = {
    "xml": "MusicXML",
    "mei": "MEI",
    "humdrum": "Humdrum",
    "abc": "ABC",
    "pae": "PAE",
    "midi": "MIDI",
}

_HAS_MEASURES = re.compile(r"<measure[ >]")

_HAS_SYSTEMS_OF_OLD_NOTATION = re.compile(r'notationtype="(?:mensural|neume)')


@dataclass(frozen=True, slots=True)
class ImportedMei:
    """What a source became: MEI as Verovio writes it."""

    meis: tuple[str, ...]
    """One MEI document per score, at least one."""

    names: tuple[str, ...]
    """Name of each score as far as the road knows one, else empty."""

    issues: tuple[Issue, ...]
    """What the importers reported."""


def import_to_mei(
    data: bytes,
    input_format: str,
    source_name: str = "the source",
    *,
    limits: ImportLimits | None = None,
    worker: ImportWorker | None = None,
    is_complete: Callable[[str], bool] | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> ImportedMei:
    """Import music into MEI; `data` is UTF-8 text, for `midi` the bytes of the file.

    `meanwhile` may be called while the importing process is at work, to use the time of waiting.

    `is_complete` may look at the MEI of Verovio's road and ask for the other road by answering
    False; the music21 reading is then used when it is complete, and otherwise Verovio's stays.

    Raises:
        ImporterCrashedError: native code died on it, and no other road could read it.
        ImporterTimeoutError: it took too long, or too much memory.
        ImportFailedError: every road refused it.
    """
    if input_format not in INPUT_FORMATS:
        raise ValueError(f"{input_format!r} is not one of {INPUT_FORMATS}")
    ask = _Asker(
        worker or shared_worker(), limits or ImportLimits.from_settings(), data, input_format, source_name
    )
    if input_format == "midi":
        return ask.imported(ask.by("music21"), "read through music21: Verovio does not read it")

    first: ImportedMei | None = None
    failure: ImportFailedError | None = None
    try:
        first = ask.imported(ask.by("verovio", meanwhile))
        if is_complete is None or is_complete(first.meis[0]):
            return first
        reason = "Verovio left some of it out"
    except ImporterTimeoutError:
        raise  # the other road is slower
    except ImporterCrashedError as crash:
        reason, failure = "Verovio died on it", crash
    except ImportFailedError as refusal:
        reason, failure = "Verovio refused it", refusal

    second = ask.second_road(reason, failure) if can_read_with_music21(input_format) else None
    if first is not None and (
        second is None or is_complete is None or not all(map(is_complete, second.meis))
    ):
        return first
    if second is None:
        assert failure is not None
        raise failure
    return second


@dataclass(frozen=True, slots=True)
class _Asker:
    """One source on its way through the importing process."""

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
        """Check that the answer has music in it; `how` becomes an issue."""
        name = _NAMES_OF_FORMATS[self.input_format]
        issues = log_to_issues(answer.log, where=self.source_name)
        if not _has_music(answer):
            reasons = "; ".join(issue.what for issue in issues)
            if not reasons:
                reasons = "no measure was found in it" if answer.meis else "no reason given"
            raise ImportFailedError(f"{self.source_name} could not be imported as {name}: {reasons}.")
        if how is not None:
            issues.insert(0, Issue(self.source_name, name, how))
        return ImportedMei(answer.meis, answer.names, tuple(issues))

    def second_road(self, reason: str, failure: ImportFailedError | None) -> ImportedMei | None:
        """Read with music21; None when it fails and `failure` is None, else `failure` with both reasons."""
        try:
            return self.imported(self.by("music21"), f"read through music21: {reason}")
        except ImportFailedError as error:
            if failure is None:
                return None
            raise type(failure)(f"{failure} music21 could not read it either: {error}") from failure


def _has_music(answer: WorkerAnswer) -> bool:
    return bool(answer.meis) and all(
        _HAS_MEASURES.search(mei) or _HAS_SYSTEMS_OF_OLD_NOTATION.search(mei) for mei in answer.meis
    )
