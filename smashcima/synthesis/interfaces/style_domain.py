"""The interface of choices that hold for a whole sample, such as its writer."""

from __future__ import annotations

from abc import ABC, abstractmethod

from smashcima._moved import FormerAttributes
from smashcima.short_repr import ShortRepr


class StyleDomain(FormerAttributes, ShortRepr, ABC):
    """A choice made once per sample that synthesizers look up: the writer, the paper, the ink.

    - **Must override** `pick_style` and `current_style`.
    - **May override** `name`.
    """

    @property
    def name(self) -> str:
        """Name of the choice in the scene's record of styles; defaults to the name of the class."""
        return type(self).__name__

    @abstractmethod
    def pick_style(self) -> None:
        """Chooses the style of the next sample."""

    @property
    @abstractmethod
    def current_style(self) -> str:
        """Unique description of the style that was picked."""
