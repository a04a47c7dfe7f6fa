"""Defaults as in a fresh process, and a repository that is shared by tests that do not change it."""

from __future__ import annotations

import warnings

import pytest

import smashcima.mashcima as mc
from smashcima.mashcima import handwriting


@pytest.fixture(autouse=True)
def _fresh_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mc.SymbolRepository, "DEFAULT_REPOSITORY", None)
    monkeypatch.setattr(mc.Config, "DEFAULT_CONFIG", None)
    monkeypatch.setattr(handwriting, "_told", set())


@pytest.fixture(scope="session")
def pen() -> mc.SymbolRepository:
    """The repository of a machine without MUSCIMA++."""
    repository = mc.SymbolRepository(config=mc.Config.automatic_download_config(download=False))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with repository.model(0):
            pass
    return repository


@pytest.fixture
def written(pen: mc.SymbolRepository, monkeypatch: pytest.MonkeyPatch) -> mc.SymbolRepository:
    """The same as the default repository."""
    monkeypatch.setattr(mc.SymbolRepository, "DEFAULT_REPOSITORY", pen)
    return pen
