"""WebDataset archives as `webdataset` and `wids` see them."""

from __future__ import annotations

import json
import tarfile

import pytest

import smashcima.datasets
from smashcima.errors import PlanError


def plain(records):
    return [(record.key, record.split, dict(record.files)) for record in records]


def test_members_are_sorted_and_have_fixed_times(write):
    _, root = write({"name": "webdataset"})
    with tarfile.open(root / "train-000000.tar") as archive:
        members = archive.getmembers()
    assert [member.name for member in members] == ["000000.jpg", "000000.json", "000000.musicxml"]
    assert {(member.mtime, member.uid, member.uname) for member in members} == {(0, 0, "")}


def test_the_index_counts_images(write):
    _, root = write({"name": "webdataset"})
    index = json.loads((root / "index.json").read_bytes())
    assert [(each["url"], each["nsamples"]) for each in index["shardlist"]] == [
        ("test-000000.tar", 1),
        ("train-000000.tar", 1),
        ("train-000001.tar", 1),
    ]
    assert [each["filesize"] for each in index["shardlist"]] == [
        (root / each["url"]).stat().st_size for each in index["shardlist"]
    ]
    train = json.loads((root / "index-train.json").read_bytes())
    assert train["shardlist"] == index["shardlist"][1:]


def test_archives_are_limited_by_size(write, made):
    plan, root = write({"name": "webdataset", "mb_per_archive": 0.02}, splits={"train": 1}, count=4)
    sizes = {path.name: path.stat().st_size for path in sorted(root.glob("*.tar"))}
    assert list(sizes) == [f"train-00000{shard}_00{part}.tar" for shard in range(2) for part in range(2)]
    assert plain(smashcima.datasets.load(root)) == plain(made(plan))
    _, large = write({"name": "webdataset", "mb_per_archive": 50}, splits={"train": 1}, count=4)
    assert sorted(path.name for path in large.glob("*.tar")) == [
        "train-000000_000.tar",
        "train-000001_000.tar",
    ]
    with pytest.raises(PlanError, match=r"layout\.mb_per_archive: must be at least 0\.01, not 0"):
        write({"name": "webdataset", "mb_per_archive": 0})


def test_webdataset_reads_the_archives(write, made):
    webdataset = pytest.importorskip("webdataset", reason="`webdataset` is not installed")
    plan, root = write({"name": "webdataset"})
    archives = [str(path) for path in sorted(root.glob("train-*.tar"))]
    read = list(webdataset.WebDataset(archives, shardshuffle=False))
    expected = [record for record in made(plan) if record.split == "train"]
    assert [sample["__key__"] for sample in read] == [record.key for record in expected]
    for sample, record in zip(read, expected, strict=True):
        assert {name: sample[name] for name in record.files} == dict(record.files)
        assert json.loads(sample["json"]) == record.metadata
    decoded = next(iter(webdataset.WebDataset(archives, shardshuffle=False).decode("rgb8")))
    assert decoded["jpg"].shape == (decoded["json"]["height"], decoded["json"]["width"], 3)


def test_wids_finds_samples_by_index(write, made):
    wids = pytest.importorskip("wids", reason="`wids` is not installed")
    plan, root = write({"name": "webdataset"})
    data = wids.ShardListDataset(str(root / "index-train.json"), transformations=[])
    expected = [record for record in made(plan) if record.split == "train"]
    assert len(data) == 2
    for index, record in enumerate(expected):
        assert data[index]["__key__"] == record.key
        assert data[index][".musicxml"].read() == record.files["musicxml"]
