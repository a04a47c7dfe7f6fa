"""Parquet data sets as pyarrow and `datasets` see them."""

from __future__ import annotations

import json
import sys

import cv2
import numpy as np
import pytest

import smashcima.datasets
from smashcima.datasets.generation.labels import LABELS, SUFFIXES
from smashcima.errors import PlanError
from smashcima.exporting.classes import ClassSelection

LABELS_USED = ["coco", "musicxml", "masks", "agnostic"]


@pytest.fixture
def data_set(write):
    pytest.importorskip("pyarrow", reason="Parquet needs pyarrow, the extra `hub`")
    return write({"name": "parquet"}, labels=LABELS_USED)


def test_all_shards_have_the_columns_of_the_plan(data_set):
    import pyarrow.parquet

    _, root = data_set
    names = sorted(path.name for path in (root / "data").iterdir())
    assert names == ["test-000000.parquet", "train-000000.parquet", "train-000001.parquet"]
    schemas = [pyarrow.parquet.read_schema(root / "data" / name) for name in names]
    assert schemas[0].equals(schemas[1], check_metadata=True)
    assert schemas[1].equals(schemas[2], check_metadata=True)
    # Pages have several voices, which the agnostic encoding cannot express; its column exists nevertheless.
    assert schemas[0].names == [
        "image", "key", "sample", "source", "width", "height", "dpi", "licence", "objects", "coco_json", "musicxml",
        "semantic_png", "instance_png", "staff_lines_png", "agnostic", "metadata",
    ]  # fmt: skip


def test_labels_are_read_back(data_set, made):
    plan, root = data_set
    read = list(smashcima.datasets.load(root))
    assert [(r.key, r.split, dict(r.files), dict(r.metadata)) for r in read] == [
        (r.key, r.split, dict(r.files), dict(r.metadata)) for r in made(plan)
    ]


def test_hugging_face_loads_images_classes_and_boxes(data_set, made, tmp_path):
    datasets = pytest.importorskip("datasets", reason="`datasets` is not installed")
    plan, root = data_set
    files = {split: str(root / "data" / f"{split}-*.parquet") for split in ("train", "test")}
    data = datasets.load_dataset("parquet", data_files=files, cache_dir=str(tmp_path))
    assert {split: len(rows) for split, rows in data.items()} == {"train": 2, "test": 1}
    assert isinstance(data["train"].features["image"], datasets.Image)
    first, record = data["train"][0], made(plan)[0]
    expected = cv2.imdecode(np.frombuffer(record.files["jpg"], np.uint8), cv2.IMREAD_COLOR)
    pixels = np.asarray(first["image"].convert("RGB"))[:, :, ::-1]
    assert pixels.shape == expected.shape
    assert np.abs(pixels.astype(int) - expected).mean() < 2
    annotations = json.loads(record.files["coco.json"])["annotations"]
    assert [list(box) for box in first["objects"]["bbox"]] == [each["bbox"] for each in annotations]
    categories = data["train"].features["objects"]["category"].feature
    assert tuple(categories.names) == ClassSelection().classes
    assert [category + 1 for category in first["objects"]["category"]] == [
        each["category_id"] for each in annotations
    ]


def test_the_card_makes_the_folder_loadable(data_set, tmp_path):
    datasets = pytest.importorskip("datasets", reason="`datasets` is not installed")
    _, root = data_set
    data = datasets.load_dataset(str(root), cache_dir=str(tmp_path))
    assert {split: len(rows) for split, rows in data.items()} == {"train": 2, "test": 1}
    card = (root / "README.md").read_text()
    assert "| train | 2 |" in card
    assert "- unknown: 3 images" in card


def test_the_extra_is_named_if_it_is_missing(write, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(PlanError, match=r"pip install 'smashcima\[hub\]'"):
        write({"name": "parquet"}, count=2)


def test_the_suffixes_of_all_labels_are_known():
    assert SUFFIXES.keys() == LABELS.keys()
