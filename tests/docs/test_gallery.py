"""The gallery: each recipe builds, and each has its picture."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import cv2
import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def gallery(code: ModuleType) -> ModuleType:
    """`docs/make_gallery.py`, which belongs to no package."""
    sys.modules.setdefault("code_blocks", code)
    spec = importlib.util.spec_from_file_location(
        "docs_make_gallery", REPOSITORY / "docs" / "make_gallery.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_all_entries_have_a_picture_each(gallery: ModuleType) -> None:
    entries = gallery.entries()
    assert len(entries) == 24
    pictures = {path.stem for path in (REPOSITORY / "assets" / "gallery").glob("*.jpg")}
    assert pictures == {entry.name for entry in entries}
    assert (REPOSITORY / "docs" / "gallery.md").read_text(encoding="utf-8").count("\n## ") == 24


def test_every_recipe_builds_a_model(gallery: ModuleType) -> None:
    for entry in gallery.entries():
        model = gallery.recipe_of(entry).build()
        assert model.recipe.to_dict()["options"]["seed"] == model.seed


def test_a_picture_is_that_of_its_recipe(gallery: ModuleType) -> None:
    entry = next(each for each in gallery.entries() if each.name == "one-staff")
    made = gallery.picture_of(entry)
    kept = cv2.imread(str(REPOSITORY / "assets" / "gallery" / "one-staff.jpg"))
    assert made.shape == kept.shape
    assert cv2.absdiff(made, kept).mean() < 3  # compression
