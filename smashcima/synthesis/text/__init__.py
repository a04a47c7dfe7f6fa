"""Synthesis of text."""

from smashcima.synthesis.text.pen_text_synthesizer import PenTextSynthesizer
from smashcima.synthesis.text.printed_text_synthesizer import PrintedTextSynthesizer

__all__ = ["PenTextSynthesizer", "PrintedTextSynthesizer"]
