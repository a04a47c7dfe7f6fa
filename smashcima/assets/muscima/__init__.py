"""Handwritten symbols of MUSCIMA++, by 50 writers, prepared for sampling."""

from smashcima.assets.muscima.muscima_glyphs import MuscimaPPGlyphs

__all__ = ["MuscimaPPGlyphs"]
