"""Samples made again from their records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, cast

from smashcima.errors import RecipeError, SourceError, SourceNotFoundError
from smashcima.loading import GivenAs, Loaded, SourceRecord, load_scores, read_source, sha256_of
from smashcima.mei import read_mei
from smashcima.orchestration.music_scene import MusicScene
from smashcima.orchestration.recipes import Recipe
from smashcima.orchestration.score_model import ScoreModel


@dataclass(frozen=True)
class SampleRecord:
    """The record of a scene (`scene.record`), read and checked."""

    recipe: Recipe
    index: int
    source: SourceRecord
    mei: str | None
    """The music, if the record holds it."""

    pages: tuple[int, ...] | None
    """The pages to make; `None` for all of them."""

    versions: Mapping[str, str]
    folder: Path
    """Where the record lies: the path of its source may be relative to that."""

    @staticmethod
    def load(path: str | Path) -> SampleRecord:
        """Reads a file with a record in it: JSON of `scene.record`, or an annotation of the format `alignment`.

        Raises:
            RecipeError: it is no record, or of a scene that cannot be repeated; the message says why.
        """
        path = Path(path)
        try:
            data = json.loads(path.read_bytes())
        except (OSError, ValueError, RecursionError) as error:
            raise RecipeError(f"The record {path} cannot be read: {error}.") from error
        if isinstance(data, Mapping) and isinstance(data.get("record"), Mapping):
            data = data["record"]
        return SampleRecord.from_dict(data, name=path.name, folder=path.parent)

    @staticmethod
    def from_dict(data: Any, *, name: str = "the record", folder: str | Path = ".") -> SampleRecord:
        """The record that `scene.record` or `scene.record_with_source` gave; `name` is what messages call it.

        Raises:
            RecipeError: it is no record, or of a scene that cannot be repeated.
        """
        if not isinstance(data, Mapping) or "index" not in data or "recipe" not in data:
            raise RecipeError(
                f"{name} is no record of a scene: it has no recipe. `smashcima render -f record` writes one."
            )
        if data["recipe"] is None:
            reason = data.get("no_recipe", "the record does not say why.")
            raise RecipeError(
                f"The sample of {name} cannot be repeated, since its model has no recipe: {reason}"
            )
        index = data["index"]
        if isinstance(index, bool) or not isinstance(index, int) or index < 0:
            raise RecipeError(f"{name}: index: an integer from 0 on is wanted, not {index!r}.")
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
        """The music of the sample: from `source`, else from where the record says.

        Raises:
            SourceError: it is not there, or it is not the same music.
        """
        data = self.mei.encode() if self.mei is not None and source is None else self._read(source)
        found = sha256_of(data)
        if found != self.source.sha256:
            raise SourceError(
                f"{source or self.source.path or 'The music in the record'} is not the music of the sample: its SHA-256 "
                f"is {found}, the record has {self.source.sha256}."
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
                f"The source has {len(scores)} scores; the sample is of number {self.source.number}."
            )
        # The new record names the source as the old one did, wherever the file lies now.
        return replace(scores[self.source.number - 1], source=self.source)

    def repeat(self, source: str | Path | None = None) -> MusicScene:
        """Makes the sample again.

        The modules that its recipe names are imported, which runs their code: see `Recipe.foreign_modules`.

        Args:
            source: the music, if it is not where the record says.

        Raises:
            RecipeError: the model cannot be made.
            SourceError: the music is not there, or not the same.
        """
        model = self.recipe.build()
        if not isinstance(model, ScoreModel):
            raise RecipeError(f"{self.recipe.model} is not a model from scores to pages.")
        loaded = self.load_source(source)
        # Not by calling the model, which may compose the music itself.
        model._start_sample(self.index)
        return model.draw(loaded, self.index, self.pages)

    def other_versions(self, scene: MusicScene) -> tuple[str, ...]:
        """What a scene depends on that had another version when the record was made, as messages."""
        names = sorted({*self.versions, *scene.versions})
        return tuple(
            f"{name} is {scene.versions.get(name, 'missing')} here, and was {self.versions.get(name, 'missing')}"
            for name in names
            if scene.versions.get(name) != self.versions.get(name)
        )

    def _read(self, source: str | Path | None) -> bytes:
        if source is None and self.source.path is None:
            raise SourceNotFoundError(
                "The record does not say where the music is, since it was given as "
                f"{'a Score' if self.source.given_as == 'score' else 'data'}. Name a file with the same "
                f"{'MEI, as `write_mei` writes it' if self.source.given_as == 'score' else 'content'}."
            )
        return read_source(source or self._path()).data

    def _path(self) -> Path:
        """The file that the record names, as seen from here or from the record."""
        path = Path(self.source.path or "")
        beside = self.folder / path
        if not path.exists() and not beside.exists():
            raise SourceNotFoundError(
                f"The record says that the music is in {path}, which is neither here nor beside the record."
            )
        return path if path.exists() else beside


def _pages_of(data: Any, name: str) -> tuple[int, ...] | None:
    if data is None:
        return None
    if not isinstance(data, list) or not all(type(each) is int for each in data):
        raise RecipeError(f"{name}: pages: a list of indices is wanted, not {data!r:.200}.")
    return tuple(data)


def _source_of(data: Any, name: str) -> tuple[SourceRecord, str | None]:
    wrong = RecipeError(f"{name}: source: the path and checksum of the music are wanted, not {data!r:.200}.")
    if not isinstance(data, Mapping):
        raise wrong
    given_as, sha256, path, number = (data.get(key) for key in ("given_as", "sha256", "path", "number"))
    format_name, mei = data.get("format"), data.get("mei")
    is_right = (
        given_as in ("file", "text", "bytes", "score")
        and isinstance(sha256, str)
        and all(text is None or isinstance(text, str) for text in (path, format_name, mei))
        and isinstance(number, int)
        and number >= 1
    )
    if not is_right:
        raise wrong
    return SourceRecord(cast("GivenAs", given_as), str(sha256), path, format_name, int(number or 1)), mei
