"""Synthesis of slurs, ties and braces."""

from smashcima.synthesis.curve.pen_curve_synthesizer import PenCurveSynthesizer
from smashcima.synthesis.curve.printed_curve_synthesizer import PrintedCurveSynthesizer
from smashcima.synthesis.curve.sampled_curve_synthesizer import SampledCurveSynthesizer

__all__ = ["PenCurveSynthesizer", "PrintedCurveSynthesizer", "SampledCurveSynthesizer"]
