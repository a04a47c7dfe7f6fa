"""Long sources are read with less memory, and as short ones are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smashcima import load_score
from smashcima.loading.musicxml import reading
from smashcima.mei import write_mei

_NAMES = (
    "01-crossstaff-clef",
    "17-lyrics",
    "35-staff-details",
    "91-hidden-playback-voice",
    "108-ottava-second-voice",
)


def _as_read(path: Path) -> tuple[str, list[str]]:
    """The score as MEI without the indentation of its header, and the issues."""
    loaded = load_score(path)
    return re.sub(r">\s*\n\s*<", "><", write_mei(loaded.score)), [str(issue) for issue in loaded.issues]


@pytest.mark.parametrize("name", _NAMES)
def test_a_source_that_counts_as_long_gives_the_same_score(
    name: str, shared_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shared_data / "cases" / f"{name}.musicxml"
    expected = _as_read(path)
    monkeypatch.setattr(reading, "_LARGE", 0)
    assert _as_read(path) == expected
