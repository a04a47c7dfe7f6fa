"""Scores of the test data: everything that Verovio draws is a primitive, and stays on its sheet.

The songs are checked in the same way where they are written by hand, in `tests/orchestration/test_all_lieder.py`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima.engravers.verovio import engrave_mei
from tests.engraved_pages import LayoutCheck

SUFFIXES = {".mxl", ".xml", ".musicxml", ".mei", ".krn", ".abc"}


def scores_of(directory: Path) -> list[Path]:
    return sorted(path for path in directory.rglob("*") if path.suffix in SUFFIXES)


def problems_of(name: str, mei: str) -> list[str]:
    check = LayoutCheck(name)
    with check.watching():
        engraving = engrave_mei(mei)
    return check.problems_of(engraving)


@pytest.mark.slow
@pytest.mark.parametrize("directory", ["tutorial", "musicxml", "formats/mei", "formats/kern", "formats/abc"])
def test_all_that_is_drawn_is_kept_and_on_the_sheet(shared_data, load_mei_once, directory):
    paths = scores_of(shared_data / directory)
    assert paths
    assert [p for path in paths for p in problems_of(path.name, load_mei_once(path).meis[0])] == []
