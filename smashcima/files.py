"""Writing of files that are complete or absent, whatever interrupts the writing."""

from __future__ import annotations

import itertools
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

_LONGEST_STEM = 40
"""Most characters of a name that are repeated in the name of a temporary file. File systems limit names to 255 bytes."""

_numbers = itertools.count()


def write_file(path: str | Path, data: bytes) -> None:
    """Writes a file, replacing an existing one; raises an `OSError` if that fails, and then changes nothing.

    Readers see the former content or the new one, never a part.
    """
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: str | Path) -> Iterator[BinaryIO]:
    """A new file that takes the place of `path` when the context is left, and is deleted if an exception leaves it.

    The file is written beside `path`, and keeps the permissions of the file that it replaces. A symbolic link stays, and
    the file that it refers to is replaced. Devices and pipes are written directly, since they cannot be replaced.
    """
    # Plain strings: a folder of crops has hundreds of small files, for which paths cost as much as the writing.
    target = os.fspath(path) if os.path.isabs(path) else os.path.realpath(path)
    mode = _mode_of(target)
    if mode is not None and stat.S_ISLNK(mode):
        target = os.path.realpath(target)
        mode = _mode_of(target)
    if mode is not None and not stat.S_ISREG(mode):
        with open(target, "wb") as device:
            yield device
        return
    file, temporary = _new_file_beside(target)
    try:
        with file:
            yield file
        if mode is not None:
            os.chmod(temporary, stat.S_IMODE(mode))
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


def _mode_of(path: str) -> int | None:
    """Type and permissions of a file, or of a link to it; `None` if it does not exist."""
    try:
        return os.lstat(path).st_mode
    except FileNotFoundError:
        return None


def _new_file_beside(target: str) -> tuple[BinaryIO, str]:
    # `tempfile` would make a file that only its owner may read.
    folder, name = os.path.split(target)
    while True:
        path = os.path.join(folder, f".{name[:_LONGEST_STEM]}.{os.getpid()}-{next(_numbers)}.part")
        with suppress(FileExistsError):
            return open(path, "xb"), path
