"""What is learned from scores: their measures, and which follow which."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from smashcima.composing.corpus.units import MeasureUnit, units_of
from smashcima.errors import SettingsError
from smashcima.scene.semantic import Score

_VERSION = 1

ORDER = 3
"""Most measures that a choice depends on."""

Context = tuple[tuple[int, int], ...]
"""The entries of consecutive measures."""


Kind = tuple[tuple[int, ...], str, bool]
"""Staves of each part, metre, and whether it is in minor."""


@dataclass(frozen=True)
class CorpusWork:
    """A work from which a model learns."""

    name: str
    score: Score
    licence: str = "unknown"


@dataclass(frozen=True)
class LearnedWork:
    """The measures of a work in a model."""

    name: str
    licence: str
    structure: tuple[int, ...]
    """Number of staves of each part, from top to bottom."""

    units: tuple[MeasureUnit | None, ...] = field(repr=False)
    """`None` for measures that the model does not hold."""


@dataclass(frozen=True)
class CorpusModel:
    """Measures of works with the statistics of what follows what: a Markov model of variable order.

    The state of a measure is its *entry*: the degrees of the lowest and the highest tone at its start. The next measure is
    one that has followed the same entries, of up to three measures, somewhere in the works.
    """

    works: tuple[LearnedWork, ...]

    @staticmethod
    def learn(works: Iterable[CorpusWork]) -> CorpusModel:
        """Learns from works; their scores must be up to date, as loaded ones are.

        Raises a `SettingsError` if there is no measure to learn from.
        """
        learned = tuple(
            LearnedWork(work.name, work.licence, _structure(work.score), tuple(units_of(work.score)))
            for work in works
        )
        model = CorpusModel(tuple(work for work in learned if any(work.units) and max(work.structure) <= 2))
        if not model.works:
            raise SettingsError(
                f"There is no full measure to learn from in {len(learned)} works: a corpus composer requires scores with key "
                "and time signatures."
            )
        return model

    # -- as a file -----------------------------------------------------------------------------------------

    @staticmethod
    def load(path: str | Path) -> CorpusModel:
        """Reads a model that `write` has written. Raises a `SettingsError`."""
        try:
            data = json.loads(Path(path).read_text(encoding="utf-8"))
            if data["version"] != _VERSION:
                raise SettingsError(
                    f"{path} has version {data['version']}; this version of Smashcima reads {_VERSION}."
                )
            return CorpusModel(tuple(_work(each) for each in data["works"]))
        except (OSError, ValueError, KeyError, TypeError) as error:
            if isinstance(error, SettingsError):
                raise
            raise SettingsError(f"{path} is not the file of a corpus model: {error}.") from error

    def write(self, path: str | Path) -> None:
        """Writes the model as JSON; equal models give equal bytes."""
        data = {
            "version": _VERSION,
            "works": [
                {
                    "name": work.name,
                    "licence": work.licence,
                    "structure": list(work.structure),
                    "units": [None if unit is None else unit.to_data() for unit in work.units],
                }
                for work in self.works
            ],
        }
        Path(path).write_text(json.dumps(data, separators=(",", ":"), ensure_ascii=False), encoding="utf-8")

    # -- statistics ----------------------------------------------------------------------------------------

    @property
    def licences(self) -> tuple[str, ...]:
        """The licences of its works."""
        return tuple(sorted({work.licence for work in self.works}))

    @cached_property
    def kinds(self) -> Mapping[Kind, int]:
        """Number of measures by kind."""
        found: dict[Kind, int] = {}
        for work in self.works:
            for unit in work.units:
                if unit is not None:
                    kind = (work.structure, unit.metre, unit.is_minor)
                    found[kind] = found.get(kind, 0) + 1
        return found

    @cached_property
    def runs(self) -> frozenset[tuple[str, str, str]]:
        """Shapes of all three consecutive measures in a work, which a composition must not contain."""
        return frozenset(run for work in self.works for run in runs_of(work.units))

    def places(self, kind: Kind) -> Iterator[tuple[LearnedWork, int]]:
        """The measures of a kind: their works and indices."""
        structure, metre, is_minor = kind
        for work in self.works:
            if work.structure == structure:
                for index, unit in enumerate(work.units):
                    if unit is not None and unit.metre == metre and unit.is_minor == is_minor:
                        yield work, index


def runs_of(units: Sequence[MeasureUnit | None]) -> Iterator[tuple[str, str, str]]:
    """Shapes of all three consecutive measures."""
    for first, second, third in zip(units, units[1:], units[2:], strict=False):
        if first is not None and second is not None and third is not None:
            yield first.shape, second.shape, third.shape


def _structure(score: Score) -> tuple[int, ...]:
    return tuple(len(part.staves) for part in score.parts)


def _work(data: Mapping[str, Any]) -> LearnedWork:
    units = tuple(None if unit is None else MeasureUnit.from_data(unit) for unit in data["units"])
    return LearnedWork(str(data["name"]), str(data["licence"]), tuple(map(int, data["structure"])), units)
