"""Synthesis of empty pages."""

from smashcima.synthesis.page.simple_page_synthesizer import SimplePageSynthesizer

__all__ = ["SimplePageSynthesizer"]
