"""Looks of pages: paper and degradation that go together, by name."""

from __future__ import annotations

from typing import NamedTuple

from smashcima.errors import SettingsError, described


class Look(NamedTuple):
    """Paper and degradation."""

    paper: str
    """The option `paper` of models."""

    preset: str
    """The preset of filters."""

    strength: float = 1.0
    """Strength of all filters."""


LOOKS: dict[str, Look] = {
    "clean": Look("solid", "clean"),
    "manuscript": Look("cream-manuscript", "old-manuscript", 0.5),
    "old-manuscript": Look("laid-18th-century", "old-manuscript"),
    "scan": Look("white-office", "scan"),
    "photo": Look("ivory-music", "photo"),
    "photocopy": Look("white-office", "photocopy"),
}
"""All looks by name."""


def look_named(name: str) -> Look:
    """The look of a name; raises a `SettingsError` if there is none."""
    look = LOOKS.get(name) if isinstance(name, str) else None
    if look is None:
        raise SettingsError(f"There is no look {described(name)}; available: {', '.join(LOOKS)}.")
    return look
