"""Scores that texts describe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from smashcima.composing import Composer
from smashcima.composing.descriptions import Description, caption_of, parse_description
from smashcima.composing.descriptions.metadata import conditions_of, metadata_of
from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.sources.compose import ComposeSource, composer_of_data
from smashcima.datasets.generation.sources.source import ScoreItem, ScoreSource
from smashcima.errors import Issue, SettingsError
from smashcima.loading import Loaded
from smashcima.randomness import Stream


class DescribeSource(ComposeSource):
    """Composed scores that follow descriptions, without end; all descriptions are equally frequent.

    The main argument is a text, a list of texts, or `{file: texts.txt}`, a file with a text in each line. What they say about
    pages is in the metadata: the model of the plan decides how pages are drawn.

    - `composer` and `seed`: as of `ComposeSource`.
    """

    KEY = "describe"
    FIELDS: ClassVar[tuple[str, ...]] = ("composer", "seed")

    def __init__(
        self, descriptions: Sequence[Description], composer: Composer, seed: int, where: Where
    ) -> None:
        super().__init__(descriptions[0].conditions, composer, seed, where)
        self._descriptions = descriptions

    @classmethod
    def check_data(cls, data: Mapping[str, Any], where: Where) -> None:
        given = data[cls.KEY]
        if not isinstance(given, Mapping):  # a file may be made later
            _descriptions(given, where.at(cls.KEY), Path("."))
        else:
            where.at(cls.KEY).mapping(given, ("file",))
        where.at("seed").integer(data.get("seed", 0), 0, 2**63 - 1)
        composer_of_data(data.get("composer", "grammar"), where.at("composer"), Path("."))

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        composer = composer_of_data(data.get("composer", "grammar"), where.at("composer"), folder)
        found = _descriptions(data[cls.KEY], where.at(cls.KEY), folder)
        return DescribeSource(found, composer, data.get("seed", 0), where.at("composer"))

    def name(self, index: int) -> str:
        return f"described {index}"

    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        description = self._descriptions[index % len(self._descriptions)]
        stream = Stream.of_sample(self._seed, index).child("composer")
        made = self._composer.composition(description.conditions, stream.generator())
        told = conditions_of(made.score, made.conditions)
        drawing = description.drawing
        metadata = {
            "description": description.text,
            "caption": caption_of(told, drawing),
            "conditions": made.conditions.to_data(),
            "title": made.score.title,
            "composer": made.score.composer,
            **({"script": drawing.script} if drawing.script else {}),
            **drawing.options(),
            **metadata_of(told),
        }
        ignored = tuple(Issue("description", each.text, each.reason) for each in description.ignored)
        loaded = Loaded(made.score, None, (*ignored, *made.issues))
        return ScoreItem(self.name(index), loaded, self.licences[0], metadata)


def _descriptions(data: Any, where: Where, folder: Path) -> list[Description]:
    if isinstance(data, Mapping):
        texts = _lines(data, where, folder)
    else:
        texts = [data] if isinstance(data, str) else list(where.list(data))
    if not texts:
        raise where.error("expected at least one description")
    found = []
    for index, text in enumerate(texts):
        at = where if isinstance(data, str) else where.at(index)
        try:
            found.append(parse_description(at.text(text)))
        except SettingsError as error:
            raise at.error(str(error)) from error
    return found


def _lines(data: Mapping[str, Any], where: Where, folder: Path) -> list[str]:
    """The lines of a file that are not empty."""
    fields = where.mapping(data, ("file",))
    path = folder / where.at("file").text(fields.get("file"))
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise where.at("file").error(f"cannot read {path.name}: {error}") from error
    return [line.strip() for line in lines if line.strip()]
