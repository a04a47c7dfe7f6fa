"""Assets for drawing: fonts, and bundles of handwriting and paper."""

from typing import TYPE_CHECKING

from smashcima._moved import former_name

if not TYPE_CHECKING:  # type checkers report unknown names

    def __getattr__(name: str) -> object:
        """A name of smashcima 1, from its new place."""
        return former_name(__name__, name)
