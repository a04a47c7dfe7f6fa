"""`smashcima assets check-patches`."""

from __future__ import annotations

from pathlib import Path

from typer.testing import CliRunner

from smashcima.assets.paper import PatchRow, patch_table_text
from smashcima.cli.main import app


def check(path: Path) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["assets", "check-patches", str(path)])
    return result.exit_code, result.output


def test_a_good_table_is_counted(tmp_path: Path) -> None:
    table = tmp_path / "patches.csv"
    row = PatchRow("uuid:0b2a5a6e-1f9c-4d0c-9a67-0f2f3f6c8f11", 100, 200, 600, 400, 300.0)
    table.write_text(patch_table_text([row]))
    code, said = check(table)
    assert code == 0
    assert "1 patches, no problems" in said


def test_problems_are_listed_by_line_and_make_it_fail(tmp_path: Path) -> None:
    table = tmp_path / "patches.csv"
    row = PatchRow("uuid:0b2a5a6e-1f9c-4d0c-9a67-0f2f3f6c8f11", 100, 200, 600, 400, 300.0)
    table.write_text(patch_table_text([row]).replace("600", "-600"))
    code, said = check(table)
    assert code == 1
    assert "line 2" in said


def test_a_table_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    code, said = check(tmp_path / "nowhere.csv")
    assert code == 1
    assert "nowhere.csv" in said
