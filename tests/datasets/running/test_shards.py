"""Shards of data sets, and the folder that they are written to."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.datasets.generation import GenerationPlan, SampleMaker
from smashcima.datasets.layouts import make_layout
from smashcima.datasets.running import OutputFolder, write_shard
from smashcima.errors import PlanError


def plan_of(folder: Path, short_song: Path, layout: str, **fields) -> GenerationPlan:
    scores = folder / "scores"
    scores.mkdir(exist_ok=True)
    (scores / "song.musicxml").write_bytes(short_song.read_bytes())
    data = {
        "version": 1,
        "seed": 4,
        "count": 3,
        "sources": [{"folder": "scores"}],
        "model": {"model": "handwritten", "options": {"hand": "pen", "page": "120x60"}},
        "image": {"dpi": 60},
        "labels": ["coco", "musicxml"],
        "layout": {"name": layout, "samples_per_shard": 2},
        **fields,
    }
    return GenerationPlan.from_data(data, folder=folder)


def run(plan: GenerationPlan, root: Path, shards=(0, 1)) -> OutputFolder:
    maker, layout, output = SampleMaker(plan), make_layout(plan.layout), OutputFolder(root)
    output.open(plan)
    for shard in shards:
        write_shard(maker, layout, output, shard)
    layout.finish(root, 2)
    return output


def content(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".smashcima" not in path.parts
    }


@pytest.mark.parametrize("layout", ["folders", "webdataset"])
def test_records_are_read_back_as_they_were_made(tmp_path: Path, short_song: Path, layout: str):
    plan = plan_of(tmp_path, short_song, layout)
    output = run(plan, tmp_path / "out")
    made = [record for index in range(plan.count) for record in SampleMaker(plan).make(index)]
    read = list(make_layout(plan.layout).read(output.root))
    assert [(r.key, r.split, dict(r.files), dict(r.metadata)) for r in read] == [
        (r.key, r.split, dict(r.files), dict(r.metadata)) for r in made
    ]


def test_the_order_of_shards_does_not_matter(tmp_path: Path, short_song: Path):
    plan = plan_of(tmp_path, short_song, "webdataset")
    run(plan, tmp_path / "a", (0, 1))
    run(plan, tmp_path / "b", (1, 0))
    assert content(tmp_path / "a") == content(tmp_path / "b")


def test_complete_shards_are_recorded(tmp_path: Path, short_song: Path):
    output = run(plan_of(tmp_path, short_song, "webdataset"), tmp_path / "out", (1,))
    assert output.manifest(0) is None
    manifest = output.manifest(1)
    assert manifest is not None
    assert manifest.samples == (2, 3)
    assert manifest.records == 1
    assert not any((output.root / ".smashcima" / "tmp").iterdir())


def test_a_broken_score_fails_alone(tmp_path: Path, short_song: Path):
    plan = plan_of(tmp_path, short_song, "folders", count=8)
    (tmp_path / "scores" / "broken.musicxml").write_text("<score-partwise>")
    output = run(plan, tmp_path / "out", (0, 1, 2, 3))
    manifests = [output.manifest(shard) for shard in range(4)]
    failures = [failure for manifest in manifests for failure in manifest.failures]
    assert {failure.source for failure in failures} == {"broken.musicxml"}
    assert sum(manifest.records for manifest in manifests) + len(failures) == 8
    assert failures[0].error.startswith("MalformedSourceError")


def test_folders_of_other_data_are_refused(tmp_path: Path, short_song: Path):
    plan = plan_of(tmp_path, short_song, "folders")
    run(plan, tmp_path / "out", (0,))
    with pytest.raises(PlanError, match="another plan"):
        OutputFolder(tmp_path / "out").open(plan_of(tmp_path, short_song, "folders", seed=5))
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    with pytest.raises(PlanError, match="not empty"):
        OutputFolder(tmp_path / "full").open(plan)


def test_a_folder_that_another_job_has_begun_is_used(tmp_path: Path, short_song: Path):
    (tmp_path / "out" / ".smashcima").mkdir(parents=True)
    OutputFolder(tmp_path / "out").open(plan_of(tmp_path, short_song, "folders"))
    assert (tmp_path / "out" / "plan.yaml").exists()


def test_pages_of_one_score_are_in_one_split(tmp_path: Path, short_song: Path):
    maker = SampleMaker(plan_of(tmp_path, short_song, "folders", splits={"train": 1, "test": 1}))
    names = [f"score-{number}" for number in range(200)]
    splits = [maker.split_of(name) for name in names]
    assert [maker.split_of(name) for name in names] == splits
    assert 70 < splits.count("train") < 130


def test_commercial_plans_refuse_music_of_unknown_licence(tmp_path: Path, short_song: Path):
    with pytest.raises(PlanError, match="commercial"):
        SampleMaker(plan_of(tmp_path, short_song, "folders", licence="commercial"))
