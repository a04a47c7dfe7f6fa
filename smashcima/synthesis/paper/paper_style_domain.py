"""What a sample is written on."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from smashcima.errors import SettingsError
from smashcima.synthesis.interfaces import StyleDomain
from smashcima.synthesis.paper.style import PaperStyle

PaperChoice = PaperStyle | str | int | Sequence["PaperStyle | str | int"] | None
"""A style, the name of a preset, the seed of a style, some of them of which each sample has one, or `None` for
another style in each sample."""


class PaperStyleDomain(StyleDomain):
    """Chooses the paper of each sample; all pages of a sample are of one paper, and of one book."""

    RECIPE_OPTIONS: tuple[str, ...] = ("choice",)

    def __init__(self, rng: np.random.Generator) -> None:
        """`rng` chooses; it has a stream of its own for each sample."""
        self._rng = rng
        self._choice: PaperChoice = None
        self._some: tuple[PaperStyle, ...] = ()
        self._style = PaperStyle.preset("cream-manuscript")
        self._book_seed = 0
        self._first_number = 0

    @property
    def name(self) -> str:
        return "paper"

    @property
    def choice(self) -> PaperChoice:
        """What samples are written on; see `PaperChoice`. It takes effect at once, except for `None`.

        A `SettingsError` if there is no such preset, or nothing to choose from.
        """
        return self._choice

    @choice.setter
    def choice(self, choice: PaperChoice) -> None:
        self._some = () if choice is None else resolve_papers(choice)
        self._choice = choice
        if self._some:
            self._style = self._some[0]

    def pick_style(self) -> None:
        if self._choice is None:
            self._style = PaperStyle.from_seed(int(self._rng.integers(2**32)))
        elif len(self._some) > 1:
            self._style = self._some[int(self._rng.integers(len(self._some)))]
        self._book_seed = int(self._rng.integers(2**63))
        self._first_number = int(self._rng.integers(2))

    @property
    def book_seed(self) -> int:
        """Chooses what all sheets of the sample have in common: they are those of one book."""
        return self._book_seed

    @property
    def first_number(self) -> int:
        """The place of the first page in the book, 0 or 1: music may begin on either side of a leaf."""
        return self._first_number

    @property
    def style(self) -> PaperStyle:
        """The paper of the sample."""
        return self._style

    @property
    def current_style(self) -> str:
        digest = hashlib.blake2b(self._style.to_json().encode(), digest_size=4).hexdigest()
        return f"{self._style.name} ({digest})"


def resolve_papers(
    choice: PaperStyle | str | int | Sequence[PaperStyle | str | int],
) -> tuple[PaperStyle, ...]:
    """The styles that are meant; a `SettingsError` for a name that no preset has, or for none at all."""
    if isinstance(choice, PaperStyle):
        return (choice,)
    if isinstance(choice, str):
        return (PaperStyle.preset(choice),)
    if isinstance(choice, int):
        return (PaperStyle.from_seed(choice),)
    styles = tuple(style for one in choice for style in resolve_papers(one))
    if not styles:
        raise SettingsError("There is no paper to choose from: the list is empty. Give None for any paper.")
    return styles
