"""The interface behind which scores are laid out."""

from __future__ import annotations

from abc import ABC, abstractmethod

from smashcima.engraving.belonging import with_belonging
from smashcima.engraving.engraving import Engraving
from smashcima.engraving.layout_options import LayoutOptions
from smashcima.scene.semantic import Score


class Engraver(ABC):
    """Lays out scores: breaks lines and pages, and places everything that a score prints.

    - **Must override** `lay_out`.
    - **May override** `check_options`, if not every value of `LayoutOptions` makes sense.
    - **Don't override** `engrave`: it calls the hooks, and finds what belongs to what.

    `smashcima.testing.EngraverContract` tests an implementation.
    """

    @abstractmethod
    def lay_out(self, score: Score, options: LayoutOptions) -> Engraving:
        """Hook: the pages of a score, every primitive with the id of the object of the score that it draws.

        The score is up to date, and must not be changed. What cannot be laid out as it is becomes an `Issue` of the
        engraving.
        """

    def check_options(self, options: LayoutOptions) -> None:
        """Hook: raises a `SettingsError` for options that the engraver does not take. Models ask when they are made."""

    def engrave(self, score: Score, options: LayoutOptions | None = None) -> Engraving:
        """Lays out a score.

        Raises:
            SettingsError: the engraver does not take an option.
            EngravingError: the score cannot be laid out.
        """
        options = options or LayoutOptions()
        self.check_options(options)
        return with_belonging(self.lay_out(score, options), score)
