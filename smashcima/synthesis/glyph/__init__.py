"""Synthesis of music symbols."""

from smashcima.synthesis.glyph.fallback_glyph_synthesizer import FallbackGlyphSynthesizer
from smashcima.synthesis.glyph.pen_glyph_synthesizer import PenGlyphSynthesizer
from smashcima.synthesis.glyph.sampled_glyph_synthesizer import SampledGlyphSynthesizer
from smashcima.synthesis.glyph.smufl_glyph_synthesizer import SmuflGlyphSynthesizer

__all__ = [
    "FallbackGlyphSynthesizer",
    "PenGlyphSynthesizer",
    "SampledGlyphSynthesizer",
    "SmuflGlyphSynthesizer",
]
