"""`smashcima generate` and `smashcima plan`: plans in, data sets out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from smashcima.cli.main import app
from smashcima.cli.plan_template import plan_template
from smashcima.datasets.generation import GenerationPlan

run = CliRunner()

ROOT = Path(__file__).parents[2]

PLAN = """\
version: 1
seed: 1
count: 4
sources: [{folder: scores}]
model: {model: printed, options: {page: 120x60}}
image: {dpi: 60}
layout: {name: webdataset, samples_per_shard: 2}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    (tmp_path / "scores").mkdir()
    (tmp_path / "scores" / "tune.abc").write_text("X:1\nT:Tune\nL:1/4\nK:G\nGABc|d4|\n", encoding="utf-8")
    path = tmp_path / "plan.yaml"
    path.write_text(PLAN, encoding="utf-8")
    return path


def generate(plan: Path, *arguments: str) -> tuple[int, str]:
    out = str(plan.parent / "out")
    result = run.invoke(app, ["generate", str(plan), "-o", out, "--start-method", "fork", *arguments])
    return result.exit_code, " ".join(result.output.split())


def test_a_plan_becomes_a_data_set(plan: Path) -> None:
    code, output = generate(plan)
    assert code == 0, output
    assert "4 of 4 samples, 4 images" in output
    assert {path.name for path in (plan.parent / "out").iterdir()} == {
        ".smashcima",
        "index.json",
        "index-train.json",
        "plan.yaml",
        "provenance.json",
        "report.html",
        "train-000000.tar",
        "train-000001.tar",
    }


def test_failures_are_listed_and_give_exit_code_1(plan: Path) -> None:
    (plan.parent / "scores" / "broken.musicxml").write_text("<score-partwise>")
    code, output = generate(plan)
    assert code == 1
    assert "broken.musicxml" in output
    assert "MalformedSourceError" in output


def test_a_job_of_an_array_makes_its_shards(plan: Path) -> None:
    code, output = generate(plan, "--shard", "1/2")
    assert code == 0, output
    assert [path.name for path in (plan.parent / "out").glob("*.tar")] == ["train-000001.tar"]
    assert "Other parts of the data set are not complete yet." in output


def test_one_sample_becomes_plain_files(plan: Path) -> None:
    assert generate(plan, "--only", "3")[0] == 0
    assert sorted(path.name for path in (plan.parent / "out" / "train").iterdir()) == [
        "000003.coco.json",
        "000003.jpg",
        "000003.json",
    ]
    assert generate(plan, "--only", "3")[0] == 0  # the same content
    mine = plan.parent / "out" / "train" / "000003.jpg"
    mine.write_bytes(b"mine")
    code, output = generate(plan, "--only", "3")
    assert code == 2
    assert "000003.jpg exists with other content" in " ".join(output.split())
    assert mine.read_bytes() == b"mine"
    assert generate(plan, "--only", "3", "--overwrite")[0] == 0
    assert mine.read_bytes() != b"mine"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--shard", "1"], "--shard expects K/N"),
        (["--shard", "4/4"], "k from 0 to n - 1"),
        (["--only", "4"], "from 0 to 3, not 4"),
    ],
)
def test_invalid_arguments_give_exit_code_2(plan: Path, arguments: list[str], message: str) -> None:
    code, output = generate(plan, *arguments)
    assert code == 2
    assert message in output


def test_an_invalid_plan_gives_exit_code_2_and_the_line(plan: Path) -> None:
    plan.write_text(PLAN.replace("seed: 1", "sede: 1"), encoding="utf-8")
    code, output = generate(plan)
    assert code == 2
    assert "plan.yaml, line 2: sede: there is no such field (did you mean 'seed'?)" in output


def test_data_of_another_plan_is_kept(plan: Path) -> None:
    generate(plan)
    plan.write_text(PLAN.replace("seed: 1", "seed: 2"), encoding="utf-8")
    code, output = generate(plan)
    assert code == 2
    assert "contains the data of another plan" in output


