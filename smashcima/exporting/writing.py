"""Writing files, with errors that say what went wrong."""

from __future__ import annotations

from pathlib import Path

from smashcima.errors import ExportError


def write_text(text: str, path: str | Path) -> None:
    """Writes text in UTF-8, with line ends as they are; an `ExportError` if that is not possible."""
    write_bytes(text.encode("utf-8"), path)


def write_bytes(data: bytes, path: str | Path) -> None:
    """Writes bytes; an `ExportError` if that is not possible."""
    try:
        Path(path).write_bytes(data)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}.") from error
