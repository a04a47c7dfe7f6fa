"""The layouts that this process keeps on disk, if any."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from smashcima import settings
from smashcima._version import VERSION
from smashcima.engraving.engraving import Engraving
from smashcima.engraving.layout_options import LayoutOptions
from smashcima.engraving.storing import StoredLayouts, code_fingerprint

_FORMAT = "1"

_PACKAGES = ("engravers/verovio", "engraving", "geometry", "mei", "scene/semantic")
"""Packages whose code determines a layout."""

_kept: list[StoredLayouts] = []
"""The only store of this process; empty if layouts are not kept on disk."""


def keep_layouts(directory: Path | None = None) -> None:
    """Makes all engravers of this process keep their layouts in a directory, by default one of the cache directory.

    Does nothing if the environment variable `SMASHCIMA_LAYOUT_CACHE_MB` is 0.
    """
    limit = settings.layout_cache_bytes()
    directory = directory or settings.cache_dir() / "layouts"
    _kept[:] = [StoredLayouts(directory, limit)] if limit else []


def kept_layout(mei: str, options: LayoutOptions, make: Callable[[], Engraving]) -> Engraving:
    """The layout of a score on disk; made by `make` if there is none, or if layouts are not kept."""
    for store in _kept:
        return store.get([*_versions(), *_texts(options)], mei, make)
    return make()


def _versions() -> list[str]:
    home = Path(settings.__file__).parent
    return [_FORMAT, VERSION, version("verovio"), code_fingerprint(*(str(home / name) for name in _PACKAGES))]


def _texts(options: LayoutOptions) -> list[str]:
    """The options as text that is the same in every process; the order of a set is not."""
    texts = []
    for field in dataclasses.fields(options):
        value = getattr(options, field.name)
        texts.append(f"{field.name}={sorted(value) if isinstance(value, frozenset) else value!r}")
    return texts
