"""COCO: one document for each split."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import Any, ClassVar

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.labels import Files, LabelContext
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.classes_option import read_classes
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
from smashcima.exporting.coco import CocoExporter

_LABEL = "coco.json"
_SEGMENTATIONS = ("rle", "counts", "polygon", "none")


class CocoLayout(Layout):
    """`annotations/train.json` with the images in `train/`; metadata and other labels in `records/train/`.

    Options: `classes`, `segmentation`, `oriented_boxes` and `key_points`, as those of `CocoExporter`. Categories are
    those of the class selection, however few of them occur.
    """

    NAME = "coco"
    FIELDS = ("classes", "segmentation", "oriented_boxes", "key_points")
    own_labels: ClassVar[tuple[str, ...]] = ("coco",)

    def __init__(self, exporter: CocoExporter | None = None) -> None:
        """`exporter` makes the annotations; its names and ids are not used."""
        self.exporter = exporter or CocoExporter()

    @classmethod
    def from_options(cls, options: Mapping[str, Any], where: Where) -> CocoLayout:
        chosen: dict[str, Any] = {"classes": read_classes(options, where)}
        if "segmentation" in options:
            chosen["segmentation"] = where.at("segmentation").text(options["segmentation"], _SEGMENTATIONS)
        for name in ("oriented_boxes", "key_points"):
            if name in options:
                chosen[name] = where.at(name).boolean(options[name])
        return cls(CocoExporter(**chosen))

    def files_for(self, context: LabelContext) -> Files:
        exporter = replace(self.exporter, file_name=context.file_name)
        return {_LABEL: exporter.export_string(context.annotation).encode()}

    def open_shard(self, folder: Path, shard: int) -> ShardWriter:
        return _CocoWriter(folder, shard)

    def finish(self, root: Path, shards: int) -> None:
        for split, paths in by_shard((root / PARTS).glob("*.jsonl.gz")).items():
            writer = LongJsonWriter(
                root / "annotations" / f"{split}.json", {"images": "[]", "annotations": "[]"}
            )
            head: dict[str, Any] = {}
            categories: dict[int, Any] = {}
            count = 0
            for document, texts in read_parts(paths):
                head = {"info": document["info"], "licenses": document["licenses"]}
                categories |= {each["id"]: each for each in document["categories"]}
                for image in document["images"]:
                    writer.add("images", image)
                for text in texts:
                    count += 1
                    writer.add_text("annotations", f'{{"id":{count},{text}')
            writer.close({**head, "categories": [categories[number] for number in sorted(categories)]})

    @classmethod
    def find(cls, root: Path) -> CocoLayout | None:
        return cls() if any((root / "annotations").glob("*.json")) and (root / FOLDER).is_dir() else None

    def read(self, root: Path) -> Iterator[Record]:
        paths = sorted((root / "annotations").glob("*.json"))
        yield from in_order(self._read_split(root, path) for path in paths)

    def _read_split(self, root: Path, path: Path) -> Iterator[Record]:
        head = read_head(path)
        usual = {number for number, _ in enumerate(self.exporter.classes.classes, 1)}
        groups = groupby(read_section(path, "annotations"), lambda annotation: annotation["image_id"])
        waiting = next(groups, None)
        companions = read_companions(root, path.stem)
        for image, record in zip(read_section(path, "images"), companions, strict=True):
            annotations: list[dict[str, Any]] = []
            if waiting is not None and waiting[0] == image["id"]:
                annotations = [_alone(annotation, number) for number, annotation in enumerate(waiting[1], 1)]
                waiting = next(groups, None)
            used = usual | {annotation["category_id"] for annotation in annotations}
            document = {
                "info": head["info"],
                "licenses": head["licenses"],
                "images": [{**image, "id": 1}],
                "annotations": annotations,
                "categories": [each for each in head["categories"] if each["id"] in used],
            }
            name = image["file_name"]
            files = {
                name.rpartition(".")[2]: (root / path.stem / name).read_bytes(),
                _LABEL: json_text(document).encode(),
                **record.files,
            }
            yield replace(record, files=files)


def _alone(annotation: Mapping[str, Any], number: int) -> dict[str, Any]:
    """An annotation as in the document of a single image, with its fields in their order."""
    fields: dict[str, Any] = {}
    for name, value in annotation.items():
        if name == "image_id":
            fields |= {"id": number, "image_id": 1}
        elif name != "id":
            fields[name] = value
    return fields


class _CocoWriter(ShardWriter):
    def __init__(self, folder: Path, shard: int) -> None:
        self._folder = folder
        self._parts = PartWriter(folder, shard)

    def write(self, record: Record) -> None:
        document = json.loads(record.files[_LABEL])
        number = image_id(record)
        document["images"][0]["id"] = number
        annotations = []
        for annotation in document.pop("annotations"):
            del annotation["id"]
            # Without the bracket, so that the final id can be put in front.
            annotations.append(json_text({**annotation, "image_id": number}).removeprefix("{"))
        self._parts.add(record.split, document, annotations)
        images = self._folder / record.split
        images.mkdir(exist_ok=True)
        name = f"{record.key}.{record.image_suffix}"
        (images / name).write_bytes(record.files[record.image_suffix])
        write_companions(record, self._folder, {record.image_suffix, _LABEL})

    def close(self) -> None:
        self._parts.close()
