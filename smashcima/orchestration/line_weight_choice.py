"""The option of printed models and looks for the thickness of lines."""

from __future__ import annotations

from typing import Any, Literal

from smashcima.engraving import LineWeights, VariedLineWeights
from smashcima.errors import SettingsError, described

LineWeightChoice = LineWeights | VariedLineWeights | Literal["engraver", "varied"]


def checked_line_weights(choice: Any) -> LineWeightChoice:
    """The choice; raises a `SettingsError` if it is none."""
    if isinstance(choice, LineWeights | VariedLineWeights):
        return choice
    if choice == "engraver":
        return "engraver"
    if choice == "varied":
        return "varied"
    raise SettingsError(
        "line_weights must be 'engraver', 'varied', LineWeights or VariedLineWeights, not "
        f"{described(choice)}."
    )
