"""Styles: choices that hold for a whole sample."""

from smashcima.synthesis.style.styler import Styler

__all__ = ["Styler"]
