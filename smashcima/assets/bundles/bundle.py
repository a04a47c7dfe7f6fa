"""What an asset bundle is, and what those who write one must override."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from smashcima.assets.bundles.manifest import Manifest
from smashcima.assets.bundles.remote_file import RemoteFile
from smashcima.errors import AssetError, AssetNotInstalledError

if TYPE_CHECKING:
    from smashcima.assets.bundles.installation import Installation
    from smashcima.assets.bundles.repository import AssetRepository

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+-]*(\.[A-Za-z0-9_+-]+)*")
_Item = TypeVar("_Item")
_Bundle = TypeVar("_Bundle", bound="AssetBundle")


class AssetBundle(ABC):
    """Files that are installed once, and read by any number of processes.

    A subclass must override `install`, and say its `version`, `license` and `citation`. It may override `__post_init__`, and
    name `dependencies`. It adds methods that read `self.directory`. Bundles come from an `AssetRepository`; nobody
    else makes one:

        repository.resolve_bundle(MyBundle)
    """

    name: ClassVar[str] = ""
    """Directory name of the bundle, unique among all; by default the name of the class."""

    version: ClassVar[str] = ""
    """Version of the content. It must change when what `install` makes changes, and only then: what is installed under a version
    is never installed again, whatever else is updated."""

    license: ClassVar[str] = ""
    """Under which terms the content may be used, as a short name: `CC BY-NC-SA 4.0`."""

    citation: ClassVar[str] = ""
    """What those who publish work with it should cite."""

    homepage: ClassVar[str] = ""
    """An address where a person finds more."""

    dependencies: ClassVar[tuple[type[AssetBundle], ...]] = ()
    """Bundles that `install` reads; they are installed before. Once it is installed, a bundle does without them."""

    directory: Path
    """Where its files are; while `install` runs, a fresh directory that is moved into place afterwards."""

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
        """What `install` wants recorded about the content, as JSON values; afterwards read it from `manifest.details`."""
        self._installation = installation

    def __post_init__(self) -> None:
        """May override: is called when an installed bundle is opened, to prepare the reading of it. It should be quick."""

    @abstractmethod
    def install(self) -> None:
        """Must override: fills `self.directory`, which is empty, from `self.fetch` and `self.dependency`.

        The same sources must give the same bytes. An error of any kind, or the end of the process, leaves nothing behind.

        Raises:
            AssetError: something of it cannot be had or used.
        """

    def fetch(self, file: RemoteFile, keep: bool = False) -> Path:
        """A copy of a file, from a local source, a mirror or its own address, checked; for use in `install`.

        It may be changed or moved. It is gone after the installation, unless `keep`, which puts it into `self.directory`.

        Raises:
            DownloadError: nobody gives it.
            CorruptAssetError: what was given is another file.
        """
        return self._running_installation("fetch").fetch(file, self.directory if keep else None)

    def track(
        self, items: Iterable[_Item], description: str = "", total: int | None = None
    ) -> Iterator[_Item]:
        """The items, with a progress bar where the repository shows one; for use in `install`."""
        return self._running_installation("track").track(items, description or self.name, total)

    def dependency(self, bundle_type: type[_Bundle]) -> _Bundle:
        """One of the bundles in `dependencies`.

        Raises:
            AssetNotInstalledError: it was removed after this bundle was installed.
        """
        if bundle_type not in self.dependencies:
            raise AssetError(
                f"{self.name} asks for {bundle_type.name}, which is not among its `dependencies`; add it there."
            )
        return self.repository.resolve_bundle(bundle_type, install=False)

    @cached_property
    def manifest(self) -> Manifest:
        """The record of the installed bundle.

        Raises:
            AssetNotInstalledError: it is not installed.
        """
        manifest = Manifest.read(self.directory)
        if manifest is None:
            raise AssetNotInstalledError(
                f"{self.directory} holds no installed {self.name}; it was removed, or is being installed."
            )
        return manifest

    def versions(self) -> dict[str, str]:
        """This bundle and those from which it was made, with checksums, as a scene records them."""
        return self.manifest.versions()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.directory)!r})"

    def _running_installation(self, what: str) -> Installation:
        if self._installation is None:
            raise AssetError(f"{self.name}.{what} is for use in `install` only; read `directory` instead.")
        return self._installation


def check_bundle_type(bundle_type: type[AssetBundle]) -> None:
    """Raises an AssetError where name or version are missing, or cannot be the names of directories."""
    for attribute, value in (("name", bundle_type.name), ("version", bundle_type.version)):
        if not _NAME.fullmatch(value):
            raise AssetError(
                f"The {attribute} of the bundle {bundle_type.__qualname__} is {value!r}. It names a directory: "
                "give it a short text of letters, digits, '_', '-', '+' and single dots."
            )


def in_order_of_installation(bundle_type: type[AssetBundle]) -> tuple[type[AssetBundle], ...]:
    """The bundle behind everything that it depends on, directly or not, each once.

    Raises:
        AssetError: bundles depend on one another in a circle, or one has no proper name or version.
    """
    found: list[type[AssetBundle]] = []

    def visit(current: type[AssetBundle], way: tuple[type[AssetBundle], ...]) -> None:
        if current in way:
            circle = " → ".join(bundle.name for bundle in (*way[way.index(current) :], current))
            raise AssetError(f"These bundles depend on one another in a circle: {circle}.")
        check_bundle_type(current)
        for dependency in current.dependencies:
            visit(dependency, (*way, current))
        if current not in found:
            found.append(current)

    visit(bundle_type, ())
    return tuple(found)
