"""Whether installed files are still what they were."""

from __future__ import annotations

from pathlib import Path

from smashcima.assets.bundles.manifest import MANIFEST_NAME, Manifest, files_in, sha256_of
from smashcima.errors import Issue


def verify_files(directory: Path, manifest: Manifest) -> tuple[Issue, ...]:
    """What is missing, changed or added among the files of a bundle, by path."""
    found: dict[str, str] = {}
    for record in manifest.files:
        path = directory / record.path
        try:
            size = path.stat().st_size
            if size != record.size:
                found[record.path] = f"has {size} bytes instead of {record.size}"
            elif sha256_of(path) != record.sha256:
                found[record.path] = "has been changed"
        except FileNotFoundError:
            found[record.path] = "is missing"
        except OSError as error:
            found[record.path] = f"cannot be read: {error.strerror}"
    known = {record.path for record in manifest.files} | {MANIFEST_NAME}
    for path in files_in(directory):
        name = path.relative_to(directory).as_posix()
        if name not in known:
            found[name] = "does not belong to it"
    return tuple(Issue(name, manifest.name, found[name]) for name in sorted(found))
