"""Reading of sources from files, text or bytes, with a size limit."""

from __future__ import annotations

import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from smashcima import settings
from smashcima.errors import (
    MalformedSourceError,
    SourceError,
    SourceNotFoundError,
    UnsafeSourceError,
    reason_of,
)
from smashcima.short_repr import ShortRepr

NAME_OF_DATA = "the given data"
"""Name, in messages, of music that does not come from a file."""

_LONGEST_PATH = 300
"""Characters of a path that messages show."""


@dataclass(frozen=True, slots=True)
class Source(ShortRepr):
    """The bytes of one source, with its name and suffix."""

    name: str
    """Name in messages and issues: the file name, or `NAME_OF_DATA`."""

    data: bytes
    """The bytes of the file, or the given text encoded in UTF-8."""

    suffix: str = ""
    """Suffix of the file name in lower case, with its dot; empty for data."""

    is_text: bool = False
    """Whether it was given as `str`; `data` is then UTF-8, regardless of an XML declaration."""


def read_source(path: str | os.PathLike[str]) -> Source:
    """Reads a file.

    Raises:
        SourceNotFoundError: the file does not exist, is not a regular file, or its permissions forbid reading.
        MalformedSourceError: the file is empty.
        UnsafeSourceError: the file is larger than `settings.max_source_bytes()`.
    """
    try:
        file = Path(path)
        status = file.stat()
    except (OSError, ValueError) as error:  # ValueError: a NUL character in the path
        message = _no_such_file(os.fspath(path), error)
        # An error of the system prints all that was given, which may be a whole score.
        raise SourceNotFoundError(message) from (error if len(os.fspath(path)) <= _LONGEST_PATH else None)
    if not stat.S_ISREG(status.st_mode):
        kind = "a directory" if stat.S_ISDIR(status.st_mode) else "not a regular file"
        raise SourceNotFoundError(f"{file} is {kind}. Give the path of a music file.")
    _check_size(status.st_size, file.name)
    try:
        with file.open("rb") as stream:
            data = stream.read(settings.max_source_bytes() + 1)  # the file may have grown since `stat`
    except PermissionError as error:
        raise SourceNotFoundError(f"{file} cannot be read: {error.strerror}.") from error
    except OSError as error:
        raise SourceError(f"{file} could not be read: {reason_of(error)}.") from error
    _check_size(len(data), file.name)
    return Source(file.name, data, file.suffix.lower())


def source_of_data(data: str | bytes | bytearray | memoryview) -> Source:
    """Source of music in memory; raises the errors of `read_source` for its size."""
    _check_size(len(data), NAME_OF_DATA)
    if not isinstance(data, str):
        return Source(NAME_OF_DATA, bytes(data))
    try:
        encoded = data.encode()
    except UnicodeEncodeError as error:
        raise MalformedSourceError(
            f"{NAME_OF_DATA} has a lone surrogate at character {error.start}, which cannot be encoded. "
            "Give the undecoded bytes instead."
        ) from error
    _check_size(len(encoded), NAME_OF_DATA)
    return Source(NAME_OF_DATA, encoded, is_text=True)


def _check_size(size: int, name: str) -> None:
    if size == 0:
        raise MalformedSourceError(f"{name} is empty.")
    limit = settings.max_source_bytes()
    if size > limit:
        raise UnsafeSourceError(
            f"{name} has {size >> 20} MiB, more than the limit of {limit >> 20} MiB. "
            "Set SMASHCIMA_MAX_SOURCE_MB to raise the limit."
        )


def _no_such_file(path: str | bytes, error: Exception) -> str:
    text = os.fsdecode(path) if isinstance(path, bytes) else path
    if "\n" in text or text.lstrip().startswith(("<", "X:", "**", "@")):
        return "`source` looks like music, not like a file path. Give music as `data=`."
    if re.match(r"[a-z]+://", text):
        return f"{text!r} is an address, not a path. Download the file first."
    shown = text if len(text) <= _LONGEST_PATH else f"{text[:_LONGEST_PATH]}…"
    reason = "there is no such file" if isinstance(error, FileNotFoundError) else str(error)
    return f"{shown!r} cannot be opened: {reason}."
