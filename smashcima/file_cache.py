"""Files of a cache directory that processes share, with a limit for their total size."""

from __future__ import annotations

import os
from pathlib import Path

from smashcima.files import write_file

_WRITTEN_BETWEEN_CHECKS = 100
"""Files that a process writes before it looks at the size of the directory again."""


class FileCache:
    """Content by key, in files of a directory of about `max_bytes` at most.

    Any number of processes may share a directory: files are written whole. When the directory is too large, files are
    removed, those first that have not been used for the longest time. A cache is optional, so a directory or file that
    cannot be read or written is no error.
    """

    def __init__(self, directory: Path, max_bytes: int, suffix: str) -> None:
        """Uses a directory, which is created when the first file is written; names of files end with `suffix`."""
        self.directory = directory
        self.max_bytes = max_bytes
        self._suffix = suffix
        self._until_check = 0

    def read(self, key: str) -> bytes | None:
        """The content of a key, which counts as used now; `None` if there is none."""
        path = self._path(key)
        try:
            content = path.read_bytes()
            os.utime(path)  # the time of the last use
        except OSError:
            return None
        return content

    def write(self, key: str, content: bytes) -> None:
        """Keeps the content of a key, a checksum in hexadecimal digits; removes other files if there are too many."""
        path = self._path(key)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, content)
            if self._until_check == 0:
                self._remove_oldest()
                self._until_check = _WRITTEN_BETWEEN_CHECKS
            self._until_check -= 1
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self.directory / key[:2] / f"{key}{self._suffix}"

    def _remove_oldest(self) -> None:
        files = []
        for path in self.directory.rglob(f"*{self._suffix}"):
            state = path.stat()
            files.append((state.st_mtime_ns, state.st_size, path))
        left = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if left <= self.max_bytes:
                break
            path.unlink(missing_ok=True)
            left -= size
