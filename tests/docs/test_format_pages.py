"""The page of each format: its code runs and prints what it says, its links lead somewhere, and no format lacks one."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
PAGES = sorted((DOCS / "formats").glob("*.md"))


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_code_of_a_page_runs_and_prints_what_it_says(
    code: ModuleType, page: Path, tmp_path: Path
) -> None:
    assert code.python_blocks(page.read_text("utf-8"))
    code.run_page(page, tmp_path)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_what_a_page_links_to_is_there(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s#]+)", page.read_text("utf-8")):
        assert (page.parent / link).exists(), link


def test_the_overview_links_to_every_page() -> None:
    overview = (DOCS / "ground-truth.md").read_text("utf-8")
    assert len(PAGES) >= 8
    for page in PAGES:
        assert f"(formats/{page.name})" in overview, page.name
