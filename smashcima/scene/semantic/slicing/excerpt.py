"""The origin of a slice."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from smashcima.errors import Issue
from smashcima.scene.semantic.frozen_value import FrozenValue
from smashcima.short_repr import ShortRepr


@dataclass(frozen=True)
class Excerpt(ShortRepr, FrozenValue):
    """The location of a slice in the whole score, and the marks that its borders cut."""

    first_measure: int
    """Index of its first measure in the whole score, from 0."""

    measure_count: int

    onset: Fraction
    """Onset of the slice in the whole score, in quarter lengths."""

    staves: tuple[str, ...]
    """Numbers of its staves, from top to bottom."""

    pages: tuple[int, ...] = ()
    """Indices of the pages from which it was cut; empty if the score has no layout."""

    systems: tuple[int, ...] = ()
    """Indices of the systems from which it was cut."""

    coming_in: frozenset[str] = frozenset()
    """Ids of the marks that begin before it, and of the endings (voltas)."""

    going_on: frozenset[str] = frozenset()
    """Ids of the marks that end after it, and of the endings (voltas)."""

    issues: tuple[Issue, ...] = ()
    """Elements that were cut or omitted at the borders."""
