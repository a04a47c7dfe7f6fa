"""What a command may write: never over its inputs, and over other files only on request."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from enum import Enum
from pathlib import Path

from smashcima.errors import ExportError, SettingsError

OVERWRITE_HELP = "Replace existing files."
SKIP_HELP = "Keep existing files, and do only what is missing."


class Existing(Enum):
    """What happens to files that exist."""

    REFUSE = "refuse"
    REPLACE = "replace"
    KEEP = "keep"

    @staticmethod
    def chosen(overwrite: bool, skip_existing: bool = False) -> Existing:
        """The choice of the options `--overwrite` and `--skip-existing`; raises `SettingsError` if both are given."""
        if overwrite and skip_existing:
            raise SettingsError("--overwrite and --skip-existing cannot be given together.")
        if overwrite:
            return Existing.REPLACE
        return Existing.KEEP if skip_existing else Existing.REFUSE


class OutputGuard:
    """Decides for each file whether a command may write it.

    Refused are the inputs of the command, by any name: another path, a symbolic or hard link, or a name that differs in
    case or Unicode normalisation only, which is the same file on some systems. Refused are also files that the command
    has written for another input.
    """

    def __init__(self, inputs: Iterable[Path], existing: Existing, can_skip: bool = True) -> None:
        self.existing = existing
        self._hint = (
            "--overwrite replaces it, --skip-existing keeps it" if can_skip else "--overwrite replaces it"
        )
        self._identities: set[tuple[int, int]] = set()
        self._names: set[tuple[str, str]] = set()
        self._owners: dict[tuple[str, str], Path] = {}
        for path in inputs:
            self._names.add(_place(path))
            self._identities.update(_identity(path))

    def is_input(self, path: Path) -> bool:
        """Whether the path is an input of the command."""
        return _place(path) in self._names or not self._identities.isdisjoint(_identity(path))

    def admits(self, path: Path, owner: Path) -> bool:
        """Whether a file is to be written for an input; `False` if it exists and is kept.

        Raises:
            ExportError: the file must not be written.
        """
        if self.is_input(path):
            raise ExportError(f"{path} is an input of this command, and inputs are never overwritten")
        other = self._owners.setdefault(_place(path), owner)
        if other != owner:
            raise ExportError(f"{path} was written for {other}; rename one of the two inputs")
        if not os.path.lexists(path) or self.existing is Existing.REPLACE:
            return True
        if self.existing is Existing.KEEP:
            return False
        raise ExportError(f"{path} exists; {self._hint}")


def check_file(path: Path, inputs: Iterable[Path], overwrite: bool) -> None:
    """Checks that a command may write its only output.

    Raises:
        SettingsError: the path is an input, or a file that exists and is not to be replaced.
    """
    try:
        OutputGuard(inputs, Existing.chosen(overwrite), can_skip=False).admits(path, path)
    except ExportError as error:
        raise SettingsError(f"{error}.") from error


def _place(path: Path) -> tuple[str, str]:
    """Folder and name, equal for names that some file systems do not distinguish."""
    folder = os.path.realpath(path.parent)
    return folder, unicodedata.normalize("NFC", path.name).casefold()


def _identity(path: Path) -> set[tuple[int, int]]:
    """Device and number of a file, equal for all its names; empty if it does not exist."""
    try:
        found = path.stat()
    except OSError:
        return set()
    return {(found.st_dev, found.st_ino)}
