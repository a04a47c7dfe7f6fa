"""Layout of Parquet shards."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.labels import Files, LabelContext
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.classes_option import read_classes
from smashcima.datasets.layouts.layout import Layout, ShardWriter, by_shard, in_order
from smashcima.datasets.layouts.parquet.card import write_card
from smashcima.datasets.layouts.parquet.columns import Column, columns_of, schema_of
from smashcima.errors import PlanError
from smashcima.exporting.coco import CocoExporter
from smashcima.extras import need

if TYPE_CHECKING:
    import pyarrow.parquet

    from smashcima.datasets.generation.plan import GenerationPlan

FOLDER = "data"

_ROWS_AT_ONCE = 32
"""Number of records in a row group. A reader holds one row group in memory."""


class ParquetLayout(Layout):
    """`data/train-000000.parquet` and so on, with a data set card in `README.md`.

    Images, classes and boxes have the types of Hugging Face `datasets`; every label has a column. Option: `classes`, the
    classes of the column `objects`, which exists if the plan has the label `coco`. Requires the extra `hub`.
    """

    NAME = "parquet"
    FIELDS = ("classes",)
    own_labels: ClassVar[tuple[str, ...]] = ("coco",)

    def __init__(self, exporter: CocoExporter | None = None) -> None:
        """`exporter` makes the annotations for `objects`."""
        self.exporter = exporter or CocoExporter()
        self._columns: Sequence[Column] = ()
        self._has_objects = False

    @classmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> ParquetLayout:
        return cls(CocoExporter(read_classes(options, where)))

    def prepare(self, plan: GenerationPlan) -> None:
        _require_pyarrow()
        self._columns = columns_of(plan, self.exporter.classes.classes)
        self._has_objects = "coco" in plan.labels

    def files_for(self, context: LabelContext) -> Files:
        if not self._has_objects:
            return {}
        exporter = replace(self.exporter, file_name=context.file_name)
        return {"coco.json": exporter.export_string(context.annotation).encode()}

    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        if not self._columns:
            raise PlanError(
                "Call `prepare(plan)` before writing a Parquet data set: its columns follow from the plan."
            )
        return _ParquetWriter(folder / FOLDER, shard, self._columns)

    def finish(self, root: Path, shards: int) -> None:
        _require_pyarrow()
        write_card(root, by_shard((root / FOLDER).glob("*.parquet")))

    @classmethod
    def find(cls, root: Path) -> ParquetLayout | None:
        return cls() if any((root / FOLDER).glob("*-*.parquet")) else None

    def read(self, root: Path) -> Iterator[Record]:
        _require_pyarrow()
        shards = by_shard((root / FOLDER).glob("*.parquet"))
        yield from in_order(_read_split(split, paths) for split, paths in sorted(shards.items()))


class _ParquetWriter(ShardWriter):
    def __init__(self, folder: Path, shard: int, columns: Sequence[Column]) -> None:
        self._folder = folder
        self._shard = shard
        self._columns = columns
        self._schema = schema_of(columns)
        self._files: dict[str, pyarrow.parquet.ParquetWriter] = {}
        self._waiting: dict[str, list[dict[str, Any]]] = {}

    def write(self, record: Record) -> None:
        rows = self._waiting.setdefault(record.split, [])
        rows.append({column.name: column.value(record) for column in self._columns})
        if len(rows) >= _ROWS_AT_ONCE:
            self._flush(record.split)

    def close(self) -> None:
        for split in self._waiting:
            self._flush(split)
        for file in self._files.values():
            file.close()

    def _flush(self, split: str) -> None:
        import pyarrow.parquet

        rows = self._waiting[split]
        if not rows:
            return
        file = self._files.get(split)
        if file is None:
            self._folder.mkdir(exist_ok=True)
            path = self._folder / f"{split}-{self._shard:06}.parquet"
            # Images are compressed already; zstd is for text.
            file = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")
            self._files[split] = file
        file.write_table(pyarrow.Table.from_pylist(rows, schema=self._schema))
        rows.clear()


def _read_split(split: str, paths: Sequence[Path]) -> Iterator[Record]:
    import pyarrow.parquet

    for path in paths:
        with pyarrow.parquet.ParquetFile(path) as file:
            suffixes = json.loads(file.schema_arrow.metadata[b"smashcima"])["files"]
            for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE):
                for row in batch.to_pylist():
                    files = {
                        suffix: _content(row[name])
                        for name, suffix in suffixes.items()
                        if row[name] is not None
                    }
                    yield Record(row["key"], row["sample"], split, files, json.loads(row["metadata"]))


def _content(value: Any) -> bytes:
    """The file in a cell: an image, or text."""
    content: bytes = value["bytes"] if isinstance(value, dict) else value.encode()
    return content


def _require_pyarrow() -> None:
    need("pyarrow", "hub", "The layout parquet needs", error=PlanError)
