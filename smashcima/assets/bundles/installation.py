"""One running installation: its temporary directory, what it fetched, and the record that it ends with."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from smashcima.assets.bundles.fetching import Fetcher
from smashcima.assets.bundles.manifest import (
    MANIFEST_NAME,
    DependencyRecord,
    Manifest,
    SourceRecord,
    record_files,
)
from smashcima.assets.bundles.places import BundlePlace
from smashcima.assets.bundles.remote_file import RemoteFile
from smashcima.errors import AssetError, CorruptAssetError

if TYPE_CHECKING:
    from smashcima.assets.bundles.bundle import AssetBundle
    from smashcima.assets.bundles.repository import AssetRepository

_Item = TypeVar("_Item")


class Installation:
    """What `AssetBundle.install` works with. The lock of the bundle must be held while it runs."""

    def __init__(self, place: BundlePlace, fetcher: Fetcher) -> None:
        self._place = place
        self._fetcher = fetcher
        self._sources: list[SourceRecord] = []
        self._sources_before = _sources_of(place.target)

    def run(self, bundle_type: type[AssetBundle], repository: AssetRepository) -> None:
        """Installs a bundle, in the place of what is there; after an error, what was there still is.

        Raises:
            AssetError: it cannot be installed.
        """
        self._place.clean()
        content = self._place.staging / "content"
        try:
            content.mkdir(parents=True)
            bundle = bundle_type(content, repository, self)
            bundle.install()
            files = record_files(content)
            if (content / MANIFEST_NAME).exists():
                raise AssetError(f"{bundle.name}.install wrote a file {MANIFEST_NAME}, which is our name.")
            Manifest(
                name=bundle.name,
                version=bundle.version,
                license=bundle.license,
                citation=bundle.citation,
                homepage=bundle.homepage,
                files=files,
                dependencies=_record_dependencies(bundle),
                sources=tuple(self._sources),
                details=bundle.details,
            ).write(content)
            self._place.put(content)
        finally:
            self._fetcher.close()
            self._place.clean()

    def fetch(self, file: RemoteFile, keep_in: Path | None) -> Path:
        """Copies a file into a directory, or else into one that is gone after the installation."""
        directory = keep_in or self._place.staging / "fetched"
        directory.mkdir(exist_ok=True)
        record = self._fetcher.fetch(file, directory)
        self._compare(record)
        self._sources.append(record)
        return directory / file.file_name

    def _compare(self, record: SourceRecord) -> None:
        """Tells when a file of unknown checksum, whose first copy was trusted, is another one now."""
        before = self._sources_before.get(record.file_name)
        if before is not None and before.sha256 != record.sha256 and not record.is_known:
            self._fetcher.progress.say(
                f"{record.file_name} ({record.origin}) has the sha256 {record.sha256}; the one that was installed "
                f"before ({before.origin}) has {before.sha256}.",
                logging.WARNING,
            )

    def track(self, items: Iterable[_Item], description: str, total: int | None) -> Iterator[_Item]:
        """The items, with a progress bar if wanted."""
        return self._fetcher.progress.track(items, description, total)


def _sources_of(directory: Path) -> dict[str, SourceRecord]:
    """What was fetched for the bundle that is installed, by file name."""
    try:
        manifest = Manifest.read(directory)
    except CorruptAssetError:
        return {}
    return {record.file_name: record for record in manifest.sources} if manifest else {}


def _record_dependencies(bundle: AssetBundle) -> tuple[DependencyRecord, ...]:
    """The bundles from which one was made, and those from which they were made, each once."""
    found: dict[str, DependencyRecord] = {}
    for bundle_type in bundle.dependencies:
        manifest = bundle.dependency(bundle_type).manifest
        record = DependencyRecord(
            manifest.name, manifest.version, manifest.checksum, manifest.license, manifest.citation
        )
        for each in (record, *manifest.dependencies):
            found.setdefault(each.name, each)
    return tuple(found.values())
