"""A source file of an asset bundle, and where to get it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smashcima.errors import AssetError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FILE_NAME = re.compile(r"(?!\.)[\w.+() -]+")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file to fetch from the first source that supplies it.

    Sources are tried in this order: local sources, configured mirrors (the mirror's URL followed by the file name),
    then `urls`.
    """

    file_name: str
    """Name of the file, locally and on mirrors."""

    urls: tuple[str, ...] = ()
    """URLs of the file, in order of preference."""

    sha256: str | None = None
    """Checksum in lower-case hexadecimal digits. Without one, the first copy is trusted: its checksum is recorded at
    installation, and the bundle should validate the content."""

    size: int | None = None
    """Size in bytes, if known."""

    other_names: tuple[str, ...] = ()
    """Alternative names of the file, or of an accepted substitute, in local sources."""

    def __post_init__(self) -> None:
        for name in (self.file_name, *self.other_names):
            if not _FILE_NAME.fullmatch(name):
                raise AssetError(
                    f"{name!r} cannot be the name of a file to fetch: it must not be a path or empty."
                )
        if self.sha256 is not None and not _SHA256.fullmatch(self.sha256):
            raise AssetError(f"{self.sha256!r} is not a sha256 checksum, which has 64 digits 0-9 and a-f.")

    @property
    def names(self) -> tuple[str, ...]:
        """All accepted names in local sources, its own name first."""
        return (self.file_name, *self.other_names)
