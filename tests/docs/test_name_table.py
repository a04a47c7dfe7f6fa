"""The reference of the top-level package lists its names."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import smashcima as sc

FILE = Path(__file__).resolve().parents[2] / "docs" / "name_table.py"


def test_every_name_of_the_package_is_listed_with_its_description() -> None:
    spec = importlib.util.spec_from_file_location("name_table", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    table = module.name_table()
    names = set(sc.__all__) - sc._SUBPACKAGES - {"__version__"}
    assert {line.split("`")[1] for line in table.splitlines()[2:]} == names
    assert (
        "| [`mm_to_px`](smashcima.geometry.md#smashcima.geometry.mm_to_px) | Length in pixels of `mm` millimetres"
        in table
    )
    undescribed = [line for line in table.splitlines()[2:] if line.endswith("|  |")]
    assert not undescribed
