"""Folders in storage that fsspec reaches, such as `s3://bucket/data` and `memory://data`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from smashcima.errors import GenerationError, SettingsError
from smashcima.extras import need


def is_url(path: str | os.PathLike[str]) -> bool:
    """Whether a path is a URL, such as `s3://bucket/data`, and not a path of this machine."""
    return isinstance(path, str) and "://" in path


class RemoteFolder:
    """A folder in such storage. Names of files are relative to it, with `/` between folders."""

    def __init__(self, url: str) -> None:
        """Opens a folder, which need not exist.

        Raises:
            SettingsError: fsspec, or its package for this kind of storage, is not installed, or the URL is invalid.
        """
        self.url = url.rstrip("/")
        need("fsspec", "remote", f"{url} needs")
        import fsspec

        try:
            self._files, self._root = fsspec.core.url_to_fs(self.url)
        except (ImportError, ValueError) as error:
            raise SettingsError(f"{url} cannot be opened: {error}.") from error

    def names(self) -> list[str]:
        """Names of all files, sorted."""
        self._files.invalidate_cache()
        found = self._attempt(lambda: self._files.find(self._root) if self._files.exists(self._root) else [])
        root = self._root.strip("/")
        return sorted(path.strip("/").removeprefix(root).lstrip("/") for path in found)

    def send(self, local: Path, name: str) -> None:
        """Writes a file of this machine to the folder."""
        self._files.makedirs(f"{self._root}/{name}".rpartition("/")[0], exist_ok=True)
        self._attempt(lambda: self._files.put_file(str(local), f"{self._root}/{name}"))

    def fetch(self, name: str, local: Path) -> None:
        """Copies a file to this machine; it is complete or absent there."""
        local.parent.mkdir(parents=True, exist_ok=True)
        temporary = local.with_name(f".{local.name}.part")
        self._attempt(lambda: self._files.get_file(f"{self._root}/{name}", str(temporary)))
        os.replace(temporary, local)

    def _attempt(self, work: Any) -> Any:
        try:
            return work()
        except OSError as error:
            raise GenerationError(f"{self.url} cannot be read or written: {error}.") from error
