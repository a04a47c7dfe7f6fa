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

    Each shard has one archive for each split; with the option `mb_per_archive`, several, `train-000000_000.tar` and so
    on. An archive then exceeds this size only if one record does. `index.json` lists the archives with their numbers of
    images and sizes, for the package `wids`; `index-train.json` those of one split.
    """

    NAME = "webdataset"
    FIELDS = ("mb_per_archive",)

    def __init__(self, mb_per_archive: float | None = None) -> None:
        """`mb_per_archive` is the largest size of archives in megabytes."""
        self.mb_per_archive = mb_per_archive

    @classmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> WebDatasetLayout:
        size = options.get("mb_per_archive")
        return cls(None if size is None else where.at("mb_per_archive").number(size, 0.01))

    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        most = None if self.mb_per_archive is None else int(self.mb_per_archive * 1_000_000)
        return _TarWriter(folder, shard, most)

    def finish(self, root: Path, shards: int) -> None:
        every: list[dict[str, Any]] = []
        for split, paths in sorted(by_shard(root.glob("*.tar")).items()):
            entries = [_index_entry(path) for path in paths]
            _write_index(root / f"index-{split}.json", entries)
            every += entries
        _write_index(root / "index.json", every)

    @classmethod
    def find(cls, root: Path) -> WebDatasetLayout | None:
        return cls() if any(root.glob("*-*.tar")) else None

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
    def __init__(self, folder: Path, shard: int, most: int | None) -> None:
        self._folder = folder
        self._shard = shard
        self._most = most
        self._archives: dict[str, tarfile.TarFile] = {}
        self._counts: dict[str, int] = {}

    def write(self, record: Record) -> None:
        files = sorted(with_metadata(record).items())
        archive = self._archive(record.split, sum(_size_in_tar(content) for _, content in files))
        for suffix, content in files:
            info = tarfile.TarInfo(f"{record.key}.{suffix}")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))

    def close(self) -> None:
        for archive in self._archives.values():
            archive.close()

    def _archive(self, split: str, needed: int) -> tarfile.TarFile:
        """The archive for a record that needs some bytes."""
        archive = self._archives.get(split)
        if archive is not None:
            if self._most is None or archive.offset + needed + tarfile.RECORDSIZE <= self._most:
                return archive
            archive.close()
        count = self._counts.get(split, 0)
        self._counts[split] = count + 1
        part = "" if self._most is None else f"_{count:03}"
        path = self._folder / f"{split}-{self._shard:06}{part}.tar"
        archive = self._archives[split] = tarfile.open(path, "w", format=tarfile.USTAR_FORMAT)  # noqa: SIM115
        return archive


def _size_in_tar(content: bytes) -> int:
    """Bytes of a file in an archive: its header, and whole blocks."""
    return tarfile.BLOCKSIZE * (1 + -(-len(content) // tarfile.BLOCKSIZE))


def _index_entry(path: Path) -> dict[str, Any]:
    with tarfile.open(path) as archive:
        keys = {member.name.partition(".")[0] for member in archive}
    return {"url": path.name, "nsamples": len(keys), "filesize": path.stat().st_size}


def _write_index(path: Path, entries: list[dict[str, Any]]) -> None:
    index = {"__kind__": "wids-shard-index-v1", "wids_version": 1, "shardlist": entries}
    path.write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member)
    return b"" if file is None else file.read()
