"""The packages that training needs."""

from __future__ import annotations

import importlib.util

from smashcima.errors import SettingsError


def need_torch() -> None:
    """Raises `SettingsError` if PyTorch is not installed."""
    if importlib.util.find_spec("torch") is None:
        raise SettingsError("PyTorch is not installed: pip install 'smashcima[torch]'.")
