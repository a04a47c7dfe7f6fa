"""Samples of `smashcima render` follow from the score, whatever else is rendered, and by how many processes."""

from __future__ import annotations

import hashlib
import importlib
import json
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from smashcima.cli.jobs import WorkerPool
from smashcima.cli.main import app
from smashcima.cli.samples import Sample
from smashcima.cli.sources import FoundSource, output_names
from smashcima.orchestration import BaseHandwrittenModel
from smashcima.randomness import index_of_content

TUNE = "X:1\nM:4/4\nL:1/4\nK:G\n{}|\n"

run = CliRunner()


@pytest.fixture
def scores(tmp_path: Path) -> Path:
    folder = tmp_path / "scores"
    folder.mkdir()
    for name, notes in (("a", "GABc"), ("b", "c2B2"), ("c", "d4")):
        (folder / f"{name}.abc").write_text(TUNE.format(notes), encoding="utf-8")
    return folder


def render(*arguments: str | Path) -> Result:
    result = run.invoke(app, ["render", *map(str, arguments), "--dpi", "40", "--hand", "pen"])
    assert result.exit_code == 0, result.output
    return result


def pages(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.png"))}


def test_a_score_has_the_same_page_alone_and_in_a_folder(scores: Path, tmp_path: Path) -> None:
    render(scores, "-o", tmp_path / "together")
    render(scores / "b.abc", "-o", tmp_path / "alone")
    assert pages(tmp_path / "alone")["b-p1.png"] == pages(tmp_path / "together")["b-p1.png"]


def test_scores_rendered_one_by_one_have_different_writers(scores: Path, tmp_path: Path) -> None:
    writers = set()
    for path in scores.iterdir():
        render(path, "-o", tmp_path / "out", "-f", "record")
        record = json.loads((tmp_path / "out" / f"{path.stem}.record.json").read_text("utf-8"))
        writers.add(record["styles"]["writer"])
    assert len(writers) == 3


def test_the_index_is_the_beginning_of_the_checksum(scores: Path, tmp_path: Path) -> None:
    content = (scores / "a.abc").read_bytes()
    assert index_of_content(content) == int(hashlib.sha256(content).hexdigest()[:8], 16)
    render(scores / "a.abc", "-o", tmp_path, "-f", "png,record")
    assert json.loads((tmp_path / "a.record.json").read_text("utf-8"))["index"] == index_of_content(content)
    model = BaseHandwrittenModel(seed=0, hand="pen", dpi=40)
    scene = model(scores / "a.abc", index=index_of_content(content))
    from smashcima.imaging import encode_image

    assert encode_image(scene.render(scene.pages[0]), ".png") == (tmp_path / "a-p1.png").read_bytes()


def test_the_index_can_be_given_and_several_samples_made(scores: Path, tmp_path: Path) -> None:
    score = scores / "a.abc"
    render(score, "-o", tmp_path / "one", "--index", "4")
    render(score, "-o", tmp_path / "three", "--index", "3", "--samples", "3")
    three = pages(tmp_path / "three")
    assert list(three) == ["a-sample1-p1.png", "a-sample2-p1.png", "a-sample3-p1.png"]
    assert len(set(three.values())) == 3
    assert three["a-sample2-p1.png"] == pages(tmp_path / "one")["a-p1.png"]
    render(score, "-o", tmp_path / "default")
    render(score, "-o", tmp_path / "two", "--samples", "2")
    assert pages(tmp_path / "two")["a-sample1-p1.png"] == pages(tmp_path / "default")["a-p1.png"]


def test_more_samples_are_added_later(scores: Path, tmp_path: Path) -> None:
    render(scores, "-o", tmp_path, "--samples", "2")
    before = pages(tmp_path)
    result = render(scores, "-o", tmp_path, "--samples", "3", "--skip-existing")
    assert "3 of 3 samples, 6 kept from before, 3 pages" in " ".join(result.output.split())
    assert before.items() < pages(tmp_path).items()
    assert len(pages(tmp_path)) == 9


@pytest.mark.slow
def test_the_number_of_processes_does_not_matter(scores: Path, tmp_path: Path) -> None:
    (scores / "broken.abc").write_text("no music", encoding="utf-8")
    results = [
        run.invoke(
            app,
            ["render", str(scores), "-o", str(tmp_path / f"out{jobs}"), "--jobs", jobs, "--json"]
            + ["--dpi", "40", "--hand", "pen", "-f", "png,record,mung"],
        )
        for jobs in ("1", "3")
    ]
    assert [result.exit_code for result in results] == [1, 1]
    one, three = (
        {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("out1", "out3")
    )
    assert one == three
    assert len(one) == 9
    lines = [result.stdout.replace("out3", "out1") for result in results]
    assert lines[0] == lines[1]


DEADLY = """
import os
from smashcima.cli.rendering import Outcome

class Deadly:
    def render(self, sample, folder):
        if sample.name == "deadly":
            os._exit(9)
        return Outcome(sample.source, 0, pages=1)
"""


@pytest.mark.slow
def test_a_process_that_dies_costs_one_sample(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "deadly_renderer.py").write_text(DEADLY, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    names = ["a", "b", "deadly", "c", "d", "e", "f", "g"]
    pool = WorkerPool(importlib.import_module("deadly_renderer").Deadly(), jobs=2)
    tasks = [(Sample(Path(name), name, 0), tmp_path / name) for name in names]
    done = list(pool.run(tasks))
    pool.close()
    assert [task for task, _ in done] == tasks
    errors = {outcome.source.name: outcome.error for _, outcome in done if outcome.error}
    assert list(errors) == ["deadly"]
    assert "ended unexpectedly" in errors["deadly"]


def test_each_sample_is_a_line_of_json(scores: Path, tmp_path: Path) -> None:
    (scores / "broken.abc").write_text("no music", encoding="utf-8")
    arguments = ["render", str(scores), "-o", str(tmp_path / "out"), "--json", "--quiet", "--dpi", "40"]
    result = run.invoke(app, [*arguments, "--model", "engraved"])
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [Path(line["source"]).name for line in lines] == ["a.abc", "b.abc", "broken.abc", "c.abc"]
    assert all({"where", "element", "what"} == set(issue) for issue in lines[0].pop("issues"))
    assert lines[0] == {
        "source": str(scores / "a.abc"),
        "index": index_of_content((scores / "a.abc").read_bytes()),
        "pages": 1,
        "files": [str(tmp_path / "out" / "a-p1.png")],
        "error": None,
    }
    assert "broken.abc" in lines[2]["error"]
    assert lines[2]["files"] == []


def test_names_that_differ_in_case_only_are_made_unique() -> None:
    files = [Path("Song.mei"), Path("song.krn"), Path("x/SONG.krn")]
    assert output_names([FoundSource(file) for file in files]) == [
        "Song-mei",
        "song-krn",
        "SONG-krn-2",
    ]
