"""Straight lines and staff lines."""

from smashcima.synthesis.line.printed_line_synthesizer import PrintedLineSynthesizer
from smashcima.synthesis.line.printed_stafflines_synthesizer import PrintedStafflinesSynthesizer

__all__ = ["PrintedLineSynthesizer", "PrintedStafflinesSynthesizer"]
