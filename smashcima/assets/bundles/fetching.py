"""Fetching of files for bundles from local copies, mirrors, or their own URLs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from smashcima.assets.bundles.downloading import Downloader, DownloadOptions
from smashcima.assets.bundles.manifest import SourceRecord, sha256_of
from smashcima.assets.bundles.progress import InstallProgress
from smashcima.assets.bundles.remote_file import RemoteFile
from smashcima.errors import AssetError, CorruptAssetError, DownloadError


@dataclass
class Fetcher:
    """Fetches files for the installation of one bundle."""

    bundle_name: str
    local_sources: Sequence[Path]
    """Files, and directories of files; searched first, in this order."""

    mirrors: Sequence[str]
    """URLs of directories that contain files by name; tried before the URLs of a file."""

    is_offline: bool
    options: DownloadOptions
    progress: InstallProgress
    used_sources: list[Path] = field(default_factory=list)
    """The local files that were used."""

    _taken_by_suffix: set[Path] = field(default_factory=set)

    def close(self) -> None:
        """Closes the connections and removes the progress bars."""
        self.progress.close()
        if "_downloader" in self.__dict__:
            self._downloader.close()

    @cached_property
    def _downloader(self) -> Downloader:
        return Downloader(self.options, self.progress)

    def fetch(self, file: RemoteFile, directory: Path) -> SourceRecord:
        """Places the file in a directory under its own name.

        Raises:
            DownloadError: no source supplies the file.
            CorruptAssetError: the supplied file has the wrong checksum or size.
            AssetError: a local source cannot be read.
        """
        target = directory / file.file_name
        try:
            local = self._local(file)
        except OSError as error:
            raise AssetError(f"A local source cannot be read: {error}") from error
        if local is not None:
            origin = f"local file {local.name}"
            try:
                shutil.copyfile(local, target)
            except OSError as error:
                raise AssetError(f"{local} cannot be copied: {error}") from error
            self.used_sources.append(local)
            self._check(file, target, f"The file {local}")
        else:
            origin = self._download(file, target)
        return SourceRecord(
            file.file_name, origin, target.stat().st_size, sha256_of(target), file.sha256 is not None
        )

    def _local(self, file: RemoteFile) -> Path | None:
        """The first local source that is the file or an accepted alternative; `None` if there is none.

        In a directory, the file must have one of its names. A source that is a file may have any name if its checksum
        matches; without a known checksum, its suffix must match, and it is used for one file only.
        """
        for source in self.local_sources:
            if source.is_dir():
                for name in file.names:
                    if (source / name).is_file():
                        return source / name
            elif source.is_file():
                if source.name in file.names:
                    return source
                if file.sha256 is None:
                    is_alike = source.suffix.lower() == Path(file.file_name).suffix.lower()
                    if is_alike and source not in self._taken_by_suffix:
                        self._taken_by_suffix.add(source)
                        return source
                elif sha256_of(source) == file.sha256:
                    return source
        return None

    def _download(self, file: RemoteFile, target: Path) -> str:
        urls = [f"{mirror.rstrip('/')}/{file.file_name}" for mirror in self.mirrors] + list(file.urls)
        if self.is_offline or not urls:
            why = "SMASHCIMA_OFFLINE is set" if self.is_offline else "it has no known URL"
            raise DownloadError(
                f"{file.file_name} was not downloaded: {why}.\n{self._not_local(file)}{self.by_hand(file)}"
            )
        failures: list[AssetError] = []
        for url in urls:
            try:
                self._downloader.download(url, target, file)
                self._check(file, target, f"The file from {url}")
            except (DownloadError, CorruptAssetError) as error:  # noqa: PERF203 - the next address
                failures.append(error)
            else:
                return url
        told = "\n".join(f"- {error}" for error in failures)
        kind = (
            DownloadError if any(isinstance(each, DownloadError) for each in failures) else CorruptAssetError
        )
        raise kind(
            f"{file.file_name} could not be downloaded:\n{told}\n{self._not_local(file)}{self.by_hand(file)}"
        )

    def _not_local(self, file: RemoteFile) -> str:
        """Lines that state why the local sources were not used; empty without local sources."""
        told = [
            f"- {source}: contains none of {', '.join(file.names)}"
            if source.is_dir()
            else f"- {source}: is a different file"
            for source in self.local_sources
        ]
        return "".join(f"{line}\n" for line in told)

    def by_hand(self, file: RemoteFile) -> str:
        """Instructions for installing without network access of this machine."""
        lines = ["To install it by hand:"]
        if file.urls:
            lines.append(
                f"1. Download {file.file_name} from {file.urls[0]} on a machine with network access."
            )
        else:
            lines.append(f"1. Obtain {file.file_name}.")
        if file.sha256 is not None:
            lines.append(f"   Its sha256 is {file.sha256}.")
        lines.append(
            f"2. Copy it to this machine and run: smashcima assets install {self.bundle_name} --from "
            f"PATH/{file.file_name}"
        )
        lines.append("   Or copy it to a directory listed in the environment variable SMASHCIMA_ASSETS_FROM.")
        return "\n".join(lines)

    def _check(self, file: RemoteFile, path: Path, subject: str) -> None:
        """Verifies a copy; if it is not the file, deletes it and raises `CorruptAssetError`."""
        size = path.stat().st_size
        problem = None
        if file.size is not None and size != file.size:
            problem = f"has {size} bytes, but {file.file_name} must have {file.size}"
        elif file.sha256 is not None and (checksum := sha256_of(path)) != file.sha256:
            problem = f"has the sha256 {checksum}, but {file.file_name} must have {file.sha256}"
        if problem is not None:
            path.unlink()
            raise CorruptAssetError(f"{subject} {problem}. It is a different file or damaged.")
