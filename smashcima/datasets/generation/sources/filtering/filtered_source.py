"""Sources of the scores that meet a filter."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.sources.filtering.facts import ScoreFacts
from smashcima.datasets.generation.sources.filtering.facts_index import FactsIndex
from smashcima.datasets.generation.sources.filtering.score_filter import ScoreFilter
from smashcima.datasets.generation.sources.source import RejectedScore, ScoreItem, ScoreSource
from smashcima.datasets.generation.sources.wrapped import WrappedSource
from smashcima.errors import SourceError

_MOST_TRIES = 200
_NEXT_TRY = 0x9E3779B1
"""Distance between the indices tried in a source without end, so that no two samples try the same ones in order."""

_NAMED_IN_ERROR = 3


class FilteredSource(WrappedSource):
    """The scores of a source that meet a filter.

    The scores of a source with an end are looked at in `prepare`, once for each content: the facts about them are kept in
    a `FactsIndex`. Scores that fail to load, or do not meet the filter, are in `rejected`. Of a source without end, the
    next scores are tried until one fits.
    """

    def __init__(self, inner: ScoreSource, score_filter: ScoreFilter, where: Where) -> None:
        """`where` is the place of the source in the plan, for messages."""
        super().__init__(inner)
        self._filter = score_filter
        self._where = where
        self._accepted: list[int] | None = None
        self._rejected: list[RejectedScore] = []

    def prepare(self) -> int | None:
        """Finds the scores that meet the filter; raises `PlanError` if none does."""
        count = self.inner.prepare()
        self._rejected = list(self.inner.rejected)
        if count is None:
            return None
        self._accepted = []
        for index, facts in enumerate(facts_of(self.inner, count)):
            objection = facts if isinstance(facts, str) else self._filter.objection(facts)
            if objection is None:
                self._accepted.append(index)
            else:
                self._rejected.append(RejectedScore(self.inner.name(index), objection))
        if not self._accepted:
            reasons = "; ".join(f"{each.name}: {each.reason}" for each in self._rejected[:_NAMED_IN_ERROR])
            raise self._where.at("filter").error(f"none of the {count} scores meets it, such as {reasons}")
        return len(self._accepted)

    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        if self._accepted is not None:
            return self.inner.item(self._accepted[index], rng)
        reason = ""
        for attempt in range(_MOST_TRIES):
            item = self.inner.item((index + attempt * _NEXT_TRY) % 2**31, rng)
            objection = self._filter.objection(ScoreFacts.of(item.loaded.score))
            if objection is None:
                return item
            reason = objection
        raise SourceError(
            f"{self._where.at('filter').path}: {_MOST_TRIES} scores do not meet it; the last: {reason}."
        )

    def name(self, index: int) -> str:
        return self.inner.name(index if self._accepted is None else self._accepted[index])

    def fingerprint(self, index: int) -> str | None:
        return self.inner.fingerprint(index if self._accepted is None else self._accepted[index])

    @property
    def rejected(self) -> tuple[RejectedScore, ...]:
        return tuple(self._rejected)


def facts_of(source: ScoreSource, count: int) -> list[ScoreFacts | str]:
    """Facts about all scores of a prepared source; for a score that fails to load, the reason."""
    index = FactsIndex()
    try:
        return [index.get(_fingerprint(source, number), _loader(source, number)) for number in range(count)]
    finally:
        index.close()


def _fingerprint(source: ScoreSource, number: int) -> str | None:
    try:
        return source.fingerprint(number)
    except SourceError:  # loading it raises the same error
        return None


def _loader(source: ScoreSource, number: int) -> Callable[[], ScoreFacts]:
    rng = np.random.default_rng(number)
    return lambda: ScoreFacts.of(source.item(number, rng).loaded.score)
