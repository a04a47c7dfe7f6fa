"""Composed scores."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from smashcima.composing import Composer, Conditions, CorpusComposer, CoverageComposer, GrammarComposer
from smashcima.datasets.generation.fields import Where, shown
from smashcima.datasets.generation.licences import NONE_NEEDED
from smashcima.datasets.generation.sources.source import ScoreItem, ScoreSource
from smashcima.errors import SettingsError
from smashcima.loading import Loaded
from smashcima.randomness import Stream


class ComposeSource(ScoreSource):
    """Composed scores, without end.

    The main argument are conditions, as for `smashcima.composing.Conditions.from_data`, each a constant or a distribution.

    - `composer`: `grammar`; `{coverage: {times: 4}}` with the options of `CoverageComposer`; or `{corpus: model.json}`, the
      file of a `CorpusModel`.
    - `seed`: another one gives other scores; 0 by default.
    """

    KEY = "compose"
    FIELDS: ClassVar[tuple[str, ...]] = ("composer", "seed")

    def __init__(self, conditions: Conditions, composer: Composer, seed: int, where: Where) -> None:
        self._conditions = conditions
        self._composer = composer
        self._seed = seed
        self._where = where

    @classmethod
    def check_data(cls, data: Mapping[str, Any], where: Where) -> None:
        _conditions(data[cls.KEY], where.at(cls.KEY))
        where.at("seed").integer(data.get("seed", 0), 0, 2**63 - 1)
        composer_of_data(data.get("composer", "grammar"), where.at("composer"), Path("."))

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        composer = composer_of_data(data.get("composer", "grammar"), where.at("composer"), folder)
        conditions = _conditions(data[cls.KEY], where.at(cls.KEY))
        return ComposeSource(conditions, composer, data.get("seed", 0), where.at("composer"))

    def prepare(self) -> int | None:
        if isinstance(self._composer, CorpusComposer):
            try:
                _ = self._composer.learned
            except SettingsError as error:
                raise self._where.error(str(error)) from error
        return None

    def name(self, index: int) -> str:
        return f"composed {index}"

    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        stream = Stream.of_sample(self._seed, index).child("composer")
        made = self._composer.composition(self._conditions, stream.generator())
        metadata = {
            "conditions": made.conditions.to_data(),
            "title": made.score.title,
            "composer": made.score.composer,
        }
        return ScoreItem(self.name(index), Loaded(made.score, None, made.issues), self.licences[0], metadata)

    @property
    def licences(self) -> tuple[str, ...]:
        if isinstance(self._composer, CorpusComposer):
            return ("; ".join(self._composer.learned.licences),)
        return (NONE_NEEDED,)


def _conditions(data: Any, where: Where) -> Conditions:
    fields = where.mapping({} if data is None or data == "any" else data)
    try:
        return Conditions.from_data(fields)
    except SettingsError as error:
        raise where.error(str(error)) from error


def composer_of_data(data: Any, where: Where, folder: Path) -> Composer:
    """The composer that a source names; see `ComposeSource`."""
    if data == "grammar":
        return GrammarComposer()
    if data == "coverage":
        return CoverageComposer()
    if isinstance(data, Mapping) and len(data) == 1:
        (kind,) = data
        if kind == "corpus":
            return CorpusComposer(folder / where.at(kind).text(data[kind]))
        if kind == "coverage":
            try:
                return CoverageComposer(**where.at(kind).mapping(data[kind], ("signs", "times", "pairs")))
            except SettingsError as error:
                raise where.at(kind).error(str(error)) from error
    raise where.error(
        f"expected grammar, coverage, {{coverage: {{times: 4}}}} or {{corpus: model.json}}, got {shown(data)}"
    )
