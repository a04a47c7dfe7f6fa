"""Layouts in files of the cache directory."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from smashcima.engraving.engraving import Engraving
from smashcima.engraving.storing.packing import pack_layout, unpack_layout
from smashcima.file_cache import FileCache
from smashcima.scene.graph import garbage_collection_paused

_LEVEL = 1
"""Of compression: the files are twice as large as with level 9, and are written ten times as fast."""


class StoredLayouts:
    """Layouts by what they depend on, as compressed JSON in a cache directory. A file that is damaged is written again."""

    def __init__(self, directory: Path, max_bytes: int) -> None:
        """Uses a directory, which is created when the first layout is written, up to about `max_bytes`."""
        self._files = FileCache(directory, max_bytes, ".json.z")

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
        known = _unpacked(self._files.read(key), mei)
        if known is None:
            known = make()
            packed = _packed(known)
            if packed is not None:
                self._files.write(key, packed)
        return known


def _packed(layout: Engraving) -> bytes | None:
    """The content of a file; `None` if the layout has primitives of another engraver."""
    try:
        return zlib.compress(json.dumps(pack_layout(layout), separators=(",", ":")).encode(), _LEVEL)
    except TypeError:
        return None


def _unpacked(content: bytes | None, mei: str) -> Engraving | None:
    """The layout in a file; `None` if there is none, or if it is damaged."""
    if content is None:
        return None
    try:
        with garbage_collection_paused():
            return unpack_layout(json.loads(zlib.decompress(content)), mei)
    except (ValueError, TypeError, LookupError, zlib.error):
        return None


@cache
def code_fingerprint(*packages: str) -> str:
    """A checksum of the sizes and times of the source files of packages, so that edited code finds no older layouts."""
    digest = hashlib.sha256()
    for package in packages:
        for path in sorted(Path(package).rglob("*.py")):
            state = path.stat()
            digest.update(f"{path.name} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
