"""Repository of installed asset bundles."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from smashcima import settings
from smashcima.assets.bundles.bundle import AssetBundle, check_bundle_type, in_order_of_installation
from smashcima.assets.bundles.downloading import DownloadOptions
from smashcima.assets.bundles.failures import FailedBeforeError, FailureMemory
from smashcima.assets.bundles.fetching import Fetcher
from smashcima.assets.bundles.installation import Installation
from smashcima.assets.bundles.manifest import Manifest
from smashcima.assets.bundles.places import BundlePlace, locked, unwritable
from smashcima.assets.bundles.progress import InstallProgress
from smashcima.assets.bundles.verification import verify_files
from smashcima.errors import (
    AssetError,
    AssetNotInstalledError,
    CorruptAssetError,
    Issue,
    SettingsError,
    reason_of,
)
from smashcima.short_repr import ShortRepr

_ATTEMPTS = 4
_SHORT_CONNECT_TIMEOUT_S = 3.0
_SHORT_READ_TIMEOUT_S = 10.0

B = TypeVar("B", bound=AssetBundle)
B_co = TypeVar("B_co", bound=AssetBundle, covariant=True)


@dataclass(frozen=True, slots=True)
class InstalledBundle(ShortRepr):
    """One installed version of a bundle of any class."""

    name: str
    version: str
    directory: Path
    manifest: Manifest | None
    """Its manifest, or `None` if that is damaged."""


@dataclass(frozen=True, slots=True)
class Attempt(Generic[B_co]):
    """Result of `AssetRepository.try_resolve`: the bundle, or the reason why it is unavailable."""

    bundle: B_co | None
    reason: str = ""
    """Readable explanation of why the bundle is not installed, and what to do."""

    is_new: bool = False
    """Whether the installation failed in this call; otherwise it failed earlier, within the last day."""


class AssetRepository(ShortRepr):
    """Installs asset bundles into a directory, and opens installed ones.

    Instances have no cached state, so any number of them may be used in any number of processes.
    """

    def __init__(
        self,
        directory: Path | None = None,
        local_sources: Sequence[Path] = (),
        progress_bars: bool | None = None,
    ) -> None:
        """Creates a repository without accessing the directory.

        Args:
            directory: directory of installed bundles; by default `settings.assets_cache_dir()`, read at each use.
            local_sources: files, and directories of files, to install from, before those of SMASHCIMA_ASSETS_FROM.
            progress_bars: whether to show progress bars; by default if standard error is a terminal, and in notebooks.
        """
        self._directory = directory
        self._local_sources = tuple(local_sources)
        self._progress = InstallProgress(progress_bars)
        self.used_sources: list[Path] = []
        """The local files used by installations of this repository."""

    @classmethod
    def default(cls) -> AssetRepository:
        """The repository in the user's cache directory."""
        return cls()

    @property
    def directory(self) -> Path:
        """Directory in which bundles are installed, as `NAME/VERSION`."""
        return self._directory or settings.assets_cache_dir()

    def resolve_bundle(self, bundle_type: type[B], force_install: bool = False, install: bool = True) -> B:
        """Returns a bundle; installs it and its dependencies first if necessary.

        Args:
            bundle_type: the class of the bundle.
            force_install: install it again even if it is installed; the old content is kept until the new one is
            complete.
            install: whether to install a missing bundle.

        Raises:
            SettingsError: `force_install` is true and `install` is false.
            AssetNotInstalledError: the bundle is not installed, and `install` is false.
            DownloadError: a file is unavailable; the message states how to install it by hand.
            CorruptAssetError: a file has the wrong checksum, size or content.
            AssetError: the bundle cannot be installed for another reason.
        """
        if force_install and not install:
            raise SettingsError("force_install=True requires install=True.")
        if force_install or self.problem(bundle_type) is not None:
            if not install:
                raise AssetNotInstalledError(self._not_installed(bundle_type))
            for each in in_order_of_installation(bundle_type):
                self._install(each, force_install and each is bundle_type)
        return self._open(bundle_type)

    def try_resolve(self, bundle_type: type[B]) -> Attempt[B]:
        """Returns a bundle if it is installed or can be installed quickly; otherwise the reason why not.

        Installation is attempted once, with short time-outs. After a failure it is not attempted again for a day,
        unless settings about the sources of files change, so that a program is not delayed at every start; the reason
        is recorded.
        """
        if self.problem(bundle_type) is None:
            return Attempt(self._open(bundle_type))
        try:
            for each in in_order_of_installation(bundle_type):
                self._install(each, is_short=True)
            return Attempt(self._open(bundle_type))
        except FailedBeforeError as error:
            return Attempt(None, self._not_installed(bundle_type, str(error)))
        except AssetError as error:
            return Attempt(None, self._not_installed(bundle_type, str(error)), is_new=True)

    def is_installed(self, bundle_type: type[AssetBundle]) -> bool:
        """Whether the bundle is installed in its current version, and up to date with its dependencies."""
        return self.problem(bundle_type) is None

    def problem(self, bundle_type: type[AssetBundle]) -> str | None:
        """The reason why the bundle is not installed, or `None` if it is.

        A bundle is out of date if one of its dependencies has changed its version or its installed content since. A
        removed dependency is ignored.
        """
        manifest, problem = self._read(bundle_type)
        if manifest is None:
            return problem
        recorded = {record.name: record for record in manifest.dependencies}
        for dependency in bundle_type.dependencies:
            record = recorded.get(dependency.name)
            if record is None or record.version != dependency.version:
                was = "without" if record is None else f"from version {record.version} of"
                return f"it was made {was} {dependency.name}, whose version is now {dependency.version}"
            present, _ = self._read(dependency)
            if present is not None and present.checksum != record.checksum:
                return f"it was made from a different {dependency.name} than the installed one"
        return None

    def remove(
        self, bundle: type[AssetBundle] | str, version: str | None = None
    ) -> tuple[InstalledBundle, ...]:
        """Removes installed versions of a bundle: that of a class, a given one, or all; returns the removed ones."""
        name = bundle if isinstance(bundle, str) else bundle.name
        if version is None and not isinstance(bundle, str):
            version = bundle.version
        found = tuple(each for each in self.list() if each.name == name and version in {None, each.version})
        for each in found:
            with locked(self.directory, name, lambda: self._say_waiting(name)):
                try:
                    BundlePlace(self.directory, name, each.version).remove()
                except OSError as error:
                    raise AssetError(
                        f"{each.directory} cannot be removed: {reason_of(error)}. A program may be using it."
                    ) from error
        return found

    def verify(self, bundle: type[AssetBundle] | InstalledBundle) -> tuple[Issue, ...]:
        """Compares the files of an installed bundle with its manifest; returns missing, changed and added files as issues.

        Raises:
            AssetNotInstalledError: the bundle is not installed.
            CorruptAssetError: its manifest is damaged.
        """
        if isinstance(bundle, InstalledBundle):
            directory = bundle.directory
        else:
            check_bundle_type(bundle)
            directory = self._place(bundle).target
        manifest = Manifest.read(directory)
        if manifest is None:
            raise AssetNotInstalledError(f"{bundle.name} is not installed in {directory}.")
        return verify_files(directory, manifest)

    def list(self) -> tuple[InstalledBundle, ...]:
        """All installed bundles in all versions, sorted by name and version."""
        return tuple(self._list())

    def _list(self) -> Iterator[InstalledBundle]:
        root = self.directory
        if not root.is_dir():
            return
        for family in sorted(root.iterdir()):
            if family.name.startswith(".") or not family.is_dir():
                continue
            for directory in sorted(family.iterdir()):
                if directory.name.startswith(".") or not directory.is_dir():
                    continue
                try:
                    manifest = Manifest.read(directory)
                except CorruptAssetError:
                    manifest = None
                yield InstalledBundle(family.name, directory.name, directory, manifest)

    def _open(self, bundle_type: type[B]) -> B:
        bundle = bundle_type(self._place(bundle_type).target, self)
        bundle.__post_init__()
        return bundle

    def _install(self, bundle_type: type[AssetBundle], force: bool = False, is_short: bool = False) -> None:
        """Installs one bundle after its dependencies; `is_short` uses short time-outs and recorded failures."""
        if not force and self.problem(bundle_type) is None:
            return
        memory = self._memory()
        if is_short:
            memory.check(bundle_type)
        before, _ = self._read(bundle_type)
        with locked(self.directory, bundle_type.name, lambda: self._say_waiting(bundle_type.name)):
            # Another process may have installed it, or failed to, while this one waited for the lock.
            now, _ = self._read(bundle_type)
            if self.problem(bundle_type) is None and (not force or now != before):
                return
            if is_short:
                memory.check(bundle_type)
            try:
                Installation(self._place(bundle_type), self._fetcher(bundle_type, is_short)).run(
                    bundle_type, self
                )
            except AssetError as error:
                memory.remember(bundle_type, str(error))
                raise
            except (OSError, shutil.Error) as error:
                raise unwritable(self.directory, error) from error
            memory.forget(bundle_type)

    def _fetcher(self, bundle_type: type[AssetBundle], is_short: bool) -> Fetcher:
        connect_timeout_s, read_timeout_s = settings.connect_timeout_s(), settings.read_timeout_s()
        if is_short:
            connect_timeout_s = min(connect_timeout_s, _SHORT_CONNECT_TIMEOUT_S)
            read_timeout_s = min(read_timeout_s, _SHORT_READ_TIMEOUT_S)
        return Fetcher(
            bundle_type.name,
            self._all_local_sources(),
            settings.mirrors(),
            settings.is_offline(),
            DownloadOptions(
                connect_timeout_s, read_timeout_s, 1 if is_short else _ATTEMPTS, settings.retry_wait_s()
            ),
            self._progress,
            self.used_sources,
        )

    def _read(self, bundle_type: type[AssetBundle]) -> tuple[Manifest | None, str]:
        """The manifest of the bundle, or `None` and the reason why there is none."""
        check_bundle_type(bundle_type)
        directory = self._place(bundle_type).target
        try:
            manifest = Manifest.read(directory)
        except CorruptAssetError as error:
            return None, str(error)
        return manifest, f"not found in {directory}"

    def _place(self, bundle_type: type[AssetBundle]) -> BundlePlace:
        return BundlePlace(self.directory, bundle_type.name, bundle_type.version)

    def _memory(self) -> FailureMemory:
        sources = [f"{path} {_time_of(path)}" for path in self._all_local_sources()]
        circumstances = [*sources, *settings.mirrors(), f"offline: {settings.is_offline()}"]
        return FailureMemory(self.directory, "; ".join(circumstances))

    def _all_local_sources(self) -> tuple[Path, ...]:
        return (*self._local_sources, *settings.asset_sources())

    def _say_waiting(self, name: str) -> None:
        text = f"Waiting for another process that is installing or removing {name}."
        self._progress.say(text, logging.WARNING)

    def _not_installed(self, bundle_type: type[AssetBundle], reason: str | None = None) -> str:
        why, what = (
            (f"{self.problem(bundle_type)}.", "install it") if reason is None else (reason, "try again now")
        )
        return f"{bundle_type.name} is not installed: {why}\nTo {what}: smashcima assets install {bundle_type.name}"


def _time_of(path: Path) -> int | None:
    """Last modification time of a file, or of the content of a directory; `None` if unknown."""
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return None
