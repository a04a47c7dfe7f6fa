"""`smashcima look` and `smashcima render --look`."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from typer.testing import CliRunner, Result

import smashcima as sc
from smashcima.cli.main import app
from smashcima.orchestration import LOOKS, Look

SONG = Path(__file__).parents[1] / "short_song.musicxml"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments], env={"COLUMNS": "200"})


@pytest.mark.parametrize("arguments", [("look", "list"), ("looks",)])
def test_looks_are_listed_with_a_description(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.exit_code == 0
    for look in LOOKS.values():
        assert look.name in done.stdout
        assert look.about[:30] in done.stdout


def test_a_look_is_shown_and_written_as_a_file_to_change(tmp_path: Path) -> None:
    shown = run("look", "show", "manuscript")
    assert "paper: cream-manuscript" in shown.stdout
    path = tmp_path / "mine.yaml"
    assert run("look", "show", "manuscript", "-o", path).exit_code == 0
    assert path.read_text() == shown.stdout
    assert Look.load(path) == LOOKS["manuscript"]

    again = run("look", "show", "scan", "-o", path)
    assert again.exit_code == 2
    assert "exists; --overwrite replaces it" in again.stderr
    assert run("look", "show", "scan", "-o", path, "--overwrite").exit_code == 0
    itself = run("look", "show", path, "-o", path, "--overwrite")
    assert itself.exit_code == 2
    assert "inputs are never overwritten" in itself.stderr


def test_render_takes_a_look_by_name_and_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("version: 1\noptions: {hand: pen, paper: blue-laid, postprocessing: scan}\n")
    done = run(
        "render", SONG, "-o", tmp_path / "out", "--look", path, "--dpi", 40, "--index", 2, "-f", "png,record"
    )
    assert done.exit_code == 0, done.output
    scene = sc.BaseHandwrittenModel(seed=0, look=path, dpi=40)(SONG, index=2)
    drawn = cv2.imread(str(tmp_path / "out/short_song-p1.png"), cv2.IMREAD_UNCHANGED)
    assert np.array_equal(drawn[:, :, :3], scene.render(scene.pages[0])[:, :, :3])
    record = json.loads((tmp_path / "out/short_song.record.json").read_text())
    assert record["styles"]["look"] == "mine"

    path.unlink()  # the record has its content
    again = run("repeat", tmp_path / "out/short_song.record.json", "-o", tmp_path / "again")
    assert again.exit_code == 0, again.output
    assert (tmp_path / "again/short_song-p1.png").read_bytes() == (
        tmp_path / "out/short_song-p1.png"
    ).read_bytes()


def test_options_of_the_command_line_take_precedence(tmp_path: Path) -> None:
    done = run(
        "render", SONG, "-o", tmp_path, "--look", "manuscript", "--writer", "neat", "--paper", "solid", "--preset", "clean",
        "--dpi", 40, "-f", "record",
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    styles = json.loads((tmp_path / "short_song.record.json").read_text())["styles"]
    assert styles["look"] == "manuscript"
    assert styles["writer"].startswith("neat")
    assert "paper" not in styles


def test_unknown_and_broken_looks_are_refused(tmp_path: Path) -> None:
    done = run("render", SONG, "-o", tmp_path / "out", "--look", "manuscrpt")
    assert done.exit_code == 2
    assert "closest: manuscript" in done.stderr
    assert "available: clean" in done.stderr
    path = tmp_path / "mine.yaml"
    path.write_text("version: 1\noptions:\n  paper: agde\n")
    done = run("render", SONG, "-o", tmp_path / "out", "--look", path)
    assert done.exit_code == 2
    assert "mine.yaml, line 3: options.paper: There is no paper 'agde'" in done.stderr
    assert not (tmp_path / "out").exists()


def test_code_of_others_in_a_look_needs_permission(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("version: 1\noptions:\n  postprocessing: {type: 'no_such_project:Rain'}\n")
    done = run("render", SONG, "-o", tmp_path / "out", "--look", path)
    assert done.exit_code == 2
    assert "pass --trust to allow this" in done.stderr
    done = run("render", SONG, "-o", tmp_path / "out", "--look", path, "--trust")
    assert "no_such_project cannot be imported" in done.stderr
