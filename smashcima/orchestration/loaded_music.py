"""The music of a sample: loaded, or copied from what a call gives; and the record of where it is from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from smashcima.engraving import Engraving
from smashcima.errors import RecipeError
from smashcima.loading import Loaded, LoadedScores, SourceRecord, load_score
from smashcima.mei import write_mei
from smashcima.orchestration.music_scene import MusicScene, SceneOrigin
from smashcima.scene.semantic import Score
from smashcima.scene.semantic.score_copies import copied


def load_or_copy(source: Any, data: str | bytes | None, format: str | None) -> Loaded:
    """The loaded music; a given object is copied."""
    if isinstance(source, LoadedScores):
        source = source.first()
    if isinstance(source, MusicScene):
        source = source.score
    if isinstance(source, Loaded):
        return replace(source, score=copied(source.score, update=False)[0])
    if isinstance(source, Score):
        music, issues = copied(source, update=True)
        return Loaded(music, None, issues)
    return load_score(source, data=data, format=format)


def without_copy(arguments: tuple[Any, ...], options: Mapping[str, Any]) -> Loaded | None:
    """The score that a call gives as an object, not copied; `None` if it gives none, or other arguments as well."""
    given = arguments[0] if len(arguments) == 1 and not options else options.get("score")
    if isinstance(given, Loaded):
        return given
    return Loaded(given, None, tuple(given.update())) if isinstance(given, Score) else None


def origin_of(loaded: Loaded, laid_out: Engraving, recipe: Callable[[], dict[str, Any]]) -> SceneOrigin:
    """What a scene is made by and from; `recipe` describes the model, or raises `RecipeError`."""
    source, mei = loaded.source, None
    if source is None:
        mei = laid_out.mei or write_mei(loaded.score)
        source = SourceRecord.of("score", mei.encode(), format="MEI")
    try:
        return SceneOrigin(source, recipe(), source_mei=mei)
    except RecipeError as error:
        return SceneOrigin(source, no_recipe=str(error), source_mei=mei)
