"""The interface of composers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

import numpy as np

from smashcima.composing.checking import unmet_conditions
from smashcima.composing.conditions import Conditions
from smashcima.composing.draws import Draws
from smashcima.errors import Issue
from smashcima.scene.graph import garbage_collection_paused
from smashcima.scene.semantic import Score


@dataclass(frozen=True)
class Composition:
    """A composed score, and what it was to be like."""

    score: Score

    conditions: Conditions
    """The conditions with a constant for each distribution; what was not given is `None`."""

    issues: tuple[Issue, ...] = ()
    """Conditions that the score does not meet."""


class Composer(ABC):
    """Composes scores.

    - **Must override** `create`, which makes a score from conditions without distributions.
    - **Don't override** `compose`, `composition`.

    The same conditions and numbers give the same score, in any process. Scores are valid: measures are full, and pitches
    are in the ranges of their instruments.
    """

    def compose(self, conditions: Conditions | None = None, rng: np.random.Generator | int = 0) -> Score:
        """Composes a score; `rng` is a generator or a seed.

        See `composition` for the conditions that it does not meet.
        """
        return self.composition(conditions, rng).score

    def composition(
        self, conditions: Conditions | None = None, rng: np.random.Generator | int = 0
    ) -> Composition:
        """Composes a score, and names the conditions that it does not meet."""
        draws = Draws(np.random.default_rng(rng))
        wanted = (conditions or Conditions()).drawn(draws)
        with garbage_collection_paused():
            score, issues = self.create(wanted, draws)
        return Composition(score, wanted, (*issues, *unmet_conditions(score, wanted)))

    @abstractmethod
    def create(self, conditions: Conditions, draws: Draws) -> tuple[Score, tuple[Issue, ...]]:
        """Hook: makes a score; the conditions are constants or `None`.

        It ignores what it cannot meet: unmet conditions are found by reading the score. The issues that it returns
        are about further options of its own.
        """
