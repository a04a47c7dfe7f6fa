"""Manners of the command line: sources, looks, machine-readable results, early refusals, completion."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from click.testing import Result
from typer.testing import CliRunner

from smashcima.cli.main import app

TUNE = "X:1\nT:One\nC:Anon\nM:4/4\nL:1/4\nK:G\n{}|\n"
FAST = ["--dpi", "40", "--model", "engraved"]

run = CliRunner()


def smashcima(*arguments: str | Path) -> Result:
    return run.invoke(app, [*map(str, arguments)])


def told(result: Result) -> str:
    return " ".join(result.output.split())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with scores at three depths, other files, and a hidden folder."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.abc", "deep/b.abc", "deep/er/a.abc", "deep/other/a.abc", ".hidden/c.abc"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TUNE.format("GABc"), encoding="utf-8")
    (tmp_path / "in" / "deep" / "notes.txt").write_text("no score", encoding="utf-8")
    return tmp_path


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_folder_stands_for_all_scores_below_it_and_its_folders_are_kept(folder: Path) -> None:
    result = smashcima("render", "in", "-o", "out", *FAST)
    assert result.exit_code == 0, result.output
    assert files_in(folder / "out") == [
        "a-p1.png",
        "deep/b-p1.png",
        "deep/er/a-p1.png",
        "deep/other/a-p1.png",
    ]
    again = smashcima("render", "in", "-o", "out", *FAST, "--skip-existing")
    assert "4 kept from before" in told(again)


def test_the_output_folder_is_no_source(folder: Path) -> None:
    for _ in range(2):
        result = smashcima("render", "in", "-o", "in/out", *FAST, "-f", "musicxml", "--overwrite")
        assert result.exit_code == 0, result.output
        assert "4 of 4 scores" in told(result)


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("in/*.abc", ["a"]),
        ("in/**/*.abc", ["a", "deep/b", "deep/er/a", "deep/other/a"]),
        ("in/deep/*/a.abc", ["er/a", "other/a"]),
        ("in/deep/*", ["b"]),
        ("in/deep/[ab].abc", ["b"]),
    ],
)
def test_patterns_in_quotes_are_expanded(folder: Path, pattern: str, names: list[str]) -> None:
    result = smashcima("convert", pattern, "-o", "out", "--to", "krn")
    assert result.exit_code == 0, result.output
    assert files_in(folder / "out") == [f"{name}.krn" for name in names]


def test_a_pattern_without_a_match_and_a_file_named_like_one(folder: Path) -> None:
    missing = smashcima("render", "in/*.mxl", "-o", "out", *FAST)
    assert missing.exit_code == 2
    assert "No score matches the pattern in/*.mxl." in told(missing)
    (folder / "in" / "[draft].abc").write_text(TUNE.format("GABc"), encoding="utf-8")
    assert smashcima("render", "in/[draft].abc", "-o", "out", *FAST).exit_code == 0
    assert files_in(folder / "out") == ["[draft]-p1.png"]


def test_folders_are_compared_by_the_places_of_their_scores(folder: Path) -> None:
    assert smashcima("convert", "in", "-o", "out", "--to", "mei").exit_code == 0
    result = smashcima("compare", "in", "out", "--json")
    assert result.exit_code == 0, result.output
    assert len(json.loads(result.stdout)["files"]) == 4


def test_paper_is_a_kind_a_seed_or_a_picture(folder: Path) -> None:
    cv2.imwrite("sheet.png", np.full((30, 20, 3), (90, 120, 140), np.uint8))
    corners = {}
    for paper in ("solid", "aged", "7", "sheet.png"):
        out = f"out-{paper}"
        result = smashcima("render", "in/a.abc", "-o", out, *FAST, "--paper", paper, "-f", "png,record")
        assert result.exit_code == 0, result.output
        corners[paper] = cv2.imread(f"{out}/a-p1.png")[5, 5].tolist()
    assert corners["solid"] == [255, 255, 255]
    assert corners["sheet.png"] == [90, 120, 140]
    assert len({*map(tuple, corners.values())}) == 4
    record = json.loads((folder / "out-sheet.png" / "a.record.json").read_text("utf-8"))
    assert record["styles"]["paper"].startswith("picture of 20 x 30 px")
    again = smashcima("repeat", "out-sheet.png/a.record.json", "-o", "again")
    assert again.exit_code == 0, again.output
    assert (folder / "again/a-p1.png").read_bytes() == (folder / "out-sheet.png/a-p1.png").read_bytes()
    wrong = smashcima("render", "in/a.abc", "-o", "out", *FAST, "--paper", "papyrus")
    assert wrong.exit_code == 2
    assert "There is no paper 'papyrus'; available: 'white-office'" in told(wrong)


def test_a_look_is_paper_and_degradation(folder: Path) -> None:
    for name in ("clean", "manuscript", "photo"):
        result = smashcima("render", "in/a.abc", "-o", name, "--look", name, "--dpi", "40", "--hand", "pen")
        assert result.exit_code == 0, result.output
    pages = {name: cv2.imread(f"{name}/a-p1.png") for name in ("clean", "manuscript", "photo")}
    assert pages["clean"].mean() > 250
    assert pages["manuscript"][100, 100, 0] < pages["manuscript"][100, 100, 2] - 20  # cream
    own = smashcima(
        "render", "in/a.abc", "-o", "own", "--look", "photo", "--preset", "clean", "--paper", "aged", *FAST
    )
    assert own.exit_code == 0
    wrong = smashcima("render", "in/a.abc", "-o", "out", *FAST, "--look", "shiny")
    assert wrong.exit_code == 2
    assert "There is no look 'shiny'; available: clean, manuscript" in told(wrong)


def test_looks_go_with_no_recipe(folder: Path) -> None:
    Path("r.yaml").write_text("version: 1\nmodel: EngravedModel\n", encoding="utf-8")
    result = smashcima(
        "render", "in/a.abc", "-o", "out", "--recipe", "r.yaml", "--look", "scan", "--paper", "aged"
    )
    assert result.exit_code == 2
    assert "--paper, --look cannot be given with --recipe" in told(result)


def test_a_sheet_that_cannot_be_drawn_is_refused_at_once(folder: Path) -> None:
    arguments = ["render", "in", "-o", "out", "--model", "engraved", "--page", "A3", "--dpi", "2400"]
    result = smashcima(*arguments)
    assert result.exit_code == 2
    assert "the limit is 268 megapixels" in told(result)
    assert "Lower the dpi, or choose a smaller --page." in told(result)
    assert not (folder / "out").exists()
    assert smashcima(*arguments, "-f", "svg,mei").exit_code == 0  # no pixels


def test_a_missing_extra_is_told_before_the_work_begins(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "lmx", None)
    for command in (["render", "in", "-o", "out", "-f", "png,lmx", *FAST], ["convert", "in/a.abc", "a.lmx"]):
        result = smashcima(*command)
        assert result.exit_code == 2
        assert "needs the package linearized-musicxml, which is not installed: " in told(result)
        assert "pip install 'smashcima[lmx]'." in told(result)
    assert not (folder / "out").exists()
    assert smashcima("render", "in/a.abc", "-o", "out", *FAST).exit_code == 0


def test_convert_and_info_speak_json(folder: Path) -> None:
    (folder / "broken.abc").write_text("no music", encoding="utf-8")
    result = smashcima("convert", "in/a.abc", "broken.abc", "-o", "out", "--to", "mei", "--json", "--quiet")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["scores"] == 1
    assert found["files"] == [str(Path("out/a.mei"))]
    assert len(found["errors"]) == 1
    assert found["issues"] == []
    about = json.loads(smashcima("info", "in/a.abc", "--json").stdout)
    assert about["source"] == str(Path("in/a.abc"))
    assert (about["scores"][0]["title"], about["scores"][0]["composer"]) == ("One", "Anon")
    assert about["scores"][0]["elements"]["notes"] == 4


def completions(*words: str) -> set[str]:
    """What bash offers for the last word."""
    line = " ".join(("smashcima", *words))
    environment = {
        **os.environ,
        "_SMASHCIMA_COMPLETE": "complete_bash",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words)),
    }
    code = "import sys; sys.argv[0] = 'smashcima'; from smashcima.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    return set(done.stdout.split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "offered"),
    [
        (["ren"], {"render"}),
        (["render", "--look", "photoc"], {"photocopy"}),
        (["render", "--paper", "laid"], {"laid-18th-century"}),
        (["render", "--format", "png,mus"], {"png,musicxml"}),
        (["render", "--preset", "b"], {"bitonal"}),
        (["render", "--font", "Le"], {"Leipzig", "Leland"}),
        (["render", "--writer", "h"], {"hasty"}),
        (["render", "--overlay", "la"], {"labels", "layout"}),
    ],
)
def test_the_shell_completes_commands_and_values(words: list[str], offered: set[str]) -> None:
    assert completions(*words) == offered


@pytest.mark.parametrize(
    "arguments",
    [
        ["render", "nowhere", "-o", "out"],
        ["render", "in", "-o", "out", "--format", "gif"],
        ["render", "in", "-o", "out", "--page", "A99"],
        ["render", "in", "-o", "out", "--writer", "nobody"],
        ["render", "in", "-o", "in/a.abc"],
        ["render", "in", "-o", "out", "--overlay", "hearts"],
        ["render", "in", "-o", "out", "--font", "Comic"],
        ["convert", "in/a.abc"],
        ["convert", "in/a.abc", "a.docx"],
        ["convert", "in", "-o", "out"],
        ["convert", "in/a.abc", "in"],
        ["convert", "in/a.abc", "a.mei", "--from", "docx"],
        ["compare", "in", "in/a.abc"],
        ["info", "nowhere"],
        ["inspect", "nowhere.png", "nowhere.mung"],
        ["plan", "check", "nowhere.yaml"],
        ["generate", "nowhere.yaml", "-o", "out"],
        ["repeat", "nowhere.json", "-o", "out"],
        ["curate", "nowhere", "-o", "out"],
        ["validate", "nowhere"],
        ["assets", "info", "Nonsense"],
    ],
    ids=" ".join,
)
def test_errors_are_whole_sentences_without_internals(folder: Path, arguments: list[str]) -> None:
    result = smashcima(*arguments)
    assert result.exit_code in (1, 2)
    text = told(result)
    for internal in ("Traceback", "NoneType", "object at", "has no attribute", "Errno"):
        assert internal not in text
    assert text.rstrip(" │╰─╯").endswith((".", "pages, in out", "files written"))
