"""Outlines and metrics of the music fonts (SMuFL) and text fonts in the verovio package."""

from smashcima.assets.fonts.engraver_metrics import (
    GlyphBox,
    glyph_name,
    symbol_box,
    text_heights,
    text_width,
)
from smashcima.assets.fonts.smufl_font import SMUFL_FONT_NAMES, SmuflFont, SmuflGlyph
from smashcima.assets.fonts.text_font import TextFont, TextGlyph

__all__ = [
    "SMUFL_FONT_NAMES",
    "GlyphBox",
    "SmuflFont",
    "SmuflGlyph",
    "TextFont",
    "TextGlyph",
    "glyph_name",
    "symbol_box",
    "text_heights",
    "text_width",
]
