"""YOLO: images and labels in parallel trees, with `data.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.labels import Files, LabelContext
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.classes_option import read_classes
from smashcima.datasets.layouts.companions import FOLDER, read_companions, splits, write_companions
from smashcima.datasets.layouts.layout import Layout, ShardWriter, in_order
from smashcima.exporting.yolo import YoloExporter

_LABEL = "txt"
_TASKS = ("detect", "segment", "obb")


class YoloLayout(Layout):
    """`images/train/`, `labels/train/` and `data.yaml`; metadata and other labels in `records/train/`.

    Options: `classes` and `task`, as those of `YoloExporter`.
    """

    NAME = "yolo"
    FIELDS = ("classes", "task")
    own_labels: ClassVar[tuple[str, ...]] = ("yolo",)

    def __init__(self, exporter: YoloExporter | None = None) -> None:
        self.exporter = exporter or YoloExporter()

    @classmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> YoloLayout:
        chosen: dict[str, Any] = {"classes": read_classes(options, where)}
        if "task" in options:
            chosen["task"] = where.at("task").text(options["task"], _TASKS)
        return cls(YoloExporter(**chosen))

    def files_for(self, context: LabelContext) -> Files:
        return {_LABEL: self.exporter.export_string(context.annotation).encode()}

    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        return _YoloWriter(folder)

    def finish(self, root: Path, shards: int) -> None:
        found = splits(root)
        if not found:
            return  # every sample failed
        train = "train" if "train" in found else found[0]
        # Trainers demand images for validation; if there are none, they get those for training.
        validation = next((name for name in ("validation", "val", "valid") if name in found), train)
        places = {"train": f"images/{train}", "val": f"images/{validation}"}
        if "test" in found:
            places["test"] = "images/test"
        self.exporter.write_data_yaml(root / "data.yaml", **places)

    @classmethod
    def find(cls, root: Path) -> YoloLayout | None:
        return cls() if (root / "data.yaml").is_file() and (root / FOLDER).is_dir() else None

    def read(self, root: Path) -> Iterator[Record]:
        yield from in_order(_read_split(root, split) for split in splits(root))


def _read_split(root: Path, split: str) -> Iterator[Record]:
    for record in read_companions(root, split):
        (image,) = (root / "images" / split).glob(f"{record.key}.*")
        files = {
            image.suffix[1:]: image.read_bytes(),
            _LABEL: (root / "labels" / split / f"{record.key}.{_LABEL}").read_bytes(),
            **record.files,
        }
        yield replace(record, files=files)


class _YoloWriter(ShardWriter):
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, record: Record) -> None:
        for tree, suffix in (("images", record.image_suffix), ("labels", _LABEL)):
            folder = self._folder / tree / record.split
            folder.mkdir(parents=True, exist_ok=True)
            (folder / f"{record.key}.{suffix}").write_bytes(record.files[suffix])
        write_companions(record, self._folder, {record.image_suffix, _LABEL})