def test_code_outside_of_smashcima_runs_only_with_trust(plan: Path) -> None:
    for old, new in (
        ("model: printed", "model: somewhere:Model"),
        ("folder: scores", "type: somewhere:Scores"),
        ("folder: scores", "remix: {type: somewhere:Scores}"),
    ):
        plan.write_text(PLAN.replace(old, new), encoding="utf-8")
        for command in (["generate", str(plan), "-o", "out"], ["plan", "check", str(plan)]):
            result = run.invoke(app, command)
            assert result.exit_code == 2
            assert "names somewhere. Building it runs the code of this module: pass --trust" in result.output


def test_the_licences_of_a_data_set_are_summed_up(plan: Path) -> None:
    plan.write_text(PLAN.replace("scores}", "scores, licence: CC0-1.0}"), encoding="utf-8")
    result = run.invoke(app, ["assets", "licenses", str(plan.parent)])
    assert result.exit_code == 1
    assert "has no provenance.json" in result.output
    generate(plan)
    result = run.invoke(app, ["assets", "licenses", str(plan.parent / "out")])
    assert result.exit_code == 0, result.output
    assert "CC0-1.0: 4 images" in result.output
    assert "Bravura" in result.output


def test_a_new_plan_is_valid_and_complete(tmp_path: Path) -> None:
    path = tmp_path / "plan.yaml"
    assert run.invoke(app, ["plan", "new", str(path)]).exit_code == 0
    plan = GenerationPlan.load(path)
    assert (plan.count, plan.seed) == (1000, 9)
    assert all(f"\n{name}:" in plan_template() for name in plan.to_data())
    again = run.invoke(app, ["plan", "new", str(path)])
    assert (again.exit_code, "exists" in again.output) == (2, True)
    assert run.invoke(app, ["plan", "new", "-"]).output == plan_template()


def test_plans_are_checked_with_their_sources_and_models(plan: Path) -> None:
    result = run.invoke(app, ["plan", "check", str(plan)])
    assert result.exit_code == 0, result.output
    assert "4 in 2 shards" in result.output
    assert "folder scores: 1 scores" in result.output
    plan.write_text(PLAN.replace("page: 120x60", "paeg: 120x60"), encoding="utf-8")
    result = run.invoke(app, ["plan", "check", str(plan)])
    assert result.exit_code == 2
    assert "has no such option (closest: page" in " ".join(result.output.split())


def test_scores_that_are_left_out_are_named(plan: Path) -> None:
    (plan.parent / "scores" / "broken.mei").write_text("<mei>", encoding="utf-8")
    plan.write_text(PLAN.replace("scores}", "scores, filter: {staves: 1}}"), encoding="utf-8")
    result = run.invoke(app, ["plan", "check", str(plan)])
    assert result.exit_code == 0, result.output
    assert "folder scores: 1 scores" in result.output
    assert "1 left out" in result.output
    assert "broken.mei: broken.mei: " in result.output
    code, output = generate(plan)
    assert code == 0
    assert "1 scores are left out" in output


def test_a_preview_shows_the_first_samples(plan: Path) -> None:
    sheet = plan.parent / "sheet.png"
    result = run.invoke(app, ["plan", "preview", str(plan), "-n", "3", "-o", str(sheet)])
    assert result.exit_code == 0, result.output
    import cv2

    assert cv2.imread(str(sheet)).shape[1] == 3 * (320 + 8) + 8
    result = run.invoke(app, ["plan", "preview", str(plan), "-o", str(plan.parent / "sheet.gif")])
    assert result.exit_code == 2


@pytest.mark.slow
def test_ctrl_c_leaves_a_run_that_can_be_continued(plan: Path) -> None:
    plan.write_text(PLAN.replace("count: 4", "count: 400"), encoding="utf-8")
    out = plan.parent / "out"
    command = ["generate", str(plan), "-o", str(out), "--workers", "2", "--start-method", "fork"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        [sys.executable, "-m", "smashcima", *command],
        env=environment,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    shards = out / ".smashcima" / "shards"
    while process.poll() is None and not list(shards.glob("*.json")):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert (process.returncode, errors) == (130, b"Interrupted.\n")
    assert 1 <= len(list(shards.glob("*.json"))) < 200
