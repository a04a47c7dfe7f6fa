"""Style domain of the paper of a sample."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from smashcima._moved import FormerOptions
from smashcima.errors import SettingsError
from smashcima.synthesis.interfaces import StyleDomain
from smashcima.synthesis.paper.style import PaperStyle

PaperChoice = PaperStyle | str | int | Sequence["PaperStyle | str | int"] | None
"""A style, the name of a preset, the seed of a style, a sequence of these to choose from for each sample, or `None`
for a random style in each sample."""


class PaperStyleDomain(FormerOptions, StyleDomain):
    """Chooses the paper of each sample; all pages of a sample have the same paper and belong to one book."""

    RECIPE_OPTIONS: tuple[str, ...] = ("choice",)

    def __init__(self, rng: np.random.Generator) -> None:
        """`rng` is the random generator of the choice; it has a separate stream for each sample."""
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
        """The paper of samples; see `PaperChoice`. Takes effect immediately, except for `None`.

        Raises a `SettingsError` if a preset does not exist or a sequence is empty.
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
        """Seed of the properties that all sheets of the sample share."""
        return self._book_seed

    @property
    def first_number(self) -> int:
        """Number of the first page in the book, 0 or 1: music may begin on either side of a leaf."""
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
    """Returns the styles of a choice; raises a `SettingsError` for an unknown preset or an empty sequence."""
    if isinstance(choice, PaperStyle):
        return (choice,)
    if isinstance(choice, str):
        return (PaperStyle.preset(choice),)
    if isinstance(choice, int):
        return (PaperStyle.from_seed(choice),)
    styles = tuple(style for one in choice for style in resolve_papers(one))
    if not styles:
        raise SettingsError("The list of papers to choose from is empty. Pass None to allow any paper.")
    return styles
