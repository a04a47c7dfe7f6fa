"""Synthesis of whole pages of notation."""

from smashcima.synthesis.notation.engraved_notation_synthesizer import EngravedNotationSynthesizer

__all__ = ["EngravedNotationSynthesizer"]
