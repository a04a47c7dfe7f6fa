"""Reading of tune books."""

from __future__ import annotations

import re
import time

from smashcima import settings
from smashcima.errors import ImporterTimeoutError, ImportFailedError, Issue, MalformedSourceError, SourceError
from smashcima.loading.abc.findings import Budget
from smashcima.loading.abc.tune_reader import TuneReader
from smashcima.loading.formats import ReadMusic
from smashcima.loading.source import Source
from smashcima.loading.text import decode
from smashcima.notations.abc import split_tunes
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.semantic import Score

_FIELD = re.compile(r"(?m)^[XTMLK]:")
"""A field at the start of a line, of which every tune has some."""


def read_abc(source: Source) -> ReadMusic:
    """Reads an ABC tune book, tune by tune; an unreadable tune becomes an issue, or an error if no tune is readable.

    The time limit applies to the whole book.
    """
    text, issues = decode(source)
    if _FIELD.search(text) is None:
        raise MalformedSourceError(f"{source.name} is not ABC: it has no field such as `X:1` or `K:G`.")
    timeout_s = settings.import_timeout_s()
    budget = Budget(time.monotonic() + timeout_s, source.name, timeout_s)
    tunes = split_tunes(text)
    scores: list[str | Score] = []
    names: list[str] = []
    failure: SourceError | None = None
    for number, tune in enumerate(tunes):
        place = f"tune {tune.name}" if tune.name and len(tunes) > 1 else source.name
        try:
            budget.start_tune()
            with garbage_collection_paused():
                reading = TuneReader(tune, place, budget).read()
        except ImporterTimeoutError as error:
            what = f"{len(tunes) - number} of {len(tunes)} tunes not read: time limit exceeded"
            issues.append(Issue(source.name, "ABC", what))
            failure = error
            break
        except SourceError as error:
            failure = failure or error
            issues.append(Issue(place, "ABC", f"not read: {error}"))
            continue
        if reading.score is None:
            failure = failure or ImportFailedError(f"{place} is not an ABC tune: it has no notes.")
            issues.append(Issue(place, "ABC", "not read: it has no notes"))
            continue
        scores.append(reading.score)
        names.append(tune.name)
        issues += reading.issues
    if not scores:
        raise failure or MalformedSourceError(f"{source.name} contains no tune.")
    return ReadMusic(tuple(scores), tuple(names), tuple(issues))
