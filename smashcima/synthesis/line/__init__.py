"""Synthesis of straight lines and staff lines."""

from smashcima.synthesis.line.pen_line_synthesizer import PenLineSynthesizer
from smashcima.synthesis.line.pen_stafflines_synthesizer import PenStafflinesSynthesizer
from smashcima.synthesis.line.printed_line_synthesizer import PrintedLineSynthesizer
from smashcima.synthesis.line.printed_stafflines_synthesizer import PrintedStafflinesSynthesizer
from smashcima.synthesis.line.sampled_line_synthesizer import SampledLineSynthesizer

__all__ = [
    "PenLineSynthesizer",
    "PenStafflinesSynthesizer",
    "PrintedLineSynthesizer",
    "PrintedStafflinesSynthesizer",
    "SampledLineSynthesizer",
]
