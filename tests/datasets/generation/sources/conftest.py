"""Sources as plans give them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.sources import ScoreSource, make_source

MakeSource = Callable[..., ScoreSource]

TUNES = """\
X:1
T:First
M:2/4
L:1/4
K:C
CD|EF|

X:2
T:Second
M:3/4
L:1/4
K:G
GAB|[CEG]2z|
"""
"""A tune book: the second tune has a chord, 3/4 and one sharp."""


@pytest.fixture
def make(tmp_path: Path) -> MakeSource:
    """Makes a source from its fields in a plan, which is in `tmp_path`."""

    def made(**fields: Any) -> ScoreSource:
        return make_source(fields, Where("sources[0]"), tmp_path)

    return made


@pytest.fixture
def tune_book(tmp_path: Path) -> Path:
    """The folder `scores` with a tune book and a damaged file."""
    folder = tmp_path / "scores"
    folder.mkdir()
    (folder / "book.abc").write_text(TUNES)
    (folder / "broken.musicxml").write_text("<score-partwise><part-list>")
    return folder
