"""The pages and systems of the measures of a score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from smashcima.scene.semantic.frozen_value import FrozenValue


@dataclass(frozen=True)
class SystemLayout(FrozenValue):
    """One system of a layout."""

    page: int
    """Page index, from 0."""

    measures: tuple[str, ...]
    """Ids of its measures, from left to right."""

    staves: tuple[str, ...]
    """Numbers of its visible staves, from top to bottom."""


@dataclass(frozen=True)
class ScoreLayout(FrozenValue):
    """One layout of a score: the page and the system of each measure."""

    systems: tuple[SystemLayout, ...]
    """In reading order."""

    @classmethod
    def of(cls, systems: Iterable[tuple[int, Iterable[str], Iterable[str | int]]]) -> ScoreLayout:
        """Makes a layout from page, measure ids and staff numbers of each system; omits systems without measures."""
        made = (
            SystemLayout(page, tuple(measures), tuple(map(str, staves))) for page, measures, staves in systems
        )
        return cls(tuple(system for system in made if system.measures))

    @cached_property
    def page_count(self) -> int:
        """Number of pages, including those without measures before the last."""
        return 1 + max((system.page for system in self.systems), default=-1)

    @cached_property
    def system_starts(self) -> frozenset[str]:
        """Ids of the first measures of systems."""
        return frozenset(system.measures[0] for system in self.systems)

    @cached_property
    def page_starts(self) -> frozenset[str]:
        """Ids of the first measures of pages."""
        first: dict[int, str] = {}
        for system in self.systems:
            first.setdefault(system.page, system.measures[0])
        return frozenset(first.values())

    def page_of(self, measure: str) -> int | None:
        """Index of the page of a measure, by measure id; `None` if the layout does not contain it."""
        systems = self.systems_of_measures.get(measure)
        return None if systems is None else self.systems[systems[-1]].page

    @cached_property
    def systems_of_pages(self) -> dict[int, tuple[int, ...]]:
        """Indices of the systems of each page that has any."""
        found: dict[int, tuple[int, ...]] = {}
        for index, system in enumerate(self.systems):
            found[system.page] = (*found.get(system.page, ()), index)
        return found

    @cached_property
    def systems_of_measures(self) -> dict[str, tuple[int, ...]]:
        """Indices of the systems of each measure, by measure id; several if a break divides the measure."""
        found: dict[str, tuple[int, ...]] = {}
        for index, system in enumerate(self.systems):
            for measure in system.measures:
                found[measure] = (*found.get(measure, ()), index)
        return found

    def restricted(
        self, measures: frozenset[str], staves: frozenset[str], systems: Iterable[int]
    ) -> ScoreLayout:
        """The layout restricted to some measures and staves of some systems; pages keep their indices."""
        return ScoreLayout.of(
            (
                system.page,
                (measure for measure in system.measures if measure in measures),
                (staff for staff in system.staves if staff in staves),
            )
            for system in map(self.systems.__getitem__, systems)
        )
