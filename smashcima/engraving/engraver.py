"""Interface of engravers."""

from __future__ import annotations

from abc import ABC, abstractmethod

from smashcima.engraving.belonging import with_belonging
from smashcima.engraving.engraving import Engraving
from smashcima.engraving.layout_options import LayoutOptions
from smashcima.scene.semantic import Score
from smashcima.short_repr import ShortRepr


class Engraver(ShortRepr, ABC):
    """Lays out scores: breaks them into systems and pages, and places all printed objects.

    - **Must override** `lay_out`.
    - **May override** `check_options`, if some values of `LayoutOptions` are not supported.
    - **Don't override** `engrave`: it calls the hooks, and finds the relations between primitives.

    `smashcima.testing.EngraverContract` tests an implementation.
    """

    @abstractmethod
    def lay_out(self, score: Score, options: LayoutOptions) -> Engraving:
        """Hook: returns the pages of a score; each primitive has the id of the object that it draws.

        The score is up to date and must not be modified. Whatever cannot be laid out unchanged is reported as an
        `Issue` of the engraving.
        """

    def check_options(self, options: LayoutOptions) -> None:
        """Hook: raises `SettingsError` for unsupported options. Models call it on construction."""

    def engrave(self, score: Score, options: LayoutOptions | None = None) -> Engraving:
        """Lays out a score.

        Raises:
            SettingsError: the engraver does not support an option.
            EngravingError: the score cannot be laid out.
        """
        options = options or LayoutOptions()
        self.check_options(options)
        return with_belonging(self.lay_out(score, options), score)
