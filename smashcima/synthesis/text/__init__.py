"""Words."""

from smashcima.synthesis.text.printed_text_synthesizer import PrintedTextSynthesizer

__all__ = ["PrintedTextSynthesizer"]
