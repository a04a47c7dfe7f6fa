"""Repeats samples from their records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from smashcima.errors import RecipeError, SourceError, SourceNotFoundError, reason_of
from smashcima.loading import GivenAs, Loaded, SourceRecord, load_scores, read_source, sha256_of
from smashcima.mei import read_mei
from smashcima.orchestration.music_scene import MusicScene
from smashcima.orchestration.recipes import Recipe
from smashcima.orchestration.score_model import ScoreModel
from smashcima.short_repr import ShortRepr


@dataclass(frozen=True)
class SampleRecord(ShortRepr):
    """A validated record of a scene (`scene.record`)."""

    recipe: Recipe
    index: int
    source: SourceRecord
    mei: str | None
    """The music as MEI, if it is embedded in the record."""

    pages: tuple[int, ...] | None
    """Indices of the pages to make; `None` for all."""

    versions: Mapping[str, str]
    folder: Path
    """Folder of the record; the path of the source may be relative to it."""

    @staticmethod
    def load(path: str | Path) -> SampleRecord:
        """Reads a record from a JSON file of `scene.record`, or from an annotation of the format `alignment`.

        Raises:
            RecipeError: the file is not a record, or the scene cannot be repeated.
        """
        path = Path(path)
        try:
            data = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError) as error:
            raise RecipeError(f"The record {path} cannot be read: {reason_of(error)}.") from error
        if isinstance(data, Mapping) and isinstance(data.get("record"), Mapping):
            data = data["record"]
        return SampleRecord.from_dict(data, name=path.name, folder=path.parent)

    @staticmethod
    def from_dict(data: Any, *, name: str = "the record", folder: str | Path = ".") -> SampleRecord:
        """Reads the value of `scene.record` or `scene.record_with_source()`; `name` names it in messages.

        Raises:
            RecipeError: the value is not a record, or the scene cannot be repeated.
        """
        if not isinstance(data, Mapping) or "index" not in data or "recipe" not in data:
            raise RecipeError(
                f"{name} is not the record of a scene: it has no recipe. `smashcima render -f record` writes records."
            )
        if data["recipe"] is None:
            reason = data.get("no_recipe", "no reason given.")
            raise RecipeError(
                f"The sample in {name} cannot be repeated because its model has no recipe: {reason}"
            )
        index = data["index"]
        if isinstance(index, bool) or not isinstance(index, int) or index < 0:
            raise RecipeError(f"{name}: index: expected an integer of 0 or more, got {index!r}.")
        versions = data.get("versions")
        source, mei = _source_of(data.get("source"), name)
        return SampleRecord(
            Recipe.from_dict(data["recipe"], source=f"the recipe in {name}"),
            index,
            source,
            mei,
            _pages_of(data.get("pages"), name),
            {str(key): str(value) for key, value in versions.items()}
            if isinstance(versions, Mapping)
            else {},
            Path(folder),
        )

    def load_source(self, source: str | Path | None = None) -> Loaded:
        """Loads the music of the sample from `source`, or from the path in the record.

        Raises:
            SourceError: the file is missing, or its checksum differs.
        """
        data = self.mei.encode() if self.mei is not None and source is None else self._read(source)
        found = sha256_of(data)
        if found != self.source.sha256:
            raise SourceError(
                f"{source or self.source.path or 'The music in the record'} is not the music of the sample: its SHA-256 "
                f"is {found}, but the record has {self.source.sha256}."
            )
        if self.source.given_as == "score":
            score, _ = read_mei(data)
            return Loaded(score, None, tuple(score.update()))
        if self.source.given_as == "file":
            loaded = load_scores(source or self._path(), format=self.source.format)
        else:
            given = data.decode() if self.source.given_as == "text" else data
            loaded = load_scores(data=given, format=self.source.format)
        scores = loaded.each()
        if self.source.number > len(scores):
            raise SourceError(
                f"The source has {len(scores)} scores; the sample shows score {self.source.number}."
            )
        # The new record names the source as the old one did, even if the file has moved.
        return replace(scores[self.source.number - 1], source=self.source)

    def repeat(self, source: str | Path | None = None) -> MusicScene:
        """Makes the sample again.

        Imports the modules that the recipe names, which runs their code: see `Recipe.foreign_modules`.

        Args:
            source: path of the music, if it has moved.

        Raises:
            RecipeError: the model cannot be built.
            SourceError: the music is missing, or its checksum differs.
        """
        model = self.recipe.build()
        if not isinstance(model, ScoreModel):
            raise RecipeError(f"{self.recipe.model} is not a `ScoreModel`.")
        loaded = self.load_source(source)
        # The model is not called, since it may compose the music itself.
        model._start_sample(self.index)
        return model.draw(loaded, self.index, self.pages)

    def other_versions(self, scene: MusicScene) -> tuple[str, ...]:
        """Describes each version that differs between the record and a scene."""
        names = sorted({*self.versions, *scene.versions})
        return tuple(
            f"{name} is {scene.versions.get(name, 'missing')} here, and was {self.versions.get(name, 'missing')}"
            for name in names
            if scene.versions.get(name) != self.versions.get(name)
        )

    def _read(self, source: str | Path | None) -> bytes:
        if source is None and self.source.text is not None:
            return self.source.text.encode()
        if source is None and self.source.path is None:
            raise SourceNotFoundError(
                "The record has no path of the music, because the music was given as "
                f"{'a Score' if self.source.given_as == 'score' else 'data'}. Name a file with the same "
                f"{'MEI, as `write_mei` writes it' if self.source.given_as == 'score' else 'content'}."
            )
        return read_source(source or self._path()).data

    def _path(self) -> Path:
        """Path of the source, relative to the current folder or to the record."""
        path = Path(self.source.path or "")
        beside = self.folder / path
        if not path.exists() and not beside.exists():
            raise SourceNotFoundError(
                f"The music was in {path}, which exists neither in the current folder nor beside the record."
            )
        return path if path.exists() else beside


def _pages_of(data: Any, name: str) -> tuple[int, ...] | None:
    if data is None:
        return None
    if not isinstance(data, list) or not all(type(each) is int for each in data):
        raise RecipeError(f"{name}: pages: expected a list of indices, got {data!r:.200}.")
    return tuple(data)


def _source_of(data: Any, name: str) -> tuple[SourceRecord, str | None]:
    wrong = RecipeError(f"{name}: source: expected the path and checksum of the music, got {data!r:.200}.")
    if not isinstance(data, Mapping):
        raise wrong
    given_as, sha256, path, number = (data.get(key) for key in ("given_as", "sha256", "path", "number"))
    format_name, mei, text = data.get("format"), data.get("mei"), data.get("text")
    is_right = (
        given_as in ("file", "text", "bytes", "score")
        and isinstance(sha256, str)
        and all(each is None or isinstance(each, str) for each in (path, format_name, mei, text))
        and isinstance(number, int)
        and number >= 1
    )
    if not is_right:
        raise wrong
    return SourceRecord(
        cast("GivenAs", given_as), str(sha256), path, format_name, int(number or 1), text
    ), mei
