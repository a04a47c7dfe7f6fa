"""The style of a sample: choices that hold for all of it."""

from smashcima.synthesis.style.styler import Styler

__all__ = ["Styler"]
