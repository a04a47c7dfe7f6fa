"""Directories of bundles, `NAME/VERSION` in the assets directory, and their atomic replacement."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.errors import AssetError, reason_of

if TYPE_CHECKING:
    from filelock import BaseFileLock

_POLL_S = 0.1
_MOVE_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class BundlePlace:
    """The directories of one version of a bundle. Names that begin with a dot are not versions."""

    root: Path
    name: str
    version: str

    @property
    def target(self) -> Path:
        """Directory of the installed bundle; created and removed atomically."""
        return self.root / self.name / self.version

    @property
    def staging(self) -> Path:
        """Directory in which the bundle is assembled; next to the target, so that it can be moved atomically."""
        return self.root / self.name / f".installing-{self.version}"

    @property
    def leaving(self) -> Path:
        """Directory to which a replaced or removed target is moved before deletion."""
        return self.root / self.name / f".leaving-{self.version}"

    def clean(self) -> None:
        """Cleans up after a terminated process. The lock must be held."""
        if self.leaving.exists() and not self.target.exists() and self.staging.exists():
            # The process ended between the two moves of a replacement: restores the previous version.
            move(self.leaving, self.target)
        _delete(self.leaving)
        _delete(self.staging)
        with contextlib.suppress(OSError):
            self.target.parent.rmdir()  # fails if something is installed there

    def put(self, content: Path) -> None:
        """Moves a complete directory into place, replacing the installed one. The lock must be held."""
        if self.target.exists():
            move(self.target, self.leaving)
        move(content, self.target)
        _delete(self.leaving)

    def remove(self) -> None:
        """Removes the installed directory. The lock must be held."""
        self.clean()
        if self.target.exists():
            # Without a staging directory, `clean` deletes the leaving directory, even if this process ends here.
            move(self.target, self.leaving)
            self.clean()


@contextlib.contextmanager
def locked(root: Path, name: str, on_wait: Callable[[], None]) -> Iterator[None]:
    """Holds the lock of a bundle, which excludes installation and removal by other processes.

    `on_wait` is called if the lock is held by another process. The system releases the lock when a process ends, even
    if it crashes.

    Raises:
        AssetError: the directory is not writable.
    """
    from filelock import FileLock, Timeout

    directory = root / ".locks"
    try:
        directory.mkdir(parents=True, exist_ok=True)
        lock: BaseFileLock = FileLock(directory / f"{name}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            on_wait()
            lock.acquire(poll_interval=_POLL_S)
    except (OSError, NotImplementedError) as error:
        raise unwritable(root, error) from error
    try:
        yield
    finally:
        lock.release()


def unwritable(root: Path, error: Exception) -> AssetError:
    """The error for an assets directory that is not writable."""
    return AssetError(
        f"Nothing can be installed in {root}: {reason_of(error)}. Set the environment variable SMASHCIMA_CACHE to a writable "
        "directory with enough space."
    )


def move(source: Path, target: Path) -> None:
    """Moves a directory atomically to a path that does not exist.

    Retries several times, because virus scanners on Windows briefly hold new files open.
    """
    for attempt in range(1, _MOVE_ATTEMPTS + 1):
        try:
            os.replace(source, target)
        except PermissionError:  # noqa: PERF203 - a new attempt
            if os.name != "nt" or attempt == _MOVE_ATTEMPTS:
                raise
            time.sleep(0.1 * attempt)
        else:
            return


def _delete(directory: Path) -> None:
    if directory.exists():
        shutil.rmtree(directory)
