"""Checks of the options of models."""

from __future__ import annotations

import math
import numbers

from smashcima.errors import SettingsError, described


def check_number(name: str, value: object, low: float, high: float) -> None:
    """Raises a `SettingsError` for an option that is not a number between `low` and `high`."""
    if not isinstance(value, numbers.Real) or not low <= float(value) <= high:
        limits = f"between {low:g} and {high:g}" if high < math.inf else f"a number above {low:g}"
        raise SettingsError(f"{name} must be {limits}, not {described(value)}.")
