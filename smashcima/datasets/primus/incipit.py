"""An incipit with its files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smashcima.datasets.primus.kinds import FILES, FORMATS, checked_kinds, names_of
from smashcima.errors import SettingsError, SourceError, SourceNotFoundError
from smashcima.loading import Loaded, Source, load_score
from smashcima.loading.text import decode
from smashcima.scene.semantic import Score


@dataclass(frozen=True, slots=True)
class PrimusIncipit:
    """An incipit of PrIMuS, with its files in memory, or read when needed."""

    id: str
    """Identifier of RISM with the number of the incipit: `000051652-1_2_1`."""

    path: str
    """Its directory in the corpus: `./package_aa/000051652-1_2_1`."""

    files: Mapping[str, bytes]
    """Contents of its files by name."""

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of files that it has: `agnostic`, `semantic`, `mei`, `pae`, `midi`, `png`, `svg`, ..."""
        return tuple(kind for kind in FILES if self._name(kind) is not None)

    @property
    def agnostic(self) -> str | None:
        """The agnostic encoding; `None` if there is none."""
        return self.text("agnostic")

    @property
    def semantic(self) -> str | None:
        """The semantic encoding; `None` if there is none."""
        return self.text("semantic")

    @property
    def mei(self) -> str | None:
        """The MEI document; `None` if there is none."""
        return self.text("mei")

    @property
    def pae(self) -> str | None:
        """The Plaine & Easie code; `None` if there is none."""
        return self.text("pae")

    @property
    def png(self) -> bytes | None:
        """The image as the bytes of a PNG file; `None` if there is none."""
        return self.data("png")

    def text(self, kind: str) -> str | None:
        """Content of a file as text; `None` if there is no file of this kind."""
        data, name = self.data(kind), self._name(kind)
        return None if data is None or name is None else decode(Source(name, data))[0]

    def data(self, kind: str) -> bytes | None:
        """Content of a file as bytes; `None` if there is no file of this kind."""
        name = self._name(kind)
        return None if name is None else self.files[name]

    def file_path(self, kind: str) -> str:
        """Path of a file in the corpus: `./package_aa/000051652-1_2_1/000051652-1_2_1.agnostic`.

        Raises:
            SourceNotFoundError: there is no file of this kind.
        """
        name = self._name(kind)
        if name is None:
            raise SourceNotFoundError(
                f"{self.path} has no {kind} file; it has {', '.join(self.kinds) or 'none'}."
            )
        return f"{self.path}/{name}"

    def load(self, kind: str = "mei") -> Loaded:
        """Loads the incipit from a file: `mei`, `pae`, `agnostic`, `semantic` or `midi`; returns score and issues.

        Raises:
            SettingsError: files of this kind contain no music.
            SourceNotFoundError: there is no file of this kind.
            SourceError: the file cannot be read; the message names it.
        """
        if kind not in FORMATS:
            raise SettingsError(
                f"An incipit cannot be loaded from {kind!r}; choose from {', '.join(FORMATS)}."
            )
        path = self.file_path(kind)
        data = self.data(kind)
        assert data is not None
        try:
            return load_score(data=data, format=FORMATS[kind])
        except SourceError as error:
            raise type(error)(f"{path}: {error}") from error

    def score(self, kind: str = "mei") -> Score:
        """Loads the incipit and returns its score alone; arguments and errors are those of `load`."""
        return self.load(kind).score

    def _name(self, kind: str) -> str | None:
        """Name of the file of a kind, if there is one."""
        checked_kinds((kind,))
        return next((name for name in names_of(kind, self.id) if name in self.files), None)
