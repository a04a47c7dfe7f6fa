"""Fixtures for tests of data sets."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def short_song() -> Path:
    """A short song in MusicXML."""
    return Path(__file__).parent.parent / "short_song.musicxml"
