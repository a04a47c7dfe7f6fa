"""Synthesis of whole pages of notation."""

from typing import TYPE_CHECKING

from smashcima._moved import former_name
from smashcima.synthesis.notation.engraved_notation_synthesizer import EngravedNotationSynthesizer
from smashcima.synthesis.notation.ink_flow import InkFlow
from smashcima.synthesis.notation.scribal_notation_synthesizer import ScribalNotationSynthesizer

__all__ = ["EngravedNotationSynthesizer", "InkFlow", "ScribalNotationSynthesizer"]


if not TYPE_CHECKING:  # type checkers report unknown names

    def __getattr__(name: str) -> object:
        """A name of smashcima 1, from its new place."""
        return former_name(__name__, name)
