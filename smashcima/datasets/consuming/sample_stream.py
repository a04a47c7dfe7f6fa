"""Records of a plan one after the other, made when they are needed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from smashcima.datasets.generation import GenerationPlan, Record, SampleFailure, SampleMaker
from smashcima.datasets.running.shards import attempt
from smashcima.errors import PlanError, SettingsError

_MOST_FAILURES = 100
"""Failures in succession after which a stream gives up: an endless stream would otherwise never return."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Share:
    """The samples of one of several streams, which together have all samples."""

    stream: int = 0
    streams: int = 1

    def __post_init__(self) -> None:
        if not 0 <= self.stream < self.streams:
            raise SettingsError(
                f"There is no stream {self.stream} among {self.streams}; expected a number from 0."
            )


@dataclass(frozen=True)
class Position:
    """The place in a stream up to which records were yielded."""

    sample: int
    """Sample of the next record."""

    records: int = 0
    """Number of its records that were already yielded; more than 0 only if a sample has several images."""


class SampleStream:
    """The records of the samples `first + stream`, `first + stream + streams` and so on.

    Samples that fail are logged, counted and left out. Limits of the plan on time and memory are not enforced.
    """

    def __init__(
        self,
        plan: GenerationPlan,
        share: Share | None = None,
        *,
        first: int = 0,
        endless: bool = False,
        split: str | None = None,
        position: Position | None = None,
        failed: Callable[[SampleFailure], None] = lambda failure: None,
    ) -> None:
        """With `endless`, samples go on after `plan.count`; they are all different. `split` selects the samples of a split.

        Raises:
            PlanError: a source of the plan cannot be used.
            SettingsError: the plan has no such split.
        """
        if split is not None and split not in plan.splits:
            raise SettingsError(f"The plan has no split {split!r}; it has {', '.join(plan.splits)}.")
        self._share = share or Share()
        self._maker = SampleMaker(plan)
        self._end = None if endless else plan.count
        self._split = split
        self._failed = failed
        self.position = position or Position(first + self._share.stream)
        """The next record. It is moved before a record is yielded, so it is always the place to resume from."""

    def __iter__(self) -> Iterator[Record]:
        """Yields the records from the position on."""
        in_succession = 0
        while self._end is None or self.position.sample < self._end:
            sample, done = self.position.sample, self.position.records
            following = Position(sample + self._share.streams)
            if not self._is_wanted(sample):
                self.position = following
                continue
            records = attempt(self._maker, sample)
            if isinstance(records, SampleFailure):
                in_succession += 1
                self.position = following
                self._note(records, in_succession)
                continue
            in_succession = 0
            for number, record in islice(enumerate(records, 1), done, None):
                self.position = Position(sample, number) if number < len(records) else following
                yield record
            self.position = following

    def _is_wanted(self, sample: int) -> bool:
        if self._split is None:
            return True
        return self._maker.split_of(self._maker.source_of(sample)) == self._split

    def _note(self, failure: SampleFailure, in_succession: int) -> None:
        _logger.warning("Sample %d (%s) is left out: %s", failure.sample, failure.source, failure.error)
        self._failed(failure)
        if in_succession >= _MOST_FAILURES:
            raise PlanError(
                f"{in_succession} samples in succession could not be made. The last: {failure.error}"
            )
