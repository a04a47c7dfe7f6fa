"""WebDataset: tar shards of files that are grouped by key."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.folders import METADATA, with_metadata
from smashcima.datasets.layouts.layout import Layout, ShardWriter, by_shard, grouped, in_order


class WebDatasetLayout(Layout):
    """`train-000000.tar` and so on: sorted names, fixed times, so that equal records give equal bytes.

    Each shard has one archive per split. `index.json` lists the archives with their numbers of images and sizes.
    """

    NAME = "webdataset"

    @classmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> WebDatasetLayout:
        return cls()

    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        return _TarWriter(folder, shard)

    def finish(self, root: Path, shards: int) -> None:
        entries = []
        for path in sorted(root.glob("*.tar")):
            with tarfile.open(path) as archive:
                keys = {member.name.partition(".")[0] for member in archive}
            entries.append({"url": path.name, "nsamples": len(keys), "filesize": path.stat().st_size})
        index = {"__kind__": "wds-shard-index-v1", "wids_version": 1, "shardlist": entries}
        (root / "index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")

    @classmethod
    def is_in(cls, root: Path) -> bool:
        return any(root.glob("*-*.tar"))

    def read(self, root: Path) -> Iterator[Record]:
        archives = by_shard(root.glob("*.tar"))
        yield from in_order(_read_split(split, paths) for split, paths in sorted(archives.items()))


def _read_split(split: str, paths: list[Path]) -> Iterator[Record]:
    for path in paths:
        with tarfile.open(path) as archive:
            members = ((member.name, _content(archive, member)) for member in archive)
            for key, files in grouped(members):
                metadata = json.loads(files.pop(METADATA))
                yield Record(key, metadata["sample"], split, files, metadata)


class _TarWriter(ShardWriter):
    def __init__(self, folder: Path, shard: int) -> None:
        self._folder = folder
        self._shard = shard
        self._archives: dict[str, tarfile.TarFile] = {}

    def write(self, record: Record) -> None:
        archive = self._archives.get(record.split)
        if archive is None:
            path = self._folder / f"{record.split}-{self._shard:06}.tar"
            archive = self._archives[record.split] = tarfile.open(path, "w", format=tarfile.USTAR_FORMAT)  # noqa: SIM115
        for suffix, content in sorted(with_metadata(record).items()):
            info = tarfile.TarInfo(f"{record.key}.{suffix}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))

    def close(self) -> None:
        for archive in self._archives.values():
            archive.close()


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return b"" if file is None else file.read()
