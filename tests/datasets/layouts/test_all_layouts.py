"""What all layouts have in common."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import smashcima.datasets
from smashcima.datasets.layouts import layout_of, make_layout
from smashcima.errors import ExportError, PlanError

LAYOUTS = {
    "folders": {"name": "folders"},
    "webdataset": {"name": "webdataset"},
    "coco": {"name": "coco"},
    "yolo": {"name": "yolo"},
    "deepscores": {"name": "deepscores"},
    "parquet": {"name": "parquet"},
    "musicorpus": {
        "name": "musicorpus",
        "short_institution_name": "Ufal",
        "short_dataset_name": "Synthetic",
        "created_at": "2026-03-05",
    },
    "musicscore": {"name": "musicscore"},
}
NEEDS = {"parquet": "pyarrow"}
"""Packages that are not always installed."""


@pytest.fixture(params=LAYOUTS)
def layout(request: pytest.FixtureRequest) -> dict[str, str]:
    name = request.param
    if name in NEEDS:
        pytest.importorskip(NEEDS[name], reason=f"the layout {name} needs {NEEDS[name]}, an extra")
    return LAYOUTS[name]


def content(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".smashcima" not in path.parts
    }


def plain(records):
    return [(r.key, r.sample, r.split, dict(r.files), dict(r.metadata)) for r in records]


def test_records_are_read_back_as_they_were_made(write, made, layout):
    plan, root = write(layout)
    assert [record.split for record in made(plan)] == ["train", "test", "train"]
    assert plain(smashcima.datasets.load(root)) == plain(made(plan))


def test_the_layout_is_recognised_without_the_plan(tmp_path: Path, write, layout):
    _, original = write(layout)
    with_plan = plain(smashcima.datasets.load(original))
    root = tmp_path / "copy"
    shutil.copytree(original, root, ignore=shutil.ignore_patterns("plan.yaml", ".smashcima"))
    assert layout["name"] == layout_of(root).NAME
    assert plain(smashcima.datasets.load(root)) == with_plan


def test_neither_the_order_of_shards_nor_finishing_twice_changes_a_byte(write, layout):
    plan, first = write(layout)
    _, second = write(layout, order=(1, 0))
    before = content(first)
    make_layout(plan.layout).finish(first, 2)
    assert content(first) == before == content(second)


def test_a_data_set_may_be_empty(layout, tmp_path: Path):
    made = make_layout(layout)
    made.finish(tmp_path, 0)
    assert list(made.read(tmp_path)) == []


@pytest.mark.parametrize("name", ["folders", "webdataset", "coco", "yolo", "deepscores", "musicorpus"])
def test_missing_and_torn_files_are_errors(write, tmp_path: Path, name: str):
    _, original = write(LAYOUTS[name])
    root = tmp_path / "copy"
    shutil.copytree(original, root)
    broken = {
        "folders": "train/000000.json",
        "webdataset": "train-000000.tar",
        "musicorpus": "*/000000/smashcima.json",
    }
    (path,) = root.glob(broken.get(name, "records/train/000000.json"))
    path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(ExportError, match="damaged|cannot be read"):
        list(smashcima.datasets.load(root))
    if name in ("coco", "deepscores"):
        next(root.rglob("000002.jpg")).unlink()
        path.write_bytes((original / path.relative_to(root)).read_bytes())
        with pytest.raises(ExportError, match=r"000002\.jpg cannot be read: No such file"):
            list(smashcima.datasets.load(root))


def test_folders_without_a_data_set_are_refused(tmp_path: Path):
    with pytest.raises(PlanError, match="There is no folder"):
        smashcima.datasets.load(tmp_path / "missing")
    with pytest.raises(PlanError, match=r"has no plan\.yaml and none of the layouts folders, webdataset"):
        smashcima.datasets.load(tmp_path)
    (tmp_path / "plan.yaml").write_text("layout: tarballs\n")
    with pytest.raises(PlanError, match=r"plan\.yaml, line 1: layout\.name: 'tarballs' is not available"):
        smashcima.datasets.load(tmp_path)
