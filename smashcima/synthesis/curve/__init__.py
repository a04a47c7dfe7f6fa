"""Slurs, ties and braces."""

from smashcima.synthesis.curve.pen_curve_synthesizer import PenCurveSynthesizer
from smashcima.synthesis.curve.printed_curve_synthesizer import PrintedCurveSynthesizer

__all__ = ["PenCurveSynthesizer", "PrintedCurveSynthesizer"]
