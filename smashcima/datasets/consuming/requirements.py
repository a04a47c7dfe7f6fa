"""The packages that training needs."""

from __future__ import annotations

from smashcima.extras import need


def need_torch() -> None:
    """Raises `SettingsError` if PyTorch cannot be imported."""
    need("torch", "torch", "Tensors need")
