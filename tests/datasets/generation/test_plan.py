"""Plans of data sets."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.datasets.generation import GenerationPlan, ImageSpec
from smashcima.errors import PlanError

PLAIN = """\
version: 1
seed: 9
count: 1000
sources:
  - folder: scores/
model: handwritten
image: {dpi: 150, format: jpg}
labels: [coco, mung]
layout: webdataset
"""


@pytest.fixture
def folder(tmp_path: Path, short_song: Path) -> Path:
    scores = tmp_path / "scores"
    scores.mkdir()
    (scores / "song.musicxml").write_bytes(short_song.read_bytes())
    return tmp_path


def load(folder: Path, text: str) -> GenerationPlan:
    path = folder / "plan.yaml"
    path.write_text(text, encoding="utf-8")
    return GenerationPlan.load(path)


def test_the_plain_plan_is_read(folder: Path):
    plan = load(folder, PLAIN)
    assert (plan.seed, plan.count) == (9, 1000)
    assert plan.sources == ({"folder": "scores/"},)
    assert plan.model == {"model": "BaseHandwrittenModel"}
    assert plan.image == ImageSpec(dpi=150, format="jpg")
    assert plan.labels == ("coco", "mung")
    assert plan.layout == {"name": "webdataset", "samples_per_shard": 100}


@pytest.mark.parametrize(("count", "size"), [(5, 1), (99, 9), (250, 25), (10**6, 100)])
def test_small_data_sets_have_small_shards(folder: Path, count: int, size: int):
    plan = load(folder, PLAIN.replace("count: 1000", f"count: {count}"))
    assert plan.layout["samples_per_shard"] == size


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_a_written_plan_reads_as_the_same_plan(folder: Path, suffix: str):
    plan = load(folder, PLAIN + "splits: {train: 0.9, test: 0.1}\nlimits: {seconds: 60}\nlicence: any\n")
    plan.write(folder / f"again.{suffix}")
    again = GenerationPlan.load(folder / f"again.{suffix}")
    assert again == plan
    assert again.digest == plan.digest


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version: 1", "version: 2", r"plan\.yaml, line 1: version: .* plans of version 1; it is 2"),
        ("seed: 9", "sed: 9", r"line 2: sed: there is no such field \(did you mean 'seed'\?\)"),
        ("count: 1000", "count: 0", r"line 3: count: must be at least 1, not 0"),
        ("count: 1000\n", "", r"the field count is missing"),
        (
            "folder: scores/",
            "folders: scores/",
            r"line 5: sources\[0\]: a source has exactly one of the fields",
        ),
        ("dpi: 150", "dpi: high", r"line 7: image\.dpi: expected a number, got 'high'"),
        ("format: jpg", "format: gif", r"line 7: image\.format: 'gif' is not available"),
        ("[coco, mung]", "[coco, mungo]", r"line 8: labels\[1\]: .*did you mean 'mung'"),
        ("layout: webdataset", "layout: {name: webdataset, samples_per_shard: 0}", r"line 9: .* at least 1"),
        (
            "model: handwritten",
            "model: {options: {dpi: {uniform: [2, 1]}}}",
            r"line 6: .*low \(2\) exceeds high",
        ),
        ("model: handwritten", "model: {options: {paper: {choose: []}}}", r"line 6: .*at least one item"),
        (
            "folder: scores/",
            "folder: scores/\n    filter:\n      stafs: 2",
            r"line 7: sources\[0\]\.filter\.stafs: there is no such field \(did you mean 'staves'",
        ),
        ("folder: scores/", "remix: {fold: a}", r"line 5: sources\[0\]\.remix: a source has exactly one"),
        ("folder: scores/", "{type: Songs}", r"line 5: .*expected `package\.module:Class`"),
    ],
)
def test_messages_name_the_line_and_the_field(folder: Path, old: str, new: str, message: str):
    with pytest.raises(PlanError, match=message):
        load(folder, PLAIN.replace(old, new))


def test_a_file_that_is_no_plan_is_refused(tmp_path: Path):
    with pytest.raises(PlanError, match="cannot be read"):
        GenerationPlan.load(tmp_path / "missing.yaml")
    (tmp_path / "list.yaml").write_text("- 1\n")
    with pytest.raises(PlanError, match="expected a mapping"):
        GenerationPlan.load(tmp_path / "list.yaml")
