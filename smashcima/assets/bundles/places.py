"""Where bundles lie: `NAME/VERSION` below the directory of assets, and how one gets there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.errors import AssetError

if TYPE_CHECKING:
    from filelock import BaseFileLock

_POLL_S = 0.1
_MOVE_ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class BundlePlace:
    """The directories of one version of a bundle. Names that begin with a dot are never a version."""

    root: Path
    name: str
    version: str

    @property
    def target(self) -> Path:
        """Where it is when it is installed. It appears and vanishes as a whole."""
        return self.root / self.name / self.version

    @property
    def staging(self) -> Path:
        """Where it is put together; beside the target, so that it can be moved at once."""
        return self.root / self.name / f".installing-{self.version}"

    @property
    def leaving(self) -> Path:
        """Where the target goes when it is replaced or removed, before it is deleted."""
        return self.root / self.name / f".leaving-{self.version}"

    def clean(self) -> None:
        """Tidies what an ended process left behind. The lock must be held."""
        if self.leaving.exists() and not self.target.exists() and self.staging.exists():
            # It ended between the two moves of a replacement: what was there before is there again.
            move(self.leaving, self.target)
        _delete(self.leaving)
        _delete(self.staging)
        with contextlib.suppress(OSError):
            self.target.parent.rmdir()  # unless something is installed there

    def put(self, content: Path) -> None:
        """Moves a finished directory into place, instead of what is there. The lock must be held."""
        if self.target.exists():
            move(self.target, self.leaving)
        move(content, self.target)
        _delete(self.leaving)

    def remove(self) -> None:
        """Removes what is installed. The lock must be held."""
        self.clean()
        if self.target.exists():
            # Without its staging directory, `clean` deletes what is leaving, whenever this process ends.
            move(self.target, self.leaving)
            self.clean()


@contextlib.contextmanager
def locked(root: Path, name: str, on_wait: Callable[[], None]) -> Iterator[None]:
    """Holds the lock of a bundle, so that no other process installs or removes it; `on_wait` is called if it must wait.

    The system frees the lock when a process ends, however it ends.

    Raises:
        AssetError: the directory cannot be written.
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
    """The error for a directory of assets in which nothing can be written."""
    return AssetError(
        f"Nothing can be installed in {root}: {error}. Set the environment variable SMASHCIMA_CACHE to a directory "
        "that can be written and has room."
    )


def move(source: Path, target: Path) -> None:
    """Moves a directory to where nothing is, at once.

    On Windows, scanners of viruses hold fresh files open for moments, so it is tried several times.
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
