"""Runs of measures of other scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from smashcima.composing.mixing import is_alike, joined, run_of
from smashcima.datasets.generation.fields import Where, shown
from smashcima.datasets.generation.sources.filtering import ScoreFacts, facts_of, read_elements
from smashcima.datasets.generation.sources.filtering.elements import count_of, element_counts
from smashcima.datasets.generation.sources.registry import check_source, make_source
from smashcima.datasets.generation.sources.source import RejectedScore, ScoreItem, ScoreSource
from smashcima.scene.semantic import Score

_MOST_PARTNERS = 20
"""Scores that are loaded in search of one that can follow the first."""


class RemixSource(ScoreSource):
    """Random runs of measures of the scores of another source, without end.

    - `measures`: number of measures of a run, or [least, most].
    - `runs`: number of runs in a score, each on a new system with its clefs, keys and times.
    - `balance`: elements of notation that are wanted equally often: each score contains the next of them, chosen at random,
      as far as the scores have them.
    - `mix`: whether the runs of a score are of several scores with the same staves. Then the music of a training set may
      occur in its test set: all runs are in the split of the first.

    All scores are equally probable, however long they are.
    """

    KEY = "remix"
    FIELDS: ClassVar[tuple[str, ...]] = ("measures", "runs", "balance", "mix")

    def __init__(
        self,
        inner: ScoreSource,
        measures: tuple[int, int] = (4, 16),
        runs: int = 1,
        balance: Sequence[str] = (),
        mix: bool = False,
    ) -> None:
        self._inner = inner
        self._measures = measures
        self._runs = runs
        self._balance = tuple(balance)
        self._mix = mix
        self._usable: list[int] = []
        """Indices of the scores that load."""
        self._having: dict[str, list[int]] = {}
        """Indices of the scores with each of the elements to balance; those that no score has are absent."""
        self._staves: dict[tuple[int, int], list[int]] = {}
        """Indices of the scores by their numbers of parts and staves."""
        self._facts: dict[int, ScoreFacts] = {}
        self._rejected: list[RejectedScore] = []

    @classmethod
    def check_data(cls, data: Mapping[str, Any], where: Where) -> None:
        check_source(data[cls.KEY], where.at(cls.KEY))
        _range(data.get("measures", [4, 16]), where.at("measures"))
        where.at("runs").integer(data.get("runs", 1), 1, 1000)
        read_elements(data.get("balance", []), where.at("balance"))
        if not isinstance(data.get("mix", False), bool):
            raise where.at("mix").error(f"expected true or false, got {shown(data['mix'])}")

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        return RemixSource(
            make_source(data[cls.KEY], where.at(cls.KEY), folder),
            _range(data.get("measures", [4, 16]), where.at("measures")),
            data.get("runs", 1),
            read_elements(data.get("balance", []), where.at("balance")),
            data.get("mix", False),
        )

    def prepare(self) -> int | None:
        count = self._inner.prepare()
        self._rejected = list(self._inner.rejected)
        if count is None:
            return None
        for number, facts in enumerate(facts_of(self._inner, count)):
            if isinstance(facts, str):
                self._rejected.append(RejectedScore(self._inner.name(number), facts))
            elif facts.measures == 0:
                self._rejected.append(RejectedScore(self._inner.name(number), "it has no measures"))
            else:
                self._usable.append(number)
                self._facts[number] = facts
                self._staves.setdefault((facts.parts, facts.staves), []).append(number)
        for element in self._balance:
            having = [number for number in self._usable if count_of(element, self._facts[number].elements)]
            if having:
                self._having[element] = having
        return None if self._usable else 0

    def name(self, index: int) -> str:
        return self._inner.name(self._chosen(index)[0])

    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        number, wanted = self._chosen(index)
        first = self._inner.item(number, rng)
        run, at = self._run(first.loaded.score, wanted, rng)
        runs, origins, licences = [run], [{"source": first.id, "measures": at}], {first.licence}
        while len(runs) < self._runs:
            other = self._partner(number, first, runs[0], rng) if self._mix else first
            run, at = self._run(other.loaded.score, None, rng)
            runs.append(run)
            origins.append({"source": other.id, "measures": at})
            licences.add(other.licence)
        loaded = replace(first.loaded, score=joined(runs), engraving=None, source=None)
        metadata = {**first.metadata, "remixed": origins}
        return ScoreItem(first.id, loaded, "; ".join(sorted(licences)), metadata)

    @property
    def licences(self) -> tuple[str, ...]:
        return self._inner.licences

    @property
    def rejected(self) -> tuple[RejectedScore, ...]:
        return tuple(self._rejected)

    def _chosen(self, index: int) -> tuple[int, str | None]:
        """The score of a sample, and the element that it is to contain; they depend on the index alone."""
        if not self._usable:  # the inner source has no end
            wanted = self._balance[index % len(self._balance)] if self._balance else None
            return index, wanted
        rng = np.random.default_rng(index)
        if not self._having:
            return self._usable[int(rng.integers(len(self._usable)))], None
        elements = list(self._having)
        wanted = elements[int(rng.integers(len(elements)))]
        having = self._having[wanted]
        return having[int(rng.integers(len(having)))], wanted

    def _run(self, score: Score, wanted: str | None, rng: np.random.Generator) -> tuple[Score, list[int]]:
        """A random run of a score, and the indices of its first and last measure; with the wanted element, if given."""
        measures = score.measures
        length = min(int(rng.integers(*self._measures, endpoint=True)), len(measures))
        starts = range(len(measures) - length + 1)
        if wanted is not None:
            having = [each.index for each in measures if count_of(wanted, element_counts(each))]
            if having:
                at = having[int(rng.integers(len(having)))]
                starts = range(max(at - length + 1, 0), min(at, starts[-1]) + 1)
        start = int(rng.integers(starts[0], starts[-1], endpoint=True))
        return run_of(score, range(start, start + length)), [start, start + length - 1]

    def _partner(self, number: int, first: ScoreItem, run: Score, rng: np.random.Generator) -> ScoreItem:
        """A score that can follow the first one; the first one itself if there is none."""
        for _ in range(_MOST_PARTNERS):
            if self._usable:
                facts = self._facts[number]
                alike = self._staves[facts.parts, facts.staves]
                other = self._inner.item(alike[int(rng.integers(len(alike)))], rng)
            else:
                other = self._inner.item(int(rng.integers(2**31)), rng)
            if is_alike(run, other.loaded.score):
                return other
        return first


def _range(data: Any, where: Where) -> tuple[int, int]:
    if not isinstance(data, list | tuple):
        length = where.integer(data, 1, 100_000)
        return length, length
    if len(data) != 2:
        raise where.error(f"expected a number or [least, most], got {shown(data)}")
    least, most = (where.at(index).integer(value, 1, 100_000) for index, value in enumerate(data))
    if least > most:
        raise where.error(f"the least value ({least}) exceeds the greatest ({most})")
    return least, most
