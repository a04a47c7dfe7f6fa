"""What music is written on."""

from smashcima.synthesis.paper.solid_color_paper_synthesizer import SolidColorPaperSynthesizer

__all__ = ["SolidColorPaperSynthesizer"]
