"""Lookup of the staves of named parts."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from smashcima.errors import SettingsError

if TYPE_CHECKING:
    from smashcima.scene.semantic import Score


def staves_of_parts(score: Score, names: Collection[str]) -> frozenset[int]:
    """Numbers of the staves of parts given by id, number or name; raises `SettingsError` for an unknown part."""
    if not names:
        return frozenset()
    numbers: set[int] = set()
    parts = score.parts
    for wanted in names:
        found = [part for part in parts if wanted in (part.id, part.name, part.abbreviation, str(part.n))]
        if not found:
            known = ", ".join(repr(part.name or part.n) for part in parts) or "none"
            raise SettingsError(
                f"hidden_parts has the unknown part {wanted!r}. The parts of the score are {known}."
            )
        numbers.update(int(staff.n) for part in found for staff in part.staves if staff.n.isdecimal())
    return frozenset(numbers)
