"""Synthesis of music symbols."""

from typing import TYPE_CHECKING

from smashcima._moved import former_name
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


if not TYPE_CHECKING:  # type checkers report unknown names

    def __getattr__(name: str) -> object:
        """A name of smashcima 1, from its new place."""
        return former_name(__name__, name)
