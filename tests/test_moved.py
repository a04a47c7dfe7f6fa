"""Packages that have moved are still imported under their old names."""

from __future__ import annotations

import importlib
import sys

import pytest

from smashcima._moved import MOVED_PACKAGES, SPLIT_PACKAGES


@pytest.fixture(autouse=True)
def _forgotten(monkeypatch: pytest.MonkeyPatch):
    for old in (*MOVED_PACKAGES, *SPLIT_PACKAGES):
        monkeypatch.delitem(sys.modules, old, raising=False)


@pytest.mark.parametrize(("old", "new"), MOVED_PACKAGES.items())
def test_the_old_name_gives_the_names_of_the_new_package_and_says_where_it_is(old: str, new: str) -> None:
    package = importlib.import_module(new)
    spec = package.__spec__
    with pytest.warns(DeprecationWarning, match=f"{old} has moved to {new}"):
        found = importlib.import_module(old)
    assert all(getattr(found, name) is getattr(package, name) for name in package.__all__)
    assert package.__spec__ is spec


def test_names_are_imported_from_the_old_package() -> None:
    with pytest.warns(DeprecationWarning, match="has moved to"):
        from smashcima.exporting.postprocessing import FilterStack  # type: ignore[import-not-found]
    from smashcima.imaging.filters import FilterStack as Moved

    assert FilterStack is Moved


def test_the_old_layout_package_has_the_options_and_the_engraver() -> None:
    with pytest.warns(DeprecationWarning, match="has moved to"):
        from smashcima.engraving.layout import LayoutOptions, engrave  # type: ignore[import-not-found]
    import smashcima as sc

    assert LayoutOptions is sc.LayoutOptions
    assert callable(engrave)


def test_other_unknown_modules_stay_unknown() -> None:
    with pytest.raises(ModuleNotFoundError, match=r"smashcima\.exporting\.nonsense"):
        importlib.import_module("smashcima.exporting.nonsense")
