"""Base class of asset bundles."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from smashcima._moved import FormerAttributes
from smashcima.assets.bundles.manifest import Manifest
from smashcima.assets.bundles.remote_file import RemoteFile
from smashcima.errors import AssetError, AssetNotInstalledError

if TYPE_CHECKING:
    from smashcima.assets.bundles.installation import Installation
    from smashcima.assets.bundles.repository import AssetRepository

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+-]*(\.[A-Za-z0-9_+-]+)*")
_Item = TypeVar("_Item")
_Bundle = TypeVar("_Bundle", bound="AssetBundle")


class AssetBundle(FormerAttributes, ABC):
    """Set of files that is installed once, and read by any number of processes.

    A subclass must override `install` and set `version`, `license` and `citation`. It may override `__post_init__` and
    set `dependencies`, and adds methods that read `self.directory`. Bundles are created only by an `AssetRepository`:

        repository.resolve_bundle(MyBundle)
    """

    name: ClassVar[str] = ""
    """Directory name of the bundle, unique among all bundles; by default the class name."""

    version: ClassVar[str] = ""
    """Version of the content. It must change if and only if the output of `install` changes: an installed version is
    not installed again, even if other packages are updated."""

    license: ClassVar[str] = ""
    """Short name of the licence of the content, such as `CC BY-NC-SA 4.0`."""

    citation: ClassVar[str] = ""
    """Reference to cite in publications that use the content."""

    homepage: ClassVar[str] = ""
    """URL of further information."""

    dependencies: ClassVar[tuple[type[AssetBundle], ...]] = ()
    """Bundles that `install` reads; they are installed first. An installed bundle no longer needs them."""

    directory: Path
    """Directory of the files; while `install` runs, a new directory that is moved into place afterwards."""

    repository: AssetRepository

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        if "name" not in cls.__dict__:
            cls.name = cls.__name__

    def __init__(
        self, directory: Path, repository: AssetRepository, installation: Installation | None = None
    ) -> None:
        self.directory = directory
        self.repository = repository
        self.details: dict[str, Any] = {}
        """Metadata of the content to record during `install`, as JSON values; later available in `manifest.details`."""
        self._installation = installation

    def __post_init__(self) -> None:
        """May override: called when an installed bundle is opened, to prepare reading its files. Must be fast."""

    @abstractmethod
    def install(self) -> None:
        """Must override: fills the empty `self.directory`, using `self.fetch` and `self.dependency`.

        The same sources must give the same bytes. If an error occurs or the process ends, the directory is discarded.

        Raises:
            AssetError: a required file is unavailable or invalid.
        """

    def fetch(self, file: RemoteFile, keep: bool = False) -> Path:
        """A verified copy of a file from a local source, a mirror or its own URL; for use in `install`.

        The copy may be modified or moved. It is deleted after the installation, unless `keep` is true, which places it
        in `self.directory`.

        Raises:
            DownloadError: no source supplies the file.
            CorruptAssetError: the supplied file has the wrong checksum or size.
        """
        return self._running_installation("fetch").fetch(file, self.directory if keep else None)

    def track(
        self, items: Iterable[_Item], description: str = "", total: int | None = None
    ) -> Iterator[_Item]:
        """Iterates over items, with a progress bar if the repository shows one; for use in `install`."""
        return self._running_installation("track").track(items, description or self.name, total)

    def dependency(self, bundle_type: type[_Bundle]) -> _Bundle:
        """One of the bundles in `dependencies`.

        Raises:
            AssetNotInstalledError: it was removed after this bundle was installed.
        """
        if bundle_type not in self.dependencies:
            raise AssetError(
                f"{self.name} uses {bundle_type.name}, which is not among its `dependencies`. Add it there."
            )
        return self.repository.resolve_bundle(bundle_type, install=False)

    @cached_property
    def manifest(self) -> Manifest:
        """The record of the installed bundle.

        Raises:
            AssetNotInstalledError: the bundle is not installed.
        """
        manifest = Manifest.read(self.directory)
        if manifest is None:
            raise AssetNotInstalledError(
                f"{self.directory} contains no installed {self.name}: it was removed, or its installation is in progress."
            )
        return manifest

    def versions(self) -> dict[str, str]:
        """Versions and checksums of this bundle and the bundles it was made from, as recorded in scenes."""
        return self.manifest.versions()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.directory)!r})"

    def _running_installation(self, what: str) -> Installation:
        if self._installation is None:
            raise AssetError(f"{self.name}.{what} is available in `install` only. Read `directory` instead.")
        return self._installation


def check_bundle_type(bundle_type: type[AssetBundle]) -> None:
    """Raises `AssetError` if the name or version is missing, or is not a valid directory name."""
    for attribute, value in (("name", bundle_type.name), ("version", bundle_type.version)):
        if not _NAME.fullmatch(value):
            raise AssetError(
                f"The {attribute} of the bundle {bundle_type.__qualname__} is {value!r}. As it is used as a directory name, "
                "it must be a short text of letters, digits, '_', '-', '+' and single dots."
            )


def in_order_of_installation(bundle_type: type[AssetBundle]) -> tuple[type[AssetBundle], ...]:
    """All direct and indirect dependencies of a bundle, each once, followed by the bundle itself.

    Raises:
        AssetError: the dependencies are circular, or a bundle has an invalid name or version.
    """
    found: list[type[AssetBundle]] = []

    def visit(current: type[AssetBundle], way: tuple[type[AssetBundle], ...]) -> None:
        if current in way:
            circle = " → ".join(bundle.name for bundle in (*way[way.index(current) :], current))
            raise AssetError(f"The dependencies of these bundles form a circle: {circle}.")
        check_bundle_type(current)
        for dependency in current.dependencies:
            visit(dependency, (*way, current))
        if current not in found:
            found.append(current)

    visit(bundle_type, ())
    return tuple(found)
