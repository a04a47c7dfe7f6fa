"""A file that an asset bundle is made from, and where it may be had."""

from __future__ import annotations

import re
from dataclasses import dataclass

from smashcima.errors import AssetError

_SHA256 = re.compile(r"[0-9a-f]{64}")
_FILE_NAME = re.compile(r"(?!\.)[\w.+() -]+")


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file to be fetched, from the first place that gives it.

    Places are asked in this order: local sources, configured mirrors (the address of a mirror with the name of the file behind
    it), then `urls`.
    """

    file_name: str
    """How the file is called, locally and on mirrors."""

    urls: tuple[str, ...] = ()
    """Addresses of the file itself, the best first."""

    sha256: str | None = None
    """Its checksum, in lower-case hexadecimal digits. Without one, the first copy is trusted: its checksum is recorded at
    installation, and the bundle should check the content."""

    size: int | None = None
    """Its size in bytes, if known."""

    other_names: tuple[str, ...] = ()
    """Names under which a local source may have it, or something that serves as well."""

    def __post_init__(self) -> None:
        for name in (self.file_name, *self.other_names):
            if not _FILE_NAME.fullmatch(name):
                raise AssetError(f"{name!r} cannot be the name of a file to fetch: it is a path, or empty.")
        if self.sha256 is not None and not _SHA256.fullmatch(self.sha256):
            raise AssetError(f"{self.sha256!r} is not a sha256 checksum: 64 of the digits 0-9 and a-f.")

    @property
    def names(self) -> tuple[str, ...]:
        """Every name under which a local source may have it, the first being its own."""
        return (self.file_name, *self.other_names)
