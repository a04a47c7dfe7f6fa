"""Manifest of an installed bundle: its metadata, its files, and its sources.

The manifest is a JSON file in the directory of the bundle, written last. It contains no times and no absolute paths, so
that the same sources give the same bytes on any machine.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from smashcima.errors import CorruptAssetError
from smashcima.short_repr import ShortRepr

MANIFEST_NAME = "manifest.json"
"""File name of the manifest, reserved in the directories of bundles."""

_FORMAT = 1
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file of a bundle."""

    path: str
    """Path relative to the directory of the bundle, with forward slashes."""

    size: int
    """Size in bytes."""

    sha256: str


@dataclass(frozen=True, slots=True)
class DependencyRecord:
    """A bundle from which another was made."""

    name: str
    version: str
    checksum: str
    """`Manifest.checksum` of the bundle when it was used."""

    license: str
    citation: str


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """A file fetched for the installation."""

    file_name: str
    origin: str
    """URL of the file, or `local file NAME`."""

    size: int
    """Size in bytes."""

    sha256: str
    is_known: bool
    """Whether the checksum was known in advance and verified; otherwise it is that of the fetched file."""


@dataclass(frozen=True)
class Manifest(ShortRepr):
    """Record of an installed bundle."""

    name: str
    version: str
    license: str
    citation: str
    homepage: str
    files: tuple[FileRecord, ...]
    dependencies: tuple[DependencyRecord, ...] = ()
    """Direct and indirect dependencies from which it was made."""

    sources: tuple[SourceRecord, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)
    """Metadata of the content set by the bundle, such as the number of documents; JSON values."""

    @property
    def checksum(self) -> str:
        """sha256 of the content, computed from the paths and checksums of all files, independent of their sources."""
        digest = hashlib.sha256()
        for file in sorted(self.files, key=lambda file: file.path):
            digest.update(f"{file.sha256}  {file.path}\n".encode())
        return digest.hexdigest()

    @property
    def size(self) -> int:
        """Total size of all files, in bytes."""
        return sum(file.size for file in self.files)

    def versions(self) -> dict[str, str]:
        """The bundle and its dependencies, as recorded in scenes.

        The keys are `bundle NAME`, the values `VERSION sha256:CHECKSUM`.
        """
        found = {f"bundle {self.name}": f"{self.version} sha256:{self.checksum}"}
        for dependency in self.dependencies:
            found[f"bundle {dependency.name}"] = f"{dependency.version} sha256:{dependency.checksum}"
        return found

    def write(self, directory: Path) -> None:
        """Writes the manifest into the directory of the bundle."""
        text = json.dumps({"format": _FORMAT, **asdict(self)}, indent=1, ensure_ascii=False)
        (directory / MANIFEST_NAME).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, directory: Path) -> Manifest | None:
        """Reads the manifest in a directory; returns `None` if nothing is installed there.

        Raises:
            CorruptAssetError: the manifest is damaged.
        """
        path = directory / MANIFEST_NAME
        try:
            text = path.read_text(encoding="utf-8")
        except (FileNotFoundError, NotADirectoryError):
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise CorruptAssetError(f"The manifest {path} cannot be read: {error}") from error
        try:
            return cls._from_json(json.loads(text))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CorruptAssetError(
                f"The manifest {path} is damaged ({error}). Remove its directory, or install the bundle again."
            ) from error

    @classmethod
    def _from_json(cls, data: dict[str, Any]) -> Manifest:
        if data.pop("format") != _FORMAT:
            raise ValueError("it was written by another version of Smashcima")
        data["files"] = tuple(FileRecord(**file) for file in data["files"])
        data["dependencies"] = tuple(DependencyRecord(**record) for record in data["dependencies"])
        data["sources"] = tuple(SourceRecord(**record) for record in data["sources"])
        return cls(**data)


def record_files(directory: Path) -> tuple[FileRecord, ...]:
    """Records of all files in a directory and its subdirectories, sorted by path, without the manifest."""
    return tuple(
        FileRecord(name, path.stat().st_size, sha256_of(path))
        for name, path in sorted(
            (path.relative_to(directory).as_posix(), path) for path in files_in(directory)
        )
        if name != MANIFEST_NAME
    )


def files_in(directory: Path) -> list[Path]:
    """All files in a directory and its subdirectories."""
    return [path for path in directory.rglob("*") if not path.is_dir()]


def sha256_of(path: Path) -> str:
    """Checksum of a file, in lower-case hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
