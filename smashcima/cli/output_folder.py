"""The folder into which a command writes files for each of its inputs."""

from __future__ import annotations

import filecmp
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smashcima.cli.protection import OutputGuard
from smashcima.errors import ExportError


class OutputFolder:
    """A folder that receives the files of an input together, after all of them have been written elsewhere.

    So an interruption leaves no file that is incomplete, and a file that must not be overwritten stops nothing halfway.
    """

    def __init__(self, directory: Path, guard: OutputGuard) -> None:
        self.directory = directory
        self._guard = guard

    @contextmanager
    def workshop(self) -> Iterator[Path]:
        """An empty folder on the same file system, which is deleted at the end."""
        self.directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(
            prefix=".smashcima-", dir=self.directory, ignore_cleanup_errors=True
        ) as folder:
            yield Path(folder)

    def receive(self, folder: Path, owner: Path) -> list[Path]:
        """Moves all files of a folder here, and returns their new paths, sorted by name.

        Files that exist with the same content are left alone.

        Args:
            folder: the folder with the files.
            owner: the input from which the files were made.

        Raises:
            ExportError: a file must not be written; then none is.
        """
        names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        admitted = [name for name in names if self._is_admitted(folder, name, owner)]
        # The last file is one whose presence shows that all are: the first page.
        try:
            for name in reversed(admitted):
                (self.directory / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(folder / name, self.directory / name)
        except OSError as error:
            raise ExportError(f"{self.directory} cannot be written: {error.strerror}") from error
        return [self.directory / name for name in names]

    def _is_admitted(self, folder: Path, name: str, owner: Path) -> bool:
        made, target = folder / name, self.directory / name
        is_input = self._guard.is_input(target)
        if not is_input and target.is_file() and filecmp.cmp(made, target, shallow=False):
            return False
        return self._guard.admits(target, owner)
