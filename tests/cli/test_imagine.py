"""`smashcima imagine`: files from a text."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest
from click.testing import Result
from typer.testing import CliRunner

from smashcima.cli.main import app
from smashcima.loading import load_score

run = CliRunner()
TEXT = "a waltz in A minor for zither and piano, 8 bars, printed, 40 dpi"


def called(*arguments: str | Path) -> Result:
    return run.invoke(app, ["imagine", *map(str, arguments)])


def test_a_text_becomes_a_page_its_music_and_a_record(tmp_path: Path):
    files = [tmp_path / "new" / name for name in ("page.png", "page.musicxml", "page.json")]
    result = called(TEXT, "-o", files[0], "-o", files[1], "-o", files[2])
    assert result.exit_code == 0, result.output
    assert cv2.imread(str(files[0])).shape[0] == pytest.approx(309.2 / 25.4 * 40, abs=1)
    score = load_score(files[1]).score
    assert len([measure for measure in score.measures if measure.n != "0"]) == 8
    record = json.loads(files[2].read_text(encoding="utf-8"))
    assert record["metadata"]["Key"] == "A minor"
    assert [each["from"] for each in record["ignored"]] == ["zither"]
    assert "ignored: 'zither': not understood" in result.stderr
    assert record["caption"] in result.stderr


def test_the_same_text_and_seed_give_the_same_bytes(tmp_path: Path):
    for name, seed in (("a", "1"), ("b", "1"), ("c", "2")):
        assert called(TEXT, "-o", tmp_path / f"{name}.png", "--seed", seed, "-q").exit_code == 0
    first, second, other = ((tmp_path / f"{name}.png").read_bytes() for name in "abc")
    assert first == second
    assert first != other


def test_several_pages_have_numbers_and_further_formats_lie_beside_them(tmp_path: Path):
    result = called(
        "for string quartet, 64 bars, printed, 30 dpi",
        "-o",
        tmp_path / "q.png",
        "-f",
        "mung,mei",
        "--explain",
    )
    assert result.exit_code == 0, result.output
    assert {each.name for each in tmp_path.iterdir()} >= {"q-p1.png", "q-p2.png", "q-p1.mung", "q.mei"}
    assert "understood: ensemble: string quartet from 'string quartet'" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "a.docx"], "has no known suffix"),
        (["-o", "a.lmx"], "holds a part of a score"),
        (["-o", "a.png", "-f", "docx"], "Unknown format 'docx'"),
        (["-o", "a.png", "--hand", "left"], "--hand must be one of"),
    ],
)
def test_wrong_arguments_are_named(
    arguments: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    result = called("a waltz", *arguments)
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
