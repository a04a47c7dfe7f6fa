"""`smashcima classes`."""

from __future__ import annotations

import json

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


def test_json_gives_the_numbers_of_all_classes_and_the_class_of_each_label() -> None:
    result = CliRunner().invoke(app, ["classes", "--json", "deepscores"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    by_name = {each["name"]: each for each in found["classes"]}
    assert [each["yolo"] for each in found["classes"]] == list(range(len(found["classes"])))
    assert by_name["repeatDot"] == {"name": "repeatDot", "yolo": 1, "coco": 2, "mask": 2, "deepscores": 3}
    assert found["labels"]["gClef8vb"] == "clefG"
    assert found["labels"]["segnoSerpent1"] is None
    assert "noteheadCircleX" in found["without_class"]


def test_json_of_all_vocabularies_is_a_list() -> None:
    result = CliRunner().invoke(app, ["classes", "--json"])
    listed = {each["vocabulary"]: each for each in json.loads(result.stdout)}
    assert list(listed) == ["smashcima", "mung", "muscimapp2", "muscimapp1", "deepscores", "doremi"]
    assert listed["smashcima"]["labels"]["noteheadCircleX"] == "noteheadCircleX"
    assert listed["smashcima"]["without_class"] == []
