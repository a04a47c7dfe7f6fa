"""Installation of one bundle in a temporary directory, with records of its sources."""

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
    """Environment of one call of `AssetBundle.install`. The lock of the bundle must be held while it runs."""

    def __init__(self, place: BundlePlace, fetcher: Fetcher) -> None:
        self._place = place
        self._fetcher = fetcher
        self._sources: list[SourceRecord] = []
        self._sources_before = _sources_of(place.target)

    def run(self, bundle_type: type[AssetBundle], repository: AssetRepository) -> None:
        """Installs a bundle. Replaces the installed version; keeps it if installation fails.

        Raises:
            AssetError: the bundle cannot be installed.
        """
        self._place.clean()
        content = self._place.staging / "content"
        try:
            content.mkdir(parents=True)
            bundle = bundle_type(content, repository, self)
            bundle.install()
            files = record_files(content)
            if (content / MANIFEST_NAME).exists():
                raise AssetError(
                    f"{bundle.name}.install wrote a file {MANIFEST_NAME}, which is a reserved name."
                )
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
        """Fetches a file into `keep_in`, or into a directory deleted after the installation if that is `None`."""
        directory = keep_in or self._place.staging / "fetched"
        directory.mkdir(exist_ok=True)
        record = self._fetcher.fetch(file, directory)
        self._compare(record)
        self._sources.append(record)
        return directory / file.file_name

    def _compare(self, record: SourceRecord) -> None:
        """Warns if a file without a known checksum differs from the copy fetched by the previous installation."""
        before = self._sources_before.get(record.file_name)
        if before is not None and before.sha256 != record.sha256 and not record.is_known:
            self._fetcher.progress.say(
                f"{record.file_name} ({record.origin}) has the sha256 {record.sha256}, but the previously installed "
                f"one ({before.origin}) has {before.sha256}.",
                logging.WARNING,
            )

    def track(self, items: Iterable[_Item], description: str, total: int | None) -> Iterator[_Item]:
        """Iterates over items, with a progress bar if enabled."""
        return self._fetcher.progress.track(items, description, total)


def _sources_of(directory: Path) -> dict[str, SourceRecord]:
    """Files fetched for the currently installed bundle, by file name."""
    try:
        manifest = Manifest.read(directory)
    except CorruptAssetError:
        return {}
    return {record.file_name: record for record in manifest.sources} if manifest else {}


def _record_dependencies(bundle: AssetBundle) -> tuple[DependencyRecord, ...]:
    """Records of the direct and indirect dependencies of a bundle, each once."""
    found: dict[str, DependencyRecord] = {}
    for bundle_type in bundle.dependencies:
        manifest = bundle.dependency(bundle_type).manifest
        record = DependencyRecord(
            manifest.name, manifest.version, manifest.checksum, manifest.license, manifest.citation
        )
        for each in (record, *manifest.dependencies):
            found.setdefault(each.name, each)
    return tuple(found.values())
