"""Where the measures of a score stand on its pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from smashcima.scene.semantic.frozen_value import FrozenValue


@dataclass(frozen=True)
class SystemLayout(FrozenValue):
    """One system of a layout."""

    page: int
    """Index of its page, from 0."""

    measures: tuple[str, ...]
    """Ids of its measures, from left to right."""

    staves: tuple[str, ...]
    """Numbers of the staves that it shows, from the top down."""


@dataclass(frozen=True)
class ScoreLayout(FrozenValue):
    """Which measure of a score stands on which page, in which system: the breaks of one layout."""

    systems: tuple[SystemLayout, ...]
    """In reading order."""

    @classmethod
    def of(cls, systems: Iterable[tuple[int, Iterable[str], Iterable[str | int]]]) -> ScoreLayout:
        """From page, ids of measures and numbers of staves of each system; systems without a measure are left out."""
        made = (
            SystemLayout(page, tuple(measures), tuple(map(str, staves))) for page, measures, staves in systems
        )
        return cls(tuple(system for system in made if system.measures))

    @property
    def page_count(self) -> int:
        """Number of pages, those without a measure before the last one included."""
        return 1 + max((system.page for system in self.systems), default=-1)

    @cached_property
    def system_starts(self) -> frozenset[str]:
        """Ids of the measures with which systems begin."""
        return frozenset(system.measures[0] for system in self.systems)

    @cached_property
    def page_starts(self) -> frozenset[str]:
        """Ids of the measures with which pages begin."""
        first: dict[int, str] = {}
        for system in self.systems:
            first.setdefault(system.page, system.measures[0])
        return frozenset(first.values())

    def page_of(self, measure: str) -> int | None:
        """Index of the page on which a measure stands, by its id."""
        return self._pages.get(measure)

    @cached_property
    def _pages(self) -> dict[str, int]:
        return {measure: system.page for system in self.systems for measure in system.measures}

    def restricted(self, measures: frozenset[str], staves: frozenset[str]) -> ScoreLayout:
        """The layout of some measures and staves; pages keep their indices."""
        return ScoreLayout.of(
            (
                system.page,
                (measure for measure in system.measures if measure in measures),
                (staff for staff in system.staves if staff in staves),
            )
            for system in self.systems
        )
