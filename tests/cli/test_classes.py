"""`smashcima classes`."""

from __future__ import annotations

from typer.testing import CliRunner

from smashcima.cli.main import app

WIDE = {"COLUMNS": "200"}


def test_all_vocabularies_are_listed() -> None:
    result = CliRunner().invoke(app, ["classes"], env=WIDE)
    assert result.exit_code == 0
    for name in ("smashcima", "mung", "muscimapp2", "muscimapp1", "deepscores", "doremi"):
        assert name in result.output


def test_the_classes_of_one_vocabulary_are_listed_by_label() -> None:
    result = CliRunner().invoke(app, ["classes", "muscimapp2"], env=WIDE)
    assert result.exit_code == 0
    row = next(line for line in result.output.splitlines() if " noteheadBlack " in line)
    assert "noteheadFull{small}" in row
    unknown = next(line for line in result.output.splitlines() if " systemMeasure " in line)
    assert "no class" in unknown


def test_an_unknown_vocabulary_is_an_error_that_names_those_that_exist() -> None:
    result = CliRunner().invoke(app, ["classes", "omr"], env=WIDE)
    assert result.exit_code == 2
    assert "deepscores" in result.stderr
