"""The page about classes says what the code goes by."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_make_class_table", DOCS / "make_class_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_tables_are_those_of_the_code(maker: ModuleType) -> None:
    page = (DOCS / "classes.md").read_text(encoding="utf-8")
    assert maker.filled(page) == page, "run `python docs/make_class_table.py`"
    assert "| `noteheadBlack` | `noteheadBlack{small}` | `noteheadFull{small}` | `notehead-full` |" in page


def test_a_page_without_the_marks_is_refused(maker: ModuleType) -> None:
    with pytest.raises(ValueError, match="not 0 times"):
        maker.filled("# Classes\n")
