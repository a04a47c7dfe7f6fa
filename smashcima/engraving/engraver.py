"""Interface of engravers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator

from smashcima.engraving.belonging import with_belonging
from smashcima.engraving.engraving import Engraving
from smashcima.engraving.layout_options import LayoutOptions
from smashcima.scene.semantic import Score
from smashcima.short_repr import ShortRepr


class Engraver(ShortRepr, ABC):
    """Lays out scores: breaks them into systems and pages, and places all printed objects.

    - **Must override** `lay_out`.
    - **May override** `check_options`, if some values of `LayoutOptions` are not supported, and `lay_out_in_runs`, if
      the first pages of a long score can be laid out before the others.
    - **Don't override** `engrave` and `engrave_in_runs`: they call the hooks, and find the relations between primitives.

    `smashcima.testing.EngraverContract` tests an implementation.
    """

    @abstractmethod
    def lay_out(self, score: Score, options: LayoutOptions) -> Engraving:
        """Hook: returns the pages of a score; each primitive has the id of the object that it draws.

        The score is up to date and must not be modified. Whatever cannot be laid out unchanged is reported as an
        `Issue` of the engraving.
        """

    def lay_out_in_runs(self, score: Score, options: LayoutOptions) -> Iterator[Engraving]:
        """Hook: yields the pages that `lay_out` returns, some at a time; by default all at once.

        The indices of pages, systems and measures are those in the whole score. Each engraving has the issues of its
        own pages, and pages have their relations, unless there is only one engraving.
        """
        yield self.lay_out(score, options)

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

    def engrave_in_runs(self, score: Score, options: LayoutOptions | None = None) -> Iterator[Engraving]:
        """Lays out a score; yields the pages of `engrave` in order, some at a time, before the others are laid out."""
        options = options or LayoutOptions()
        self.check_options(options)
        for engraving in self.lay_out_in_runs(score, options):
            yield with_belonging(engraving, score)


def joined(engravings: Iterable[Engraving]) -> Engraving:
    """One engraving of consecutive ones."""
    runs = list(engravings)
    if len(runs) == 1:
        return runs[0]
    return Engraving(
        tuple(page for run in runs for page in run.pages),
        tuple(dict.fromkeys(issue for run in runs for issue in run.issues)),
        runs[0].music_font,
    )
