"""The benchmark of reading: what should be read, and how errors are counted. (Its network needs PyTorch.)"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

import smashcima as sc

ROOT = Path(__file__).resolve().parents[2] / "benchmarks"
OWN = ("texts", "strips", "errors", "notation_graph", "scenes", "muscima")


@pytest.fixture
def modules(monkeypatch: pytest.MonkeyPatch) -> dict[str, ModuleType]:
    """The modules of the benchmark, which is run as a script."""
    monkeypatch.syspath_prepend(str(ROOT / "placement"))
    monkeypatch.syspath_prepend(str(ROOT / "reading"))
    monkeypatch.setattr(sys, "path", list(sys.path))
    found = {name: importlib.import_module(name) for name in OWN}
    for name in OWN:
        monkeypatch.delitem(sys.modules, name)
    return found


def test_faults_are_those_of_a_shortest_list_of_edits(modules: dict[str, ModuleType]) -> None:
    faults = modules["errors"].faults
    assert faults(["a", "b", "c"], ["a", "b", "c"]) == []
    assert faults(["a", "b", "c"], ["a", "c"]) == ["b"]
    assert faults(["a", "c"], ["a", "b", "c"]) == ["b"]
    assert faults(["a", "b", "c"], ["a", "x", "c"]) == ["b"]
    assert faults([], ["a", "b"]) == ["a", "b"]


def test_errors_are_counted_by_class(modules: dict[str, ModuleType]) -> None:
    errors = modules["errors"].Errors()
    errors.add(
        ["clef-G", "sharp", "quarter_3", "dot", "eighth_-2"], ["clef-G", "quarter_3", "dot", "eighth_-1"]
    )
    assert errors.rate == 2 / 5
    assert errors.rate_of("accidentals") == 1
    assert errors.rate_of("notes: eighth") == 1
    assert errors.rate_of("notes: quarter") == errors.rate_of("clefs") == errors.rate_of("dots") == 0


def test_the_text_of_a_printed_song_is_that_of_its_notes(modules: dict[str, ModuleType]) -> None:
    song = """X:1
L:1/4
M:4/4
K:G
^c d/e/ f>g | [GB]2 z2 |]
"""
    scene = sc.EngravedModel(seed=1, dpi=150)(data=song, format="abc")
    strips = list(modules["strips"].drawn_strips(scene, "x"))
    words = [word for strip in strips for word in strip.text]
    assert words[:2] == ["clef-G", "sharp"]
    # Steps from the middle line, B: c is one above.
    assert words[2:] == [
        "sharp", "quarter_1", "eighth_2", "eighth_3", "quarter_4", "dot", "eighth_5", "half_-2", "half_0", "rest-half",
    ]  # fmt: skip
    for strip in strips:
        assert strip.image.shape[0] == modules["strips"].HEIGHT
        assert strip.image.shape[1] <= modules["strips"].WIDEST
        # Five lines, a staff space apart, the third in the middle.
        rows = np.median(strip.image, axis=1)
        lines = [
            row
            for row in range(1, len(rows) - 1)
            if rows[row] > 40 and rows[row] >= rows[row - 1 : row + 2].max()
        ]
        middle = modules["strips"].HEIGHT / 2 - 0.5
        assert np.allclose(np.mean(lines), middle, atol=1.5)
        assert max(lines) - min(lines) == pytest.approx(4 * modules["strips"].SPACE, abs=2)


@pytest.mark.slow
def test_real_strips_have_the_notes_of_their_pages(modules: dict[str, ModuleType], shared_data: Path) -> None:
    strips = list(modules["strips"].real_strips({"03"}))
    assert len(strips) > 20
    assert {strip.writer for strip in strips} == {"03"}
    words = {word for strip in strips for word in strip.text}
    assert {"clef-G", "clef-F", "sharp", "flat", "rest-quarter", "dot", "half_0"} <= words
