"""Interfaces to implement to change how scores are drawn. Start here.

Each interface lists the methods that an implementation must, may and must not override. The public
method checks its arguments and places the result; the hook draws. `smashcima.testing` has a contract test suite for
each.
"""

from smashcima.synthesis.interfaces.curve_synthesizer import CurveShape, CurveSynthesizer
from smashcima.synthesis.interfaces.dashing import dash_polyline
from smashcima.synthesis.interfaces.glyph_synthesizer import GlyphSynthesizer
from smashcima.synthesis.interfaces.line_synthesizer import LinePen, LineSynthesizer
from smashcima.synthesis.interfaces.music_notation_synthesizer import (
    MusicNotationSynthesizer,
    SynthesizedNotation,
)
from smashcima.synthesis.interfaces.page_start import StartsPages
from smashcima.synthesis.interfaces.page_synthesizer import PageSynthesizer
from smashcima.synthesis.interfaces.paper_synthesizer import PaperSynthesizer
from smashcima.synthesis.interfaces.stafflines_synthesizer import StafflinesSynthesizer
from smashcima.synthesis.interfaces.style_domain import StyleDomain
from smashcima.synthesis.interfaces.text_synthesizer import TextSynthesizer

__all__ = [
    "CurveShape",
    "CurveSynthesizer",
    "GlyphSynthesizer",
    "LinePen",
    "LineSynthesizer",
    "MusicNotationSynthesizer",
    "PageSynthesizer",
    "PaperSynthesizer",
    "StafflinesSynthesizer",
    "StartsPages",
    "StyleDomain",
    "SynthesizedNotation",
    "TextSynthesizer",
    "dash_polyline",
]
