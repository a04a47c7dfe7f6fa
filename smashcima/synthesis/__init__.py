"""From an engraving to a scene: interfaces, styles, and implementations that make the ink.

The interfaces are the chapter to read first: `smashcima.synthesis.interfaces`.
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
