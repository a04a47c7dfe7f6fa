"""The page of each format; that its code runs is checked with all other pages."""

from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted((DOCS / "formats").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_page_of_a_format_shows_how_it_is_written(code: ModuleType, page: Path) -> None:
    blocks = code.python_blocks(page.read_text("utf-8"))
    assert any(".write(" in block.text for block in blocks)


def test_the_overview_links_to_every_page() -> None:
    overview = (DOCS / "ground-truth.md").read_text("utf-8")
    assert len(PAGES) >= 8
    for page in PAGES:
        assert f"(formats/{page.name})" in overview, page.name
