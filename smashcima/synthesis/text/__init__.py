"""Synthesis of text."""

from typing import TYPE_CHECKING

from smashcima.lazy_names import lazy_names

if TYPE_CHECKING:
    from smashcima.synthesis.text.pen_text_synthesizer import PenTextSynthesizer
    from smashcima.synthesis.text.printed_text_synthesizer import PrintedTextSynthesizer

__all__ = ["PenTextSynthesizer", "PrintedTextSynthesizer"]

if not TYPE_CHECKING:  # type checkers report unknown names
    __getattr__ = lazy_names(
        __name__,
        {
            "pen_text_synthesizer": "PenTextSynthesizer",
            "printed_text_synthesizer": "PrintedTextSynthesizer",
        },
    )
