"""Long JSON documents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smashcima.datasets.layouts.long_json import LongJsonWriter, read_head, read_section
from smashcima.errors import ExportError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    writer = LongJsonWriter(tmp_path / "a.json", {"list": "[]", "table": "{}", "empty": "[]"})
    writer.add("list", {"x": 1})
    writer.add("table", ["é"], "7")
    writer.add("list", {"x": 2})
    writer.add("table", [], "a\n")
    writer.close({"info": {"by": "us"}, "licenses": []})
    return tmp_path / "a.json"


def test_any_parser_reads_them(path: Path):
    assert json.loads(path.read_bytes()) == {
        "info": {"by": "us"},
        "licenses": [],
        "list": [{"x": 1}, {"x": 2}],
        "table": {"7": ["é"], "a\n": []},
        "empty": [],
    }
    assert [each.name for each in path.parent.iterdir()] == ["a.json"]


def test_they_are_read_entry_by_entry(path: Path):
    assert read_head(path) == {"info": {"by": "us"}, "licenses": []}
    assert list(read_section(path, "list")) == [{"x": 1}, {"x": 2}]
    assert list(read_section(path, "table")) == [["é"], []]
    assert list(read_section(path, "empty")) == []


def test_changed_files_are_refused(path: Path):
    path.write_text(json.dumps(json.loads(path.read_bytes()), indent=1))
    with pytest.raises(ExportError, match="one entry a line"):
        read_head(path)
    with pytest.raises(ExportError, match="one entry a line"):
        list(read_section(path, "list"))
