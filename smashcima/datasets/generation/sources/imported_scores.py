"""Imported scores, kept between samples, processes and runs."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable
from pathlib import Path

from smashcima import settings
from smashcima.errors import Issue
from smashcima.file_cache import FileCache
from smashcima.loading import LoadedMei
from smashcima.orchestration.versions import versions

_FORMAT = 1


class ImportedScores:
    """MEI of imported sources by checksum, as compressed files in the cache directory.

    Reading MEI takes a tenth of the time of an import. Scores imported by other versions of Smashcima and Verovio are not
    used. Nothing is kept if the environment variable `SMASHCIMA_IMPORT_CACHE_MB` is 0.
    """

    def __init__(self, directory: Path | None = None) -> None:
        """Opens the cache; by default that of the cache directory."""
        limit = settings.import_cache_bytes()
        directory = directory or settings.cache_dir() / "imported-scores"
        self._files = FileCache(directory, limit, ".json.z") if limit else None

    def get(self, sha256: str, load: Callable[[], LoadedMei]) -> LoadedMei:
        """The imported source with a checksum; imported by `load` if it is not known."""
        if self._files is None:
            return load()
        used = versions()
        key = hashlib.sha256(f"{_FORMAT} {used['smashcima']} {used['verovio']} {sha256}".encode()).hexdigest()
        known = _unpacked(self._files.read(key))
        if known is None:
            known = load()
            self._files.write(key, _packed(known))
        return known


def _packed(imported: LoadedMei) -> bytes:
    """The content of a file."""
    data = {
        "meis": imported.meis,
        "names": imported.names,
        "issues": [(issue.where, issue.element, issue.what) for issue in imported.issues],
        "source_name": imported.source_name,
        "format": imported.format,
    }
    return zlib.compress(json.dumps(data).encode())


def _unpacked(content: bytes | None) -> LoadedMei | None:
    """The source in a file; `None` if there is none, or if it is damaged."""
    if content is None:
        return None
    try:
        data = json.loads(zlib.decompress(content))
        issues = tuple(Issue(*issue) for issue in data["issues"])
        return LoadedMei(
            tuple(data["meis"]), tuple(data["names"]), issues, data["source_name"], data["format"]
        )
    except (ValueError, KeyError, TypeError, zlib.error):
        return None
