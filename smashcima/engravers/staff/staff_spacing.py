"""Options of the layout of a single staff."""

from __future__ import annotations

import math
from dataclasses import dataclass

from smashcima.errors import SettingsError
from smashcima.short_repr import ShortRepr

Range = tuple[float, float]
"""Low and high end of a uniform distribution."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffSpacing(ShortRepr):
    """How a single staff is laid out. Lengths are staff spaces. Raises `SettingsError` for invalid values."""

    padding_ss: Range | None = None
    """Range of the random padding on each side of every item, for staves whose spacing does not follow note values;
    `None` for spacing by note values."""

    random_space_probability: float = 0.0
    """Probability of an additional random space after an item."""

    random_space_ss: Range = (1.7, 10.2)
    """Range of the additional spaces."""

    flip_stems_at: frozenset[int] = frozenset()
    """Staff positions at which the stems of single notes have a random direction."""

    stems_down_from: int = 0
    """Lowest staff position with a stem that points down; 0 is the middle line."""

    room_above_ss: float = 4.0
    """Minimum space above the top staff line. The page grows if content needs more."""

    room_below_ss: float = 4.0
    """Minimum space below the bottom staff line."""

    min_width_ss: float = 0.0
    """Minimum length of the staff lines; a shorter staff is continued without content."""

    def __post_init__(self) -> None:
        for name in ("padding_ss", "random_space_ss"):
            pair = getattr(self, name)
            if pair is not None and not (
                len(pair) == 2 and all(map(math.isfinite, pair)) and 0 <= pair[0] <= pair[1]
            ):
                raise SettingsError(f"{name} must be a pair (low, high) with 0 <= low <= high, not {pair!r}.")
        if not 0 <= self.random_space_probability <= 1:
            raise SettingsError(
                f"random_space_probability must be between 0 and 1, not {self.random_space_probability!r}."
            )
        for name in ("room_above_ss", "room_below_ss", "min_width_ss"):
            value = getattr(self, name)
            if not (math.isfinite(value) and value >= 0):
                raise SettingsError(f"{name} must be zero or more, not {value!r}.")
        object.__setattr__(self, "flip_stems_at", frozenset(self.flip_stems_at))
