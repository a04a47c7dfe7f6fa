"""Symbols that people drew: their masks and outlines, by label and writer."""

from smashcima.assets.glyphs.drawn_glyph import DrawnGlyph
from smashcima.assets.glyphs.glyph_store import GlyphStore, write_glyph_store

__all__ = ["DrawnGlyph", "GlyphStore", "write_glyph_store"]
