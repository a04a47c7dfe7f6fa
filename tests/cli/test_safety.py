"""No command destroys a file: neither an input, nor a result of before, nor half of a result."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from smashcima.cli.main import app

TUNE = "X:1\nM:4/4\nL:1/4\nK:G\n{}|\n"
FAST = ["--dpi", "40", "--model", "engraved"]

run = CliRunner()


def smashcima(*arguments: str | Path) -> Result:
    return run.invoke(app, [*map(str, arguments)])


def told(result: Result) -> str:
    return " ".join(result.output.split())


@pytest.fixture
def tune(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "tune.abc"
    path.write_text(TUNE.format("GABc"), encoding="utf-8")
    return path


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def make_score(path: Path) -> Path:
    source = path.with_suffix(".abc")
    source.write_text(TUNE.format("GABc"), encoding="utf-8")
    assert smashcima("convert", source, path).exit_code == 0
    source.unlink()
    return path


@pytest.mark.parametrize("output", [".", "../{}", "link"])
@pytest.mark.parametrize("permission", [[], ["--overwrite"], ["--skip-existing"]])
def test_render_never_writes_over_its_input(
    tune: Path, tmp_path: Path, output: str, permission: list[str]
) -> None:
    score = make_score(tmp_path / "score.musicxml")
    (tmp_path / "link").symlink_to(tmp_path, target_is_directory=True)
    before = contents(tmp_path)
    folder = output.format(tmp_path.name)
    result = smashcima("render", "score.musicxml", "-o", folder, "-f", "musicxml", *FAST, *permission)
    assert result.exit_code == 2
    assert "is an input of this command, and inputs are never overwritten" in told(result)
    assert contents(tmp_path) == before
    assert score.exists()


def test_nor_over_a_hard_or_symbolic_link_to_it_nor_over_a_name_in_other_case(
    tune: Path, tmp_path: Path
) -> None:
    score = make_score(tmp_path / "score.musicxml")
    for number, link in enumerate((os.link, os.symlink)):
        (tmp_path / f"out{number}").mkdir()
        link(score, tmp_path / f"out{number}" / "score.musicxml")
        arguments = ["render", score, "-o", f"out{number}", "-f", "musicxml", *FAST, "--overwrite"]
        assert "never overwritten" in told(smashcima(*arguments))
    other_case = make_score(tmp_path / "Song.MusicXML")
    arguments = ["convert", other_case, tmp_path / "song.musicxml", "--overwrite"]
    assert "never overwritten" in told(smashcima(*arguments))
    assert not (tmp_path / "song.musicxml").exists() or (tmp_path / "song.musicxml").samefile(other_case)


def test_another_input_of_the_same_command_is_safe_too(tune: Path, tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    precious = tmp_path / "tune.mei"
    assert smashcima("convert", tune, precious).exit_code == 0
    (tmp_path / "deep" / "tune.abc").write_text(TUNE.format("cBAG"), encoding="utf-8")
    before = precious.read_bytes()
    result = smashcima("convert", "deep/tune.abc", "tune.mei", "-o", ".", "--to", "mei", "--overwrite")
    assert precious.read_bytes() == before
    assert result.exit_code == 1 or "tune-abc.mei" in contents(tmp_path)


def test_existing_pages_stop_the_command_before_it_begins(tune: Path, tmp_path: Path) -> None:
    assert smashcima("render", tune, "-o", "out", *FAST).exit_code == 0
    before = contents(tmp_path / "out")
    again = smashcima("render", tune, "-o", "out", "--seed", "5", "--model", "engraved", "--dpi", "30")
    assert again.exit_code == 2
    assert "tune-p1.png exists" in told(again)
    assert "--overwrite to replace them, --skip-existing to keep them" in told(again)
    assert contents(tmp_path / "out") == before
    replaced = smashcima("render", tune, "-o", "out", "--model", "engraved", "--dpi", "30", "--overwrite")
    assert replaced.exit_code == 0
    assert contents(tmp_path / "out") != before


def test_only_what_is_missing_is_rendered_if_existing_files_are_kept(tune: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.abc"
    other.write_text(TUNE.format("d2c2"), encoding="utf-8")
    assert smashcima("render", tune, "-o", "out", *FAST, "-f", "png,mei").exit_code == 0
    kept = tmp_path / "out" / "tune-p1.png"
    kept.write_bytes(b"kept")
    result = smashcima("render", tune, other, "-o", "out", *FAST, "-f", "png,mei", "--skip-existing")
    assert result.exit_code == 0, result.output
    assert "1 of 1 score, 1 kept from before, 1 page" in told(result)
    assert kept.read_bytes() == b"kept"
    assert "other-p1.png" in contents(tmp_path / "out")


def test_a_missing_format_is_added_without_replacing_the_others(tune: Path, tmp_path: Path) -> None:
    assert smashcima("render", tune, "-o", "out", *FAST).exit_code == 0
    before = contents(tmp_path / "out")
    assert smashcima("render", tune, "-o", "out", *FAST, "-f", "png,mei", "--skip-existing").exit_code == 0
    after = contents(tmp_path / "out")
    assert set(after) - set(before) == {"tune.mei"}
    assert after["tune-p1.png"] == before["tune-p1.png"]


def test_overwriting_and_skipping_exclude_each_other(tune: Path) -> None:
    for command in (["render", "tune.abc", "-o", "out"], ["convert", "tune.abc", "tune.mei"]):
        result = smashcima(*command, "--overwrite", "--skip-existing")
        assert result.exit_code == 2
        assert "cannot be given together" in told(result)


def test_two_scores_never_share_a_file(tune: Path, tmp_path: Path) -> None:
    """A book of two tunes gets numbers, with which another file may already be named."""
    book = tmp_path / "book.abc"
    book.write_text(TUNE.format("GABc") + "\n" + TUNE.format("cBAG").replace("X:1", "X:2"), encoding="utf-8")
    second = tmp_path / "book-2.abc"
    second.write_text(TUNE.format("d4"), encoding="utf-8")
    result = smashcima("render", book, second, "-o", "out", *FAST, "--overwrite")
    assert result.exit_code == 1
    assert "book-2-p1.png was written for" in told(result)
    assert sorted(contents(tmp_path / "out")) == ["book-1-p1.png", "book-2-p1.png"]


def test_a_recipe_and_a_record_are_inputs(tune: Path, tmp_path: Path) -> None:
    assert smashcima("render", tune, "-o", "out", *FAST, "-f", "record,png").exit_code == 0
    before = contents(tmp_path / "out")
    result = smashcima("repeat", "out/tune.record.json", "-o", "out", "-f", "record", "--overwrite")
    assert result.exit_code == 1
    assert "never overwritten" in told(result)
    again = smashcima("repeat", "out/tune.record.json", "-o", "out", "-f", "svg")
    assert again.exit_code == 0, again.output
    refused = smashcima("repeat", "out/tune.record.json", "-o", "out", "-f", "svg", "--no-regions")
    assert "tune-p1.svg exists; --overwrite replaces it" in told(refused)
    assert {**before, "tune-p1.svg": contents(tmp_path / "out")["tune-p1.svg"]} == contents(tmp_path / "out")


def test_inspect_keeps_the_picture_and_other_files(tune: Path, tmp_path: Path) -> None:
    assert smashcima("render", tune, "-o", ".", *FAST, "-f", "png,mung").exit_code == 0
    before = contents(tmp_path)
    for target in ("tune-p1.png", "tune-p1.mung"):
        for permission in ([], ["--overwrite"]):
            result = smashcima("inspect", "tune-p1.png", "tune-p1.mung", "-o", target, *permission)
            assert result.exit_code == 1
            assert "never overwritten" in told(result)
    assert contents(tmp_path) == before
    assert smashcima("inspect", "tune-p1.png", "tune-p1.mung").exit_code == 0
    refused = smashcima("inspect", "tune-p1.png", "tune-p1.mung")
    assert refused.exit_code == 1
    assert "tune-p1-labels.png exists; --overwrite replaces it" in told(refused)


def test_plans_and_previews_are_replaced_only_on_request(tune: Path, tmp_path: Path) -> None:
    assert smashcima("plan", "new", "plan.yaml").exit_code == 0
    Path("plan.yaml").write_text("edited", encoding="utf-8")
    refused = smashcima("plan", "new", "plan.yaml")
    assert refused.exit_code == 2
    assert "plan.yaml exists; --overwrite replaces it" in told(refused)
    assert Path("plan.yaml").read_text("utf-8") == "edited"
    assert smashcima("plan", "new", "plan.yaml", "--overwrite").exit_code == 0
    Path("preview.png").write_bytes(b"mine")
    refused = smashcima("plan", "preview", "plan.yaml")
    assert "preview.png exists; --overwrite replaces it" in told(refused)
    assert Path("preview.png").read_bytes() == b"mine"


def test_a_file_of_data_of_the_user_is_not_replaced_by_a_shared_one(tune: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "data.yaml").write_text("names: [mine]\n", encoding="utf-8")
    result = smashcima("render", tune, "-o", "out", *FAST, "-f", "yolo")
    assert result.exit_code == 2
    assert "data.yaml exists" in told(result)
    assert contents(tmp_path / "out") == {"data.yaml": b"names: [mine]\n"}


@pytest.mark.slow
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interruption_leaves_whole_scores_only(tune: Path, tmp_path: Path, jobs: str) -> None:
    for number in range(60):
        (tmp_path / f"t{number:02}.abc").write_text(TUNE.format("GABc"), encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "smashcima", "render", ".", "-o", "out", "--jobs", jobs]
        + ["-f", "png,mung,mei", "--hand", "pen"],
        stderr=subprocess.PIPE,
        text=True,
    )
    deadline = time.monotonic() + 60
    while not (tmp_path / "out/t02.mei").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=30)
    assert process.returncode == 130, stderr
    assert "Traceback" not in stderr
    names = sorted(contents(tmp_path / "out"))
    stems = sorted({name[:3] for name in names})
    assert 2 < len(stems) < 61
    assert names == sorted(f"{stem}{end}" for stem in stems for end in ("-p1.png", "-p1.mung", ".mei"))
    assert [path.name for path in (tmp_path / "out").iterdir() if path.name.startswith(".")] == []
