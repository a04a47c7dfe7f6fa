"""File output with informative errors."""

from __future__ import annotations

from pathlib import Path

from smashcima.errors import ExportError
from smashcima.files import write_file


def write_text(text: str, path: str | Path) -> None:
    """Writes text in UTF-8 without changing line ends; raises an `ExportError` if that fails."""
    write_bytes(text.encode("utf-8"), path)


def write_bytes(data: bytes, path: str | Path) -> None:
    """Writes bytes; raises an `ExportError` if that fails, and then leaves an existing file as it was."""
    try:
        write_file(path, data)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.") from error
