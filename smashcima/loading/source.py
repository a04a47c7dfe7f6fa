"""Music as it is given: a file, text or bytes, read under a size limit."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from smashcima import settings
from smashcima.errors import MalformedSourceError, SourceError, SourceNotFoundError, UnsafeSourceError

NAME_OF_DATA = "the given data"
"""How messages call music that was not given as a file."""


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of one source, and what is known about them."""

    name: str
    """What messages and issues call it: the file name."""

    data: bytes
    """The bytes of the file, or the text that was given, in UTF-8."""

    suffix: str = ""
    """Suffix of the file name in lower case with its dot, empty for data."""

    is_text: bool = False
    """Whether it was given as `str`: `data` is UTF-8, whatever an XML declaration in it says."""


def read_source(path: str | os.PathLike[str]) -> Source:
    """Read a file.

    Raises:
        SourceNotFoundError: there is no such file, it is not a regular file, or may not be read.
        MalformedSourceError: it is empty.
        UnsafeSourceError: it is larger than `settings.max_source_bytes()`; it is not read.
    """
    try:
        file = Path(path)
        status = file.stat()
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        raise SourceNotFoundError(_no_such_file(os.fspath(path), error)) from error
    if not stat.S_ISREG(status.st_mode):
        kind = "a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        raise SourceNotFoundError(f"{file} is {kind}; give the path of a music file.")
    _check_size(status.st_size, file.name)
    try:
        with file.open("rb") as stream:
            data = stream.read(settings.max_source_bytes() + 1)  # it may have grown since
    except PermissionError as error:
        raise SourceNotFoundError(f"{file} may not be read: {error.strerror}.") from error
    except OSError as error:
        raise SourceError(f"{file} could not be read: {error}.") from error
    _check_size(len(data), file.name)
    return Source(file.name, data, file.suffix.lower())


def source_of_data(data: str | bytes | bytearray | memoryview) -> Source:
    """Take music that is in memory already; raises as `read_source` does for its size."""
    _check_size(len(data), NAME_OF_DATA)
    if not isinstance(data, str):
        return Source(NAME_OF_DATA, bytes(data))
    try:
        encoded = data.encode()
    except UnicodeEncodeError as error:
        raise MalformedSourceError(
            f"{NAME_OF_DATA} has a lone surrogate at character {error.start}, which no encoding can express; "
            "give the undecoded bytes instead."
        ) from error
    _check_size(len(encoded), NAME_OF_DATA)
    return Source(NAME_OF_DATA, encoded, is_text=True)


def _check_size(size: int, name: str) -> None:
    if size == 0:
        raise MalformedSourceError(f"{name} is empty.")
    limit = settings.max_source_bytes()
    if size > limit:
        raise UnsafeSourceError(
            f"{name} has {size >> 20} MiB, more than the {limit >> 20} MiB that are read. "
            "Set SMASHCIMA_MAX_SOURCE_MB to allow more."
        )


def _no_such_file(path: str | bytes, error: Exception) -> str:
    text = os.fsdecode(path) if isinstance(path, bytes) else path
    if "\n" in text or text.lstrip().startswith(("<", "X:", "**", "@")):
        return "This looks like music, not like the path of a file; give it as `data=`."
    shown = text if len(text) <= 300 else f"{text[:300]}…"
    reason = "there is no such file" if isinstance(error, FileNotFoundError) else str(error)
    return f"{shown!r} cannot be opened: {reason}."
