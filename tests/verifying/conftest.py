"""Scenes whose pages show what their scores say."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.orchestration import BaseHandwrittenModel, EngravedModel, MusicScene

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLE = ROOT / "assets" / "example" / "example.musicxml"
SONG = ROOT / "tests" / "short_song.musicxml"


@pytest.fixture(scope="module")
def printed() -> MusicScene:
    """The example, printed."""
    return EngravedModel(seed=0)(EXAMPLE)


@pytest.fixture(scope="module")
def written() -> MusicScene:
    """The example, written with a pen."""
    return BaseHandwrittenModel(seed=1, hand="pen")(EXAMPLE)
