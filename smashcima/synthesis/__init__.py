"""Synthesis of scenes from engravings: interfaces, styles and implementations.

Start with the interfaces, `smashcima.synthesis.interfaces`.
"""

from typing import TYPE_CHECKING

from smashcima._moved import former_name
from smashcima.synthesis.interfaces import (
    CurveSynthesizer,
    GlyphSynthesizer,
    LineSynthesizer,
    MusicNotationSynthesizer,
    PageSynthesizer,
    PaperSynthesizer,
    StafflinesSynthesizer,
    StyleDomain,
    TextSynthesizer,
)
from smashcima.synthesis.style import Styler

__all__ = [
    "CurveSynthesizer",
    "GlyphSynthesizer",
    "LineSynthesizer",
    "MusicNotationSynthesizer",
    "PageSynthesizer",
    "PaperSynthesizer",
    "StafflinesSynthesizer",
    "StyleDomain",
    "Styler",
    "TextSynthesizer",
]


if not TYPE_CHECKING:  # type checkers report unknown names

    def __getattr__(name: str) -> object:
        """A name of smashcima 1, from its new place."""
        return former_name(__name__, name)
