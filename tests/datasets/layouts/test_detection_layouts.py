"""COCO, YOLO and DeepScoresV2 as their own readers see them."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import yaml
from PIL import Image

import smashcima.datasets
from smashcima.datasets.generation import Record
from smashcima.datasets.layouts import CocoLayout
from smashcima.errors import PlanError
from smashcima.exporting.classes import ClassSelection
from smashcima.exporting.coco import CocoExporter


def of_split(records, split: str):
    return [record for record in records if record.split == split]


def test_pycocotools_reads_one_document_for_each_split(write, made):
    from pycocotools.coco import COCO

    plan, root = write({"name": "coco"})
    train, test = (COCO(root / "annotations" / f"{split}.json") for split in ("train", "test"))
    assert sorted(train.imgs) == [1, 3]
    assert sorted(test.imgs) == [2]
    assert train.cats == test.cats
    documents = [json.loads(record.files["coco.json"]) for record in of_split(made(plan), "train")]
    assert sorted(train.anns) == list(range(1, 1 + sum(len(each["annotations"]) for each in documents)))
    for number, document in zip((1, 3), documents, strict=True):
        own = train.imgToAnns[number]
        assert len(own) == len(document["annotations"])
        image = train.imgs[number]
        pixels = cv2.imread(str(root / "train" / image["file_name"]))
        assert pixels.shape[:2] == (image["height"], image["width"])
        for read, exported in zip(own, document["annotations"], strict=True):
            assert read["bbox"] == exported["bbox"]
            assert read["category_id"] == exported["category_id"]
        drawn = next(each for each in own if train.cats[each["category_id"]]["name"] == "noteheadBlack")
        assert train.annToMask(drawn).sum() == drawn["area"]


def test_category_ids_do_not_depend_on_the_pages(write):
    _, many = write({"name": "coco", "classes": "deepscores"})
    _, one = write({"name": "coco", "classes": "deepscores"}, seed=3, order=(1,))
    read = [
        json.loads((root / "annotations" / "test.json").read_bytes())["categories"] for root in (many, one)
    ]
    assert read[0] == read[1]
    assert [each["id"] for each in read[0]] == list(range(1, len(read[0]) + 1))


def test_classes_are_selected_by_the_layout(write):
    _, root = write(
        {
            "name": "coco",
            "classes": {
                "keep": ["noteheadBlack", "noteheadHalf", "stem"],
                "merge": {"head": ["noteheadBlack"]},
            },
            "segmentation": "none",
        }
    )
    document = json.loads((root / "annotations" / "train.json").read_bytes())
    names = {each["id"]: each["name"] for each in document["categories"]}
    assert sorted(names.values()) == ["head", "noteheadHalf", "stem"]
    assert {names[each["category_id"]] for each in document["annotations"]} <= set(names.values())


@pytest.mark.parametrize(
    ("layout", "message"),
    [
        ({"name": "coco", "classes": "deepscore"}, r"layout\.classes\.vocabulary: .*did you mean 'deepscores'"),
        ({"name": "coco", "classes": {"vocabulary": "mung", "drop": ["stems"]}}, r"layout\.classes: drop= .*'stems'"),
        ({"name": "coco", "key_points": "yes"}, r"layout\.key_points: expected true or false, got 'yes'"),
        ({"name": "yolo", "task": "pose"}, r"layout\.task: 'pose' is not available"),
    ],
)  # fmt: skip
def test_invalid_options_are_named(write, layout, message):
    with pytest.raises(PlanError, match=message):
        write(layout)


def test_crops_have_unique_image_ids(write, made):
    plan, root = write({"name": "coco"}, image={"dpi": 60, "crops": "staves"})
    assert [(record.key, dict(record.files)) for record in smashcima.datasets.load(root)] == [
        (record.key, dict(record.files)) for record in made(plan)
    ]
    images = json.loads((root / "annotations" / "train.json").read_bytes())["images"]
    assert [each["id"] for each in images[:2]] == [100_000, 100_001]
    assert len({each["id"] for each in images}) == len(images) > 2


def test_supervision_reads_the_yolo_tree(write, made):
    import supervision

    plan, root = write({"name": "yolo", "classes": "muscimapp2"})
    described = yaml.safe_load((root / "data.yaml").read_text())
    assert described["train"] == "images/train"
    assert described["val"] == "images/train"
    assert described["test"] == "images/test"
    data = supervision.DetectionDataset.from_yolo(
        str(root / "images/train"), str(root / "labels/train"), str(root / "data.yaml")
    )
    records = of_split(made(plan), "train")
    assert [Path(path).stem for path in sorted(data.image_paths)] == [record.key for record in records]
    for record in records:
        (found,) = [data.annotations[path] for path in data.image_paths if Path(path).stem == record.key]
        assert len(found) == record.files["txt"].count(b"\n")


def test_one_deepscores_document_for_each_split(write, made):
    plan, root = write({"name": "deepscores"}, image={"dpi": 60, "format": "png"})
    document = json.loads((root / "deepscores_train.json").read_bytes())
    assert [image["id"] for image in document["images"]] == [1, 3]
    exported = [json.loads(record.files["deepscores.json"]) for record in of_split(made(plan), "train")]
    counts = [len(each["annotations"]) for each in exported]
    assert [len(image["ann_ids"]) for image in document["images"]] == counts
    assert list(document["annotations"]) == [str(number) for number in range(1, sum(counts) + 1)]
    categories = document["categories"]
    for image in document["images"]:
        # Pillow keeps the numbers of the palette.
        path = root / "segmentation" / image["filename"].replace(".png", "_seg.png")
        segmentation = np.asarray(Image.open(path))
        assert segmentation.shape == (image["height"], image["width"])
        painted = set(np.unique(segmentation).tolist()) - {0}
        names = {
            categories[document["annotations"][number]["cat_id"][0]]["color"] for number in image["ann_ids"]
        }
        staff = next(each["color"] for each in categories.values() if each["name"] == "staff")
        assert painted <= names | {staff}
        assert len(painted) > 3
        own = [document["annotations"][number] for number in image["ann_ids"]]
        assert {each["img_id"] for each in own} == {str(image["id"])}
    assert len(document["categories"]) == 208


def test_classes_of_ones_own_are_in_the_document(tmp_path: Path):
    exporter = CocoExporter(ClassSelection("deepscores"))
    layout, folder = CocoLayout(exporter), tmp_path / "set"
    folder.mkdir()
    fixed = [{"id": number, "name": name} for number, name in enumerate(exporter.classes.classes, 1)]
    own = [{"id": 2_000_000, "name": "my rest"}]
    writer = layout.open_shard(folder, 0)
    for sample, categories in enumerate([fixed, fixed + own]):
        document = {
            "info": {},
            "licenses": [],
            "images": [{"id": 1, "file_name": f"{sample}.jpg"}],
            "annotations": [{"id": 1, "image_id": 1, "category_id": each["id"]} for each in categories[-1:]],
            "categories": categories,
        }
        files = {"jpg": b"", "coco.json": json.dumps(document, separators=(",", ":")).encode()}
        writer.write(Record(f"{sample}", sample, "train", files, {"sample": sample}))
    writer.close()
    layout.finish(folder, 1)
    whole = json.loads((folder / "annotations" / "train.json").read_bytes())
    assert whole["categories"] == fixed + own
    assert [json.loads(record.files["coco.json"])["categories"] for record in layout.read(folder)] == [
        fixed,
        fixed + own,
    ]
