"""What a slice of a score was cut from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from smashcima.errors import Issue
from smashcima.scene.semantic.frozen_value import FrozenValue


@dataclass(frozen=True)
class Excerpt(FrozenValue):
    """What a slice was cut from, and what its borders cut through."""

    first_measure: int
    """Index of its first measure in the whole score, from 0."""

    measure_count: int

    onset: Fraction
    """Quarter lengths of the whole score before it."""

    staves: tuple[str, ...]
    """Numbers of its staves, from the top down."""

    pages: tuple[int, ...] = ()
    """Indices of the pages from which it was cut; empty where the score has no layout."""

    systems: tuple[int, ...] = ()
    """Indices of the systems from which it was cut."""

    coming_in: frozenset[str] = frozenset()
    """Ids of the marks that begin before it, and of the endings (voltas)."""

    going_on: frozenset[str] = frozenset()
    """Ids of the marks that end after it, and of the endings (voltas)."""

    issues: tuple[Issue, ...] = ()
    """What the borders have cut off, or left out."""
