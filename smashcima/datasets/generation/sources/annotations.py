"""Mashcima annotations: given, in a file, or generated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from smashcima.composing.annotations import AnnotationGenerator, AnnotationMix
from smashcima.datasets.generation.fields import Where, shown
from smashcima.datasets.generation.licences import NONE_NEEDED, UNKNOWN
from smashcima.datasets.generation.sources.source import ScoreItem, ScoreSource
from smashcima.errors import SettingsError, SourceError
from smashcima.loading import read_source
from smashcima.loading.mashcima import score_of_annotation
from smashcima.loading.text import decode
from smashcima.orchestration.staff_model import LoadedStaff


class AnnotationsSource(ScoreSource):
    """Annotations as scores of one staff, for staff models.

    The main argument is a list of annotations; the path of a file with one in each line; or `{generate: KIND}`, where the
    kind is `musical`, `balanced` or `random`, or a mapping of weights by kind. Generated annotations have no end.
    """

    KEY = "annotations"
    FIELDS: ClassVar[tuple[str, ...]] = ()

    def __init__(self, annotations: Sequence[str] | AnnotationGenerator, licence: str) -> None:
        self._annotations = annotations
        self._licence = licence

    @classmethod
    def check_data(cls, data: Mapping[str, Any], where: Where) -> None:
        at, given = where.at(cls.KEY), data[cls.KEY]
        if isinstance(given, Mapping):
            _generator(given, at)
        elif isinstance(given, list | tuple):
            for index, each in enumerate(given):
                at.at(index).text(each)
        elif not isinstance(given, str):
            raise at.error(
                f"expected a list of annotations, the path of a file, or {{generate: musical}}, got {shown(given)}"
            )

    @classmethod
    def from_data(cls, data: Mapping[str, Any], where: Where, folder: Path) -> ScoreSource:
        at, given = where.at(cls.KEY), data[cls.KEY]
        if isinstance(given, Mapping):
            return AnnotationsSource(_generator(given, at), NONE_NEEDED)
        if isinstance(given, str):
            try:
                text, _ = decode(read_source(folder / given))
            except SourceError as error:
                raise at.error(str(error)) from error
            given = text.split("\n")
        return AnnotationsSource([line for line in given if line.strip()], UNKNOWN)

    def prepare(self) -> int | None:
        return None if isinstance(self._annotations, AnnotationGenerator) else len(self._annotations)

    def name(self, index: int) -> str:
        return f"annotation {index}"

    def item(self, index: int, rng: np.random.Generator) -> ScoreItem:
        text = " ".join(self._annotations[index].split())
        score, issues = score_of_annotation(text)
        # A repaired annotation is not the one that is drawn.
        staff = LoadedStaff(score, None, tuple(issues), annotation="" if issues else text)
        return ScoreItem(self.name(index), staff, self._licence)

    @property
    def licences(self) -> tuple[str, ...]:
        return (self._licence,)


def _generator(data: Mapping[str, Any], where: Where) -> AnnotationGenerator:
    fields = where.mapping(data, ("generate", "seed"))
    if "generate" not in fields:
        raise where.error("expected the field generate: musical, balanced, random, or weights by kind")
    seed = where.at("seed").integer(fields.get("seed", 0), 0, 2**63 - 1)
    kind = fields["generate"]
    if isinstance(kind, Mapping):
        kind = {name: where.at("generate").at(name).number(weight, 0) for name, weight in kind.items()}
    elif not isinstance(kind, str):
        raise where.at("generate").error(
            f"expected the name of a kind, or weights by kind, got {shown(kind)}"
        )
    try:
        return AnnotationGenerator(seed, AnnotationMix.of(kind))
    except SettingsError as error:
        raise where.at("generate").error(str(error)) from error
