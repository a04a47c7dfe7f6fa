"""Synthesis of music symbols."""

from typing import TYPE_CHECKING

from smashcima._moved import former_name
from smashcima.lazy_names import lazy_names

if TYPE_CHECKING:
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
    __getattr__ = lazy_names(
        __name__,
        {
            "fallback_glyph_synthesizer": "FallbackGlyphSynthesizer",
            "pen_glyph_synthesizer": "PenGlyphSynthesizer",
            "sampled_glyph_synthesizer": "SampledGlyphSynthesizer",
            "smufl_glyph_synthesizer": "SmuflGlyphSynthesizer",
        },
        former_name,
    )
