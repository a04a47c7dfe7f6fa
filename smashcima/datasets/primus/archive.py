"""Incipits in a tar archive, read from its beginning to its end without unpacking it."""

from __future__ import annotations

import gzip
import os
import posixpath
import tarfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from smashcima import settings
from smashcima.datasets.primus.incipit import PrimusIncipit
from smashcima.datasets.primus.kinds import names_of
from smashcima.errors import Issue, MalformedSourceError, SourceNotFoundError

_GZIP_SIGNATURE = b"\x1f\x8b"
_TAR_HEADER = 512
"""Length of a header in a tar archive; so many zeros, at least, are at its end."""

_TAR_MAGIC = slice(257, 262)
_CHUNK = 1 << 20
_MOST_OPEN = 64
_MOST_BYTES = 256 << 20

Tell = Callable[[Issue], None]


def incipits_in_archive(path: Path, kinds: Sequence[str], tell: Tell) -> Iterator[PrimusIncipit]:
    """Incipits of an archive, in its order, with their files of the given kinds in memory.

    The files of an incipit need not be adjacent: some incipits are kept open at a time, limited by number and bytes.
    Files that come later than that are reported.

    Raises:
        SourceNotFoundError: the archive cannot be opened.
        MalformedSourceError: it is no tar archive, damaged or truncated; complete incipits are yielded before.
    """
    window = _Window(kinds, tell)
    try:
        with _opened(path) as archive:
            for member in _members(archive):
                folder, name = posixpath.split(member.name)
                if not member.isfile() or not window.wants(folder, name):
                    continue
                if member.size > settings.max_source_bytes():
                    tell(Issue(path.name, member.name, f"not read: it has {member.size >> 20} MiB"))
                    continue
                content = archive.extractfile(member)
                assert content is not None
                yield from window.add(folder, name, content.read())
    except SourceNotFoundError:
        raise
    except (tarfile.TarError, EOFError, zlib.error, OSError) as error:
        yield from window.close(except_last=True)
        raise MalformedSourceError(_damage(path, window.count, error)) from error
    yield from window.close()


def _members(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    while (member := archive.next()) is not None:
        yield member
        # `tarfile` keeps all of them, which would be hundreds of megabytes.
        archive.members.clear()  # type: ignore[attr-defined]


@contextmanager
def _opened(path: Path) -> Iterator[tarfile.TarFile]:
    try:
        stream = path.open("rb")
    except OSError as error:
        raise SourceNotFoundError(f"The archive {path} cannot be opened: {error.strerror}.") from error
    with stream:
        beginning = stream.read(_TAR_HEADER)
        stream.seek(0)
        if beginning.startswith(_GZIP_SIGNATURE):
            # `tarfile` overlooks a stream that ends between two members; `gzip` does not.
            with gzip.open(stream) as content, tarfile.open(fileobj=content, mode="r|") as archive:
                yield archive
                while content.read(_CHUNK):  # the checksum is at the end
                    pass
        else:
            with tarfile.open(fileobj=stream, mode="r|*") as archive:
                yield archive
            if beginning[_TAR_MAGIC] == b"ustar":
                stream.seek(-_TAR_HEADER, os.SEEK_END)
                if any(stream.read()):
                    raise tarfile.ReadError("it ends without the mark of its end")


def _damage(path: Path, count: int, error: Exception) -> str:
    if not count:
        return (
            f"{path} is not an archive of PrIMuS: {error}. Its authors distribute a gzipped tar archive, "
            "primusCalvoRizoAppliedSciences2018.tgz."
        )
    return (
        f"The archive {path} is damaged or truncated: {error}. Incipits read: {count}. Compare its size with that at its "
        "source, and download it again."
    )


@dataclass
class _Window:
    """Incipits of which further files may come."""

    kinds: Sequence[str]
    tell: Tell
    count: int = 0
    """Number of incipits that have left the window."""

    _open: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """Files by directory, in order of appearance."""
    _bytes: int = 0
    _closed: set[str] = field(default_factory=set)

    def wants(self, folder: str, name: str) -> bool:
        """Whether a file is one of an incipit; reports it if it comes too late."""
        if name not in self._names(folder):
            return False
        if folder in self._closed:
            self.tell(
                Issue(folder, name, "not read: it is far from the other files of its incipit in the archive")
            )
            return False
        return True

    def add(self, folder: str, name: str, content: bytes) -> Iterator[PrimusIncipit]:
        """Adds a file; yields incipits that leave the window."""
        files = self._open.setdefault(folder, {})
        files[name] = content
        self._bytes += len(content)
        if len(files) == len(self._names(folder)):
            yield from self._leave(folder)
        while len(self._open) > _MOST_OPEN or (self._bytes > _MOST_BYTES and len(self._open) > 1):
            yield from self._leave(next(iter(self._open)))

    def close(self, except_last: bool = False) -> Iterator[PrimusIncipit]:
        """Yields the incipits in the window; without the last one, if the archive ends inside it."""
        folders = list(self._open)
        for folder in folders[:-1] if except_last else folders:
            yield from self._leave(folder)

    def _leave(self, folder: str) -> Iterator[PrimusIncipit]:
        files = self._open.pop(folder)
        self._bytes -= sum(map(len, files.values()))
        self._closed.add(folder)
        self.count += 1
        yield PrimusIncipit(posixpath.basename(folder), folder, files)

    def _names(self, folder: str) -> set[str]:
        id = posixpath.basename(folder)
        return {name for kind in self.kinds for name in names_of(kind, id)} if id else set()
