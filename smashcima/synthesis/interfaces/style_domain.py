"""The interface of choices that hold for a whole sample, such as who wrote it."""

from __future__ import annotations

from abc import ABC, abstractmethod


class StyleDomain(ABC):
    """A choice that is made once per sample and that synthesizers look up: the writer, the paper, the ink.

    - **Must override** `pick_style` and `current_style`.
    - **May override** `name`.
    """

    @property
    def name(self) -> str:
        """What the choice is about, under which the scene records it; by default the name of the class."""
        return type(self).__name__

    @abstractmethod
    def pick_style(self) -> None:
        """Chooses the style of the next sample."""

    @property
    @abstractmethod
    def current_style(self) -> str:
        """The style that was picked, in words that tell it from all others."""
