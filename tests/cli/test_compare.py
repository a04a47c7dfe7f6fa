"""`smashcima compare`: error rates and differences of files, clear errors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from smashcima.cli.main import app
from smashcima.exporting.musicxml import MusicXmlExporter
from smashcima.scene.semantic import ScoreBuilder, note

run = CliRunner()

BOOK = "X:1\nT:First\nM:4/4\nL:1/4\nK:C\nCDEF|\n\nX:2\nT:Second\nM:4/4\nL:1/4\nK:C\nCDEG|\n"


def write(path: Path, *pitches: str) -> Path:
    """A measure of quarter notes as MusicXML: 2 symbols before it, 2 for each note, and a barline."""
    builder = ScoreBuilder(time="4/4")
    builder.add_part("", "treble")
    builder.add_voice(builder.add_measure(), 1, *(note(pitch, "quarter") for pitch in pitches))
    path.parent.mkdir(exist_ok=True)
    MusicXmlExporter().write(builder.build(), path)
    return path


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    return write(tmp_path / "truth.musicxml", "C4", "D4", "E4", "F4")


def compare(*arguments: str | Path) -> str:
    result = run.invoke(app, ["compare", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_equal_scores_have_no_errors(truth: Path) -> None:
    assert compare(truth, truth).splitlines()[-1] == "symbol error rate: 0.00%"


def test_formats_may_differ(truth: Path, tmp_path: Path) -> None:
    (tmp_path / "tune.abc").write_text("X:1\nM:4/4\nL:1/4\nK:C\nCDEF|\n", encoding="utf-8")
    assert "symbol error rate: 0.00%" in compare(truth, tmp_path / "tune.abc", "--without", "barline")


def test_errors_are_counted_by_kind_and_listed(truth: Path, tmp_path: Path) -> None:
    result = write(tmp_path / "result.musicxml", "C4", "D4", "F4", "F4")
    lines = compare(truth, result).splitlines()
    assert lines[0].split() == ["kind", "symbols", "missing", "extra", "wrong", "error", "rate"]
    assert "pitch 4 0 0 1 25.00%".split() in [line.split() for line in lines]
    assert lines[-2:] == ["• measure 1, staff 1: pitch F4 instead of E4", "symbol error rate: 9.09%"]


def test_kinds_are_chosen(truth: Path, tmp_path: Path) -> None:
    result = write(tmp_path / "result.musicxml", "C4", "D4", "F4", "F4")
    assert "symbol error rate: 25.00%" in compare(truth, result, "--only", "pitch")
    assert "symbol error rate: 0.00%" in compare(truth, result, "--without", "pitch")


def test_the_result_is_json_for_programs(truth: Path, tmp_path: Path) -> None:
    found = json.loads(compare(truth, write(tmp_path / "result.musicxml", "C4", "D4", "F4", "F4"), "--json"))
    assert found["error_rate"] == 1 / 11
    assert found["differences"] == [
        {"kind": "pitch", "truth": "E4", "result": "F4", "measure": "1", "staff": 1}
    ]


def test_only_the_first_differences_are_listed_unless_all_are_wanted(truth: Path, tmp_path: Path) -> None:
    result = write(tmp_path / "result.musicxml", *["C5", "C6"] * 12)
    assert "more differences (--all lists them)" in compare(truth, result)
    everything = compare(truth, result, "--all")
    assert "more differences" not in everything
    assert everything.count("•") > 20


def test_folders_are_compared_file_by_file(tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        write(tmp_path / "truth" / f"{name}.musicxml", "C4", "D4", "E4", "F4")
    write(tmp_path / "result" / "a.xml", "C4", "D4", "E4", "F4")
    write(tmp_path / "result" / "b.musicxml", "C4", "D4", "E4", "G4")
    result = run.invoke(app, ["compare", str(tmp_path / "truth"), str(tmp_path / "result")])
    assert result.exit_code == 1  # c has no partner
    assert "c.musicxml: there is no file of this stem in" in " ".join(result.stderr.split())
    rows = [line.split() for line in result.stdout.splitlines()]
    assert "a.musicxml 11 0 0 0 0.00%".split() in rows
    assert "b.musicxml 11 0 0 1 9.09%".split() in rows
    assert rows[-1] == "symbol error rate: 4.55%".split()
    assert rows[-2] == "• b.musicxml: measure 1, staff 1: pitch G4 instead of F4".split()

    as_json = run.invoke(app, ["compare", str(tmp_path / "truth"), str(tmp_path / "result"), "--json"])
    found = json.loads(as_json.stdout)
    assert found["error_rate"] == 1 / 22
    assert found["files"]["b.musicxml"]["error_rate"] == 1 / 11


def test_a_score_of_several_is_chosen(truth: Path, tmp_path: Path) -> None:
    (tmp_path / "book.abc").write_text(BOOK, encoding="utf-8")
    arguments = ["compare", str(tmp_path / "book.abc"), str(tmp_path / "book.abc"), "--score", "2"]
    result = run.invoke(app, arguments)
    assert "number 2 of 2 is compared" in " ".join(result.stderr.split())
    result = run.invoke(app, ["compare", str(truth), str(tmp_path / "book.abc"), "--score", "2"])
    assert result.exit_code == 1
    assert "There is no score 2 in" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--only", "notes"], "There is no kind of symbols 'notes'; available: clef, key"),
        (["--only", "pitch", "--without", "pitch"], "No kind of symbols is left"),
        (["--method", "musicdiff", "--only", "pitch"], "cannot be given with --method musicdiff"),
        (["--method", "guess"], "guess"),
    ],
)
def test_an_option_that_makes_no_sense_is_exit_code_2(
    truth: Path, arguments: list[str], message: str
) -> None:
    result = run.invoke(app, ["compare", str(truth), str(truth), *arguments])
    assert result.exit_code == 2
    assert message in " ".join(result.output.split())


def test_a_file_and_a_folder_cannot_be_compared(truth: Path, tmp_path: Path) -> None:
    result = run.invoke(app, ["compare", str(truth), str(tmp_path)])
    assert result.exit_code == 2
    assert "Give two files or two folders" in " ".join(result.output.split())


def test_an_unreadable_file_is_told_without_a_traceback(truth: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.musicxml"
    broken.write_text("<score-partwise><part", encoding="utf-8")
    result = run.invoke(app, ["compare", str(truth), str(broken)])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert "broken.musicxml" in result.stderr
    assert "Traceback" not in result.output


def test_musicdiff_is_another_method(truth: Path, tmp_path: Path) -> None:
    pytest.importorskip("musicdiff")
    result = write(tmp_path / "result.musicxml", "C4", "D4", "G4", "F4")
    output = compare(truth, result, "--method", "musicdiff")
    assert "-(Note) E4" in output
    assert "OMR-NED:" in output
    found = json.loads(compare(truth, result, "--method", "musicdiff", "--json"))
    assert found["edit_distance"] == 4
