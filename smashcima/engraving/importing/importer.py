"""Foreign notation → MEI: Verovio's road first, music21's where that one ends."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from smashcima.engraving.importing.music21_road import can_read_with_music21
from smashcima.engraving.importing.supervisor import ImportLimits, ImportWorker, WorkerAnswer, shared_worker
from smashcima.engraving.toolkit import log_to_issues
from smashcima.errors import ImporterCrashedError, ImporterTimeoutError, ImportFailedError, Issue

INPUT_FORMATS = ("xml", "mei", "humdrum", "abc", "pae", "midi")
"""What can be imported, in Verovio's names; `midi` is read by music21 alone."""

_NAMES_OF_FORMATS = {"xml": "MusicXML", "mei": "MEI", "humdrum": "Humdrum", "abc": "ABC", "pae": "PAE", "midi": "MIDI"}

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
) -> ImportedMei:
    """Import music into MEI; `data` is UTF-8 text, for `midi` the bytes of the file.

    `is_complete` may look at the MEI of Verovio's road and ask for the other road by answering
    False; the music21 reading is then used when it is complete, and otherwise Verovio's stays.

    Raises:
        ImporterCrashedError: native code died on it, and no other road could read it.
        ImporterTimeoutError: it took too long, or too much memory.
        ImportFailedError: every road refused it.
    """
    if input_format not in INPUT_FORMATS:
        raise ValueError(f"{input_format!r} is not one of {INPUT_FORMATS}")
    worker = worker or shared_worker()
    limits = limits or ImportLimits.from_settings()
    if input_format == "midi":
        answer = worker.request("music21", input_format, data, source_name, limits)
        return _imported(answer, input_format, source_name, "read through music21: Verovio does not read it")

    failure: ImportFailedError
    refused: WorkerAnswer | None = None
    try:
        answer = worker.request("verovio", input_format, data, source_name, limits)
        if _has_music(answer):
            if is_complete is None or is_complete(answer.meis[0]):
                return _imported(answer, input_format, source_name)
            reason, refused = "Verovio's reading was not complete", answer
        else:
            reason = "Verovio refused it"
        failure = ImportFailedError(_refusal(source_name, input_format, answer))
    except ImporterTimeoutError:
        raise  # the other road is slower
    except ImporterCrashedError as crash:
        reason, failure = "Verovio died on it", crash
    if not can_read_with_music21(input_format):
        if refused is not None:
            return _imported(refused, input_format, source_name)
        raise failure

    try:
        answer = worker.request("music21", input_format, data, source_name, limits)
    except ImportFailedError as error:
        if refused is not None:
            return _imported(refused, input_format, source_name)
        failure.args = (f"{failure} music21 could not read it either: {error}",)
        raise failure from error
    usable = _has_music(answer)
    if refused is not None and not (usable and is_complete is not None and all(map(is_complete, answer.meis))):
        return _imported(refused, input_format, source_name)
    if not usable:
        raise failure
    return _imported(answer, input_format, source_name, f"read through music21: {reason}")


def _has_music(answer: WorkerAnswer) -> bool:
    return bool(answer.meis) and all(
        _HAS_MEASURES.search(mei) or _HAS_SYSTEMS_OF_OLD_NOTATION.search(mei) for mei in answer.meis
    )


def _refusal(source_name: str, input_format: str, answer: WorkerAnswer) -> str:
    reasons = "; ".join(issue.what for issue in log_to_issues(list(answer.log)))
    if not reasons:
        reasons = "no measure was found in it" if answer.meis else "no reason given"
    return f"{source_name} could not be imported as {_NAMES_OF_FORMATS[input_format]}: {reasons}."


def _imported(
    answer: WorkerAnswer, input_format: str, source_name: str, road: str | None = None
) -> ImportedMei:
    if not _has_music(answer):
        raise ImportFailedError(_refusal(source_name, input_format, answer))
    issues = log_to_issues(list(answer.log), where=source_name)
    if road is not None:
        issues.insert(0, Issue(source_name, _NAMES_OF_FORMATS[input_format], road))
    return ImportedMei(answer.meis, answer.names, tuple(issues))
