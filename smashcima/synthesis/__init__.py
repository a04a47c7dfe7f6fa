"""Synthesis of scenes from engravings: interfaces, styles and implementations.

Start with the interfaces, `smashcima.synthesis.interfaces`.
"""

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
