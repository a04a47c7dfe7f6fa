"""Layouts in files of the cache directory."""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from smashcima.engraving.engraving import Engraving
from smashcima.engraving.storing.packing import pack_layout, unpack_layout
from smashcima.files import write_file
from smashcima.scene.graph import garbage_collection_paused

_LEVEL = 1
"""Of compression: the files are twice as large as with level 9, and are written ten times as fast."""

_WRITTEN_BETWEEN_CHECKS = 100
"""Files that a process writes before it looks at the size of the directory again."""


class StoredLayouts:
    """Layouts by what they depend on, as compressed JSON.

    Any number of processes may share a directory: files are written whole, and are removed by age, those first that
    have not been used for the longest time. A file that is damaged is written again.
    """

    def __init__(self, directory: Path, max_bytes: int) -> None:
        """Uses a directory, which is made when the first layout is written, up to about `max_bytes`."""
        self.directory = directory
        self.max_bytes = max_bytes
        self._until_check = 0

    def get(self, depends_on: Iterable[str], mei: str, make: Callable[[], Engraving]) -> Engraving:
        """The layout of a score; made by `make` if it is not stored.

        Args:
            depends_on: everything but the music on which the layout depends: options, versions.
            mei: the music.
            make: lays out the music.
        """
        digest = hashlib.sha256(json.dumps(list(depends_on)).encode())
        digest.update(mei.encode())
        key = digest.hexdigest()
        path = self.directory / key[:2] / f"{key}.json.z"
        known = _read(path, mei)
        if known is None:
            known = make()
            self._write(path, known)
        return known

    def _write(self, path: Path, layout: Engraving) -> None:
        """Writes a layout; does nothing if that is not possible, since the cache is optional."""
        try:
            data = zlib.compress(json.dumps(pack_layout(layout), separators=(",", ":")).encode(), _LEVEL)
        except TypeError:  # a primitive of another engraver
            return
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, data)
            if self._until_check == 0:
                self._remove_oldest()
                self._until_check = _WRITTEN_BETWEEN_CHECKS
            self._until_check -= 1
        except OSError:
            return

    def _remove_oldest(self) -> None:
        files = []
        for path in self.directory.glob("*/*.json.z"):
            state = path.stat()
            files.append((state.st_mtime_ns, state.st_size, path))
        left = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if left <= self.max_bytes:
                break
            path.unlink(missing_ok=True)
            left -= size


def _read(path: Path, mei: str) -> Engraving | None:
    """The layout in a file; `None` if there is none, or if it is damaged."""
    try:
        with garbage_collection_paused():
            layout = unpack_layout(json.loads(zlib.decompress(path.read_bytes())), mei)
        os.utime(path)  # the time of the last use
    except (OSError, ValueError, TypeError, LookupError, zlib.error):
        return None
    return layout


@cache
def code_fingerprint(*packages: str) -> str:
    """A checksum of the sizes and times of the source files of packages, so that edited code finds no older layouts."""
    digest = hashlib.sha256()
    for package in packages:
        for path in sorted(Path(package).rglob("*.py")):
            state = path.stat()
            digest.update(f"{path.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
