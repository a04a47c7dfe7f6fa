"""Synthesis of whole pages of notation."""

from typing import TYPE_CHECKING

from smashcima._moved import former_name
from smashcima.lazy_names import lazy_names

if TYPE_CHECKING:
    from smashcima.synthesis.notation.engraved_notation_synthesizer import EngravedNotationSynthesizer
    from smashcima.synthesis.notation.ink_flow import InkFlow
    from smashcima.synthesis.notation.scribal_notation_synthesizer import ScribalNotationSynthesizer

__all__ = ["EngravedNotationSynthesizer", "InkFlow", "ScribalNotationSynthesizer"]

if not TYPE_CHECKING:  # type checkers report unknown names
    __getattr__ = lazy_names(
        __name__,
        {
            "engraved_notation_synthesizer": "EngravedNotationSynthesizer",
            "ink_flow": "InkFlow",
            "scribal_notation_synthesizer": "ScribalNotationSynthesizer",
        },
        former_name,
    )
