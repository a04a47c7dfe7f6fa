"""Imported scores, kept between samples, processes and runs."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable
from pathlib import Path

from smashcima import settings
from smashcima.errors import Issue
from smashcima.files import write_file
from smashcima.loading import LoadedMei
from smashcima.orchestration.versions import versions

_FORMAT = 1


class ImportedScores:
    """MEI of imported sources by checksum, as compressed files in the cache directory.

    Reading MEI takes a tenth of the time of an import. Files are written whole, so any number of processes may share the
    directory; there is one for each version of Smashcima and Verovio.
    """

    def __init__(self, directory: Path | None = None) -> None:
        """Opens the cache; by default that of the cache directory."""
        self.directory = directory or settings.cache_dir() / "imported-scores" / _version_name()

    def get(self, sha256: str, load: Callable[[], LoadedMei]) -> LoadedMei:
        """The imported source with a checksum; imported by `load` if it is not known."""
        path = self.directory / sha256[:2] / f"{sha256}.json.z"
        known = _read(path)
        if known is None:
            known = load()
            _write(path, known)
        return known


def _read(path: Path) -> LoadedMei | None:
    """The source in a file; `None` if there is none, or if it is damaged."""
    try:
        data = json.loads(zlib.decompress(path.read_bytes()))
        issues = tuple(Issue(*issue) for issue in data["issues"])
        return LoadedMei(
            tuple(data["meis"]), tuple(data["names"]), issues, data["source_name"], data["format"]
        )
    except (OSError, ValueError, KeyError, TypeError, zlib.error):
        return None


def _write(path: Path, imported: LoadedMei) -> None:
    """Writes a source; does nothing if the directory cannot be written, since the cache is optional."""
    data = {
        "meis": imported.meis,
        "names": imported.names,
        "issues": [(issue.where, issue.element, issue.what) for issue in imported.issues],
        "source_name": imported.source_name,
        "format": imported.format,
    }
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, zlib.compress(json.dumps(data).encode()))
    except OSError:
        return


def _version_name() -> str:
    used = versions()
    return f"{_FORMAT}-{used['smashcima']}-{used['verovio']}"
