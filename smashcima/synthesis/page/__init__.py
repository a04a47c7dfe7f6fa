"""Synthesis of empty pages."""

from typing import TYPE_CHECKING

from smashcima._moved import former_name
from smashcima.synthesis.page.simple_page_synthesizer import SimplePageSynthesizer

__all__ = ["SimplePageSynthesizer"]


if not TYPE_CHECKING:  # type checkers report unknown names

    def __getattr__(name: str) -> object:
        """A name of smashcima 1, from its new place."""
        return former_name(__name__, name)
