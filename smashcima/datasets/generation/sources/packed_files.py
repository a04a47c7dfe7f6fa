"""Random access to files in archives: zip, tar, and compressed tar."""

from __future__ import annotations

import hashlib
import os
import tarfile
import tempfile
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath, PureWindowsPath

from filelock import FileLock

from smashcima import settings
from smashcima.errors import MalformedSourceError, SourceNotFoundError, UnsafeSourceError

_MOST_FILES = 2_000_000
_MOST_BYTES = 64 << 30
"""Limits of an archive, so that a hostile one does not fill the disk."""

_DAMAGES = (
    tarfile.TarError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
)
"""What a damaged archive raises; `RuntimeError` if it is encrypted, `NotImplementedError` for rare compressions."""


class PackedFiles:
    """The files in a zip archive, read on demand; nothing is unpacked to their paths."""

    def __init__(self, path: Path) -> None:
        """Opens an archive. Raises a `SourceError` if it is missing or damaged."""
        self._path = path
        self._opened: tuple[int, zipfile.ZipFile] | None = None
        infos = [info for info in self._archive().infolist() if not info.is_dir()]
        if len(infos) > _MOST_FILES:
            raise UnsafeSourceError(f"{path} has {len(infos)} files; at most {_MOST_FILES} are allowed.")
        self.sizes: dict[str, int] = {info.filename: info.file_size for info in infos}
        """Stated sizes of all files by name, in bytes."""

    def read(self, name: str) -> bytes:
        """Reads a file.

        Raises:
            UnsafeSourceError: it is larger than `settings.max_source_bytes()`.
            MalformedSourceError: the archive is damaged.
        """
        limit = settings.max_source_bytes()
        try:
            with self._archive().open(name) as file:
                data = file.read(limit + 1)  # the stated size may be a lie
        except _DAMAGES as error:
            raise MalformedSourceError(f"{name} cannot be read from {self._path.name}: {error}.") from error
        if len(data) > limit:
            raise UnsafeSourceError(
                f"{name} has more than the limit of {limit >> 20} MiB. Set SMASHCIMA_MAX_SOURCE_MB to raise the limit."
            )
        return data

    def _archive(self) -> zipfile.ZipFile:
        """The archive, opened in this process: a forked one must not share the position in the file."""
        if self._opened is None or self._opened[0] != os.getpid():
            try:
                self._opened = os.getpid(), zipfile.ZipFile(self._path)
            except FileNotFoundError as error:
                raise SourceNotFoundError(f"There is no archive {self._path}.") from error
            except _DAMAGES as error:
                raise MalformedSourceError(f"{self._path} is not a readable zip archive: {error}.") from error
        return self._opened[1]

    def __reduce__(self) -> tuple[type[PackedFiles], tuple[Path]]:
        return PackedFiles, (self._path,)


def open_packed(path: Path, suffixes: frozenset[str]) -> PackedFiles:
    """Opens a zip or tar archive. Of a tar archive, the files with the given suffixes are copied to a zip archive in the
    cache directory, once for each state of the archive.

    Raises:
        SourceNotFoundError: there is no such file.
        MalformedSourceError: it is not an archive, or damaged.
        UnsafeSourceError: it is too large.
    """
    if not path.is_file():
        raise SourceNotFoundError(f"There is no archive {path}.")
    if zipfile.is_zipfile(path):
        return PackedFiles(path)
    return PackedFiles(repacked(path, sorted(suffixes), lambda: _members(path, suffixes)))


def repacked(path: Path, kinds: Iterable[str], read: Callable[[], Iterable[tuple[str, bytes]]]) -> Path:
    """The path of a zip archive in the cache directory with the files that `read` yields; written if it does not exist.

    `path` is the archive that they are from, and `kinds` says which of its files they are.
    """
    state = path.stat()
    key = "\n".join([str(path.absolute()), str(state.st_size), str(state.st_mtime_ns), *kinds])
    packed = settings.cache_dir() / "archives" / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.zip"
    if packed.exists():
        return packed
    packed.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{packed}.lock"):
        if not packed.exists():
            with tempfile.TemporaryDirectory(dir=packed.parent) as folder:
                written = Path(folder) / "archive.zip"
                _write(written, read(), path)
                os.replace(written, packed)
    return packed


def is_safe_name(name: str) -> bool:
    """Whether a name in an archive stays inside the folder to which the archive would be unpacked."""
    path = PureWindowsPath(name)  # both kinds of slashes, and drives
    return not path.anchor and ".." not in path.parts and "\0" not in name


def _write(target: Path, files: Iterable[tuple[str, bytes]], source: Path) -> None:
    """Writes files of an archive to a zip archive. Of two files with one name, the later one counts, as in tar archives."""
    total = 0
    with zipfile.ZipFile(target, "w") as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # about repeated names
        for number, (name, data) in enumerate(files):
            total += len(data)
            if number >= _MOST_FILES or total > _MOST_BYTES:
                raise UnsafeSourceError(
                    f"{source} has more than {_MOST_FILES} files or {_MOST_BYTES >> 30} GiB of scores."
                )
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED, 1)


def _members(path: Path, suffixes: frozenset[str]) -> Iterable[tuple[str, bytes]]:
    """Names and contents of the score files in a tar archive; too large ones are left out."""
    limit = settings.max_source_bytes()
    try:
        with tarfile.open(path, mode="r|*") as archive:
            while (member := archive.next()) is not None:
                archive.members.clear()  # type: ignore[attr-defined]  # they would be hundreds of megabytes
                if not member.isfile() or PurePosixPath(member.name).suffix.lower() not in suffixes:
                    continue
                file = archive.extractfile(member)
                assert file is not None
                yield member.name, file.read(limit + 1)
    except _DAMAGES as error:
        raise MalformedSourceError(f"{path} is not a readable zip or tar archive: {error}.") from error
