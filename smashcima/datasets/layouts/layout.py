"""Interface of layouts.

A data set is written in *shards*: the records of a fixed range of samples. A shard is complete or absent, and its bytes
depend on its samples only. So shards can be written in any order, by any number of processes, and an interrupted run
is resumed by writing those that are missing. After all shards are written, `finish` makes what belongs to the whole set.
"""

from __future__ import annotations

import heapq
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.record import Record
from smashcima.short_repr import ShortRepr

if TYPE_CHECKING:
    from smashcima.datasets.generation.labels import Files, LabelContext
    from smashcima.datasets.generation.plan import GenerationPlan


class ShardWriter(ABC):
    """Writes one shard into a temporary folder, which becomes visible when it is complete."""

    @abstractmethod
    def write(self, record: Record) -> None:
        """Adds a record."""

    def close(self) -> None:
        """Completes the files of the shard; does nothing by default."""


class Layout(ShortRepr, ABC):
    """How the records of a data set are arranged in files.

    - **Must override** `from_options`, `open_shard`, `read`.
    - **May override** `prepare`, `files_for`, `finish`, `find`, `own_labels`, `samples_per_shard`.

    `open_shard` gets an empty folder; its files are then moved to the same relative paths in the data set, one by one
    after all are complete. Files of different shards must have different paths.
    """

    NAME: ClassVar[str]
    """Name in plans."""

    FIELDS: ClassVar[tuple[str, ...]] = ()
    """Names of options in plans."""

    own_labels: ClassVar[tuple[str, ...]] = ()
    """Labels that `files_for` makes, so that they are not made a second time if the plan names them."""

    samples_per_shard: int = 100
    """Number of samples in a shard, unless a plan says otherwise; data sets with few samples have smaller shards."""

    @classmethod
    @abstractmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> Layout:
        """Builds the layout from its options in a plan; raises `PlanError`."""

    def prepare(self, plan: GenerationPlan) -> None:
        """Receives the plan before records are made or written; may be called repeatedly.

        Raises `PlanError` if the plan does not suit the layout. Does nothing by default.
        """

    def files_for(self, context: LabelContext) -> Files:
        """Files that the layout adds to the record of an image, by suffix; none by default.

        Raises `ExportError` if the image cannot be described; its sample then fails.
        """
        return {}

    @abstractmethod
    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        """Starts the shard with an index, in an empty folder."""

    def finish(self, root: Path, shards: int) -> None:
        """Makes the files that belong to the whole data set; called when all shards are complete, possibly again."""

    @classmethod
    def find(cls, root: Path) -> Layout | None:
        """The layout with which a folder without a plan can be read; `None` if it does not have this layout."""
        return None

    @abstractmethod
    def read(self, root: Path) -> Iterator[Record]:
        """Reads the records of a data set back, in the order of samples."""


def grouped(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, dict[str, bytes]]]:
    """Groups consecutive files by the part of their name before the first dot: keys and contents by suffix."""
    key: str | None = None
    found: dict[str, bytes] = {}
    for name, content in files:
        stem, _, suffix = name.partition(".")
        if key is not None and stem != key:
            yield key, found
            found = {}
        key = stem
        found[suffix] = content
    if key is not None:
        yield key, found


def in_order(streams: Iterable[Iterator[Record]]) -> Iterator[Record]:
    """Merges records of several splits, each in the order of samples."""
    return heapq.merge(*streams, key=lambda record: (record.sample, record.key))


def by_shard(paths: Iterable[Path]) -> dict[str, list[Path]]:
    """Groups files named `train-000012.tar` by split, in the order of shards."""
    found: dict[str, list[Path]] = {}
    for path in sorted(paths, key=lambda path: (len(path.name), path.name)):
        found.setdefault(path.name.rpartition("-")[0], []).append(path)
    return found
