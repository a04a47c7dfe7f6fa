"""Getting the files that bundles are made from: from the user's own copies, from mirrors, from their addresses."""

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
    """Files, and directories of files; asked first, in this order."""

    mirrors: Sequence[str]
    """Addresses of directories that have files by their names; asked before the addresses of a file."""

    is_offline: bool
    options: DownloadOptions
    progress: InstallProgress
    used_sources: list[Path] = field(default_factory=list)
    """The local files that were taken."""

    _taken_by_suffix: set[Path] = field(default_factory=set)

    def close(self) -> None:
        """Ends the connections and removes the bars."""
        self.progress.close()
        if "_downloader" in self.__dict__:
            self._downloader.close()

    @cached_property
    def _downloader(self) -> Downloader:
        return Downloader(self.options, self.progress)

    def fetch(self, file: RemoteFile, directory: Path) -> SourceRecord:
        """Puts the file into the directory under its own name.

        Raises:
            DownloadError: nobody gives it.
            CorruptAssetError: what was given is another file.
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
        """The first local source that is the file, or stands for it.

        A directory has it under one of its names. A file that was named itself may be called anything, if it is what is looked
        for; without a known checksum, the suffix must do, and it serves for one file only.
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
            why = "SMASHCIMA_OFFLINE is set" if self.is_offline else "no address of it is known"
            raise DownloadError(
                f"{file.file_name} was not downloaded: {why}.\n{self._not_local(file)}{self.by_hand(file)}"
            )
        failures: list[AssetError] = []
        for url in urls:
            try:
                self._downloader.download(url, target, file)
                self._check(file, target, f"What {url} gives")
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
        """That the local sources were of no use, where there are any."""
        told = [
            f"- {source}: holds none of {', '.join(file.names)}"
            if source.is_dir()
            else f"- {source}: is another file"
            for source in self.local_sources
        ]
        return "".join(f"{line}\n" for line in told)

    def by_hand(self, file: RemoteFile) -> str:
        """What a person can do to install without this machine's network."""
        lines = ["To install it by hand:"]
        if file.urls:
            lines.append(f"1. Fetch {file.file_name} from {file.urls[0]} on a machine that can.")
        else:
            lines.append(f"1. Get {file.file_name}.")
        if file.sha256 is not None:
            lines.append(f"   Its sha256 is {file.sha256}.")
        lines.append(
            f"2. Put it anywhere on this machine and run: smashcima assets install {self.bundle_name} --from "
            f"PATH/{file.file_name}"
        )
        lines.append(
            "   Or put it into a directory that the environment variable SMASHCIMA_ASSETS_FROM names."
        )
        return "\n".join(lines)

    def _check(self, file: RemoteFile, path: Path, subject: str) -> None:
        """Deletes a copy that is not the file, and raises a CorruptAssetError."""
        size = path.stat().st_size
        problem = None
        if file.size is not None and size != file.size:
            problem = f"has {size} bytes, and {file.file_name} has {file.size}"
        elif file.sha256 is not None and (checksum := sha256_of(path)) != file.sha256:
            problem = f"has the sha256 {checksum}, and {file.file_name} has {file.sha256}"
        if problem is not None:
            path.unlink()
            raise CorruptAssetError(f"{subject} {problem}. It is another file, or it is damaged.")
