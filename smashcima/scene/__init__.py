"""The contents of a sample: the scene graph (`graph`), the music (`semantic`), the visual objects (`visual`)."""

from typing import TYPE_CHECKING

from smashcima._moved import former_name

if not TYPE_CHECKING:  # type checkers report unknown names

    def __getattr__(name: str) -> object:
        """A name of smashcima 1, from its new place."""
        return former_name(__name__, name)
