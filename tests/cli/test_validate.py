"""`smashcima validate`: violations on the output, and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

from typer.testing import CliRunner

from smashcima.cli.main import app

run = CliRunner()


def empty_data_set(folder: Path) -> Path:
    """A data set without pages."""
    root = folder / "Ufal.Empty"
    root.mkdir()
    manifest = {
        "musicorpus_version": "1.0",
        "full_institution_name": "Charles University",
        "short_institution_name": "Ufal",
        "institution_url": "",
        "full_dataset_name": "Empty",
        "short_dataset_name": "Empty",
        "dataset_url": "",
        "dataset_version": "1.0",
        "created_at": "2026-03-05T10:16:37Z",
        "author_emails": [],
    }
    (root / "musicorpus.json").write_text(json.dumps(manifest))
    (root / "splits.json").write_text(json.dumps({"train": [], "validation": [], "test": []}))
    (root / "README.md").touch()
    (root / "LICENSE.txt").touch()
    return root


def test_valid_data_sets_give_no_output(tmp_path: Path) -> None:
    result = run.invoke(app, ["validate", str(empty_data_set(tmp_path))])
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "follows MusiCorpus 1.0" in result.stderr


def test_violations_are_printed_one_a_line(tmp_path: Path) -> None:
    root = empty_data_set(tmp_path)
    (root / "README.md").unlink()
    (root / "splits.json").write_text('{"train": ["1"], "validation": [], "test": []}')
    result = run.invoke(app, ["validate", str(tmp_path)])
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "the data set: README.md: is missing",
        "splits.json: 1: is in train, but has no folder",
    ]


def test_other_folders_are_refused(tmp_path: Path) -> None:
    result = run.invoke(app, ["validate", str(tmp_path)])
    assert result.exit_code == 2
    assert "not a MusiCorpus data set" in result.stderr
