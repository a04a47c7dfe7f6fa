"""Fixtures for tests of data sets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smashcima.datasets.generation import GenerationPlan


@pytest.fixture
def short_song() -> Path:
    """A short song in MusicXML."""
    return Path(__file__).parent.parent / "short_song.musicxml"


@pytest.fixture
def tiny_plan(tmp_path: Path) -> Callable[..., GenerationPlan]:
    """A function that makes a plan of small printed pages from three tunes, with other fields if given."""
    scores = tmp_path / "scores"
    scores.mkdir()
    for number in range(3):
        tune = f"X:1\nT:Tune {number}\nM:4/4\nL:1/4\nK:G\nGABc|d2e2|g4|\n"
        (scores / f"{number}.abc").write_text(tune, encoding="utf-8")

    def make(**fields: Any) -> GenerationPlan:
        data = {
            "version": 1,
            "seed": 4,
            "count": 12,
            "sources": [{"folder": "scores"}],
            "model": {"model": "printed", "options": {"page": "120x60"}},
            "image": {"dpi": 60},
            "labels": ["coco", "record"],
            "layout": {"name": "webdataset", "samples_per_shard": 3},
            **fields,
        }
        return GenerationPlan.from_data(data, folder=tmp_path)

    return make
