"""MUSCIMA++: real handwriting of 50 writers, ready for sampling."""

from smashcima.assets.muscima.muscima_glyphs import MuscimaPPGlyphs

__all__ = ["MuscimaPPGlyphs"]
