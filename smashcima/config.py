"""Directories under their names in smashcima 1; `smashcima.settings` has all settings.

They are looked up on each access, so environment variables may be set after the import.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima import settings

if TYPE_CHECKING:
    XDG_CACHE_HOME: str
    """The user's directory for caches."""

    MC_CACHE_HOME: str
    """Directory for all files kept between runs."""

    MC_ASSETS_CACHE: Path
    """Directory of asset bundles."""

else:

    def __getattr__(name: str) -> str | Path:
        if name == "XDG_CACHE_HOME":
            return os.path.expanduser(os.environ.get("XDG_CACHE_HOME") or "~/.cache")
        if name == "MC_CACHE_HOME":
            return str(settings.cache_dir())
        if name == "MC_ASSETS_CACHE":
            return settings.assets_cache_dir()
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
