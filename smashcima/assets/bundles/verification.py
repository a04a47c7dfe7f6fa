"""Verification of installed files."""

from __future__ import annotations

from pathlib import Path

from smashcima.assets.bundles.manifest import MANIFEST_NAME, Manifest, files_in, sha256_of
from smashcima.errors import Issue


def verify_files(directory: Path, manifest: Manifest) -> tuple[Issue, ...]:
    """Issues for missing, changed or added files of a bundle, sorted by path."""
    found: dict[str, str] = {}
    for record in manifest.files:
        path = directory / record.path
        try:
            size = path.stat().st_size
            if size != record.size:
                found[record.path] = f"has {size} bytes instead of {record.size}"
            elif sha256_of(path) != record.sha256:
                found[record.path] = "has a different checksum"
        except FileNotFoundError:
            found[record.path] = "is missing"
        except OSError as error:
            found[record.path] = f"cannot be read: {error.strerror}"
    known = {record.path for record in manifest.files} | {MANIFEST_NAME}
    for path in files_in(directory):
        name = path.relative_to(directory).as_posix()
        if name not in known:
            found[name] = "does not belong to the bundle"
    return tuple(Issue(name, manifest.name, found[name]) for name in sorted(found))
