"""Styles: choices that hold for a whole sample."""

from typing import TYPE_CHECKING

from smashcima._moved import former_name
from smashcima.synthesis.style.styler import Styler

__all__ = ["Styler"]


if not TYPE_CHECKING:  # type checkers report unknown names

    def __getattr__(name: str) -> object:
        """A name of smashcima 1, from its new place."""
        return former_name(__name__, name)
