"""DeepScoresV2: one document for each split, with segmentations."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.labels import Files, LabelContext
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.companions import FOLDER, read_companions, write_companions
from smashcima.datasets.layouts.layout import Layout, ShardWriter, by_shard, in_order
from smashcima.datasets.layouts.long_json import (
    PARTS,
    LongJsonWriter,
    PartWriter,
    json_text,
    read_head,
    read_parts,
    read_section,
)
from smashcima.datasets.layouts.numbering import image_id
from smashcima.exporting.deepscores import DeepScoresExporter

_LABEL = "deepscores.json"
_SEGMENTATION = "seg.png"
_DOCUMENT = "deepscores_"


class DeepScoresLayout(Layout):
    """`deepscores_train.json`, `images/` and `segmentation/`; metadata and other labels in `records/train/`.

    All categories and colours are those of DeepScoresV2.
    """

    NAME = "deepscores"
    own_labels: ClassVar[tuple[str, ...]] = ("deepscores",)

    @classmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> DeepScoresLayout:
        return cls()

    def files_for(self, context: LabelContext) -> Files:
        exporter = DeepScoresExporter(file_name=context.file_name)
        return {
            _LABEL: exporter.export_string(context.annotation).encode(),
            _SEGMENTATION: exporter.segmentation_png(context.annotation),
        }

    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        return _DeepScoresWriter(folder, shard)

    def finish(self, root: Path, shards: int) -> None:
        for split, paths in by_shard((root / PARTS).glob("*.jsonl.gz")).items():
            path = root / f"{_DOCUMENT}{split}.json"
            writer = LongJsonWriter(path, {"images": "[]", "annotations": "{}"})
            head: dict[str, Any] = {}
            count = 0
            for document, texts in read_parts(paths):
                head = {name: document[name] for name in ("info", "annotation_sets", "categories")}
                (image,) = document["images"]
                numbers = range(count + 1, count + 1 + len(image["ann_ids"]))
                writer.add("images", {**image, "ann_ids": [str(number) for number in numbers]})
                for number, text in zip(numbers, texts, strict=True):
                    writer.add_text("annotations", text, str(number))
                count += len(numbers)
            writer.close(head)

    @classmethod
    def find(cls, root: Path) -> DeepScoresLayout | None:
        return cls() if any(root.glob(f"{_DOCUMENT}*.json")) and (root / FOLDER).is_dir() else None

    def read(self, root: Path) -> Iterator[Record]:
        yield from in_order(_read_split(root, path) for path in sorted(root.glob(f"{_DOCUMENT}*.json")))


def _read_split(root: Path, path: Path) -> Iterator[Record]:
    head = read_head(path)
    annotations = read_section(path, "annotations")
    companions = read_companions(root, path.stem.removeprefix(_DOCUMENT))
    for image, record in zip(read_section(path, "images"), companions, strict=True):
        found = islice(annotations, len(image["ann_ids"]))
        own = {str(number): {**each, "img_id": "1"} for number, each in enumerate(found, 1)}
        document = {**head, "images": [{**image, "id": 1, "ann_ids": list(own)}], "annotations": own}
        name = image["filename"]
        files = {
            name.rpartition(".")[2]: (root / "images" / name).read_bytes(),
            _LABEL: json_text(document).encode(),
            _SEGMENTATION: (root / "segmentation" / f"{record.key}_seg.png").read_bytes(),
            **record.files,
        }
        yield replace(record, files=files)


class _DeepScoresWriter(ShardWriter):
    def __init__(self, folder: Path, shard: int) -> None:
        self._folder = folder
        self._parts = PartWriter(folder, shard)
        for name in ("images", "segmentation"):
            (folder / name).mkdir()

    def write(self, record: Record) -> None:
        document = json.loads(record.files[_LABEL])
        number = image_id(record)
        document["images"][0]["id"] = number
        annotations = document.pop("annotations")
        (image,) = document["images"]
        entries = [json_text({**annotations[old], "img_id": str(number)}) for old in image["ann_ids"]]
        self._parts.add(record.split, document, entries)
        image = self._folder / "images" / f"{record.key}.{record.image_suffix}"
        image.write_bytes(record.files[record.image_suffix])
        segmentation = self._folder / "segmentation" / f"{record.key}_seg.png"
        segmentation.write_bytes(record.files[_SEGMENTATION])
        write_companions(record, self._folder, {record.image_suffix, _LABEL, _SEGMENTATION})

    def close(self) -> None:
        self._parts.close()
