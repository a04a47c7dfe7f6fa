"""Measures of a layout: which part of a system each of them takes."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.engraving import EngravedMeasure
from smashcima.loading.mro.layout.sheet import StaveSheet
from smashcima.loading.mro.reading import MroReading
from smashcima.scene.semantic import Measure


class SystemMeasures:
    """The measures of one system, from left to right."""

    def __init__(
        self,
        reading: MroReading,
        page: int,
        system: int,
        staves: Sequence[StaveSheet],
        index: int,
        first: int,
    ) -> None:
        """Finds the measures.

        Args:
            reading: the score of the document.
            page: index of the page in the document.
            system: index of the system on the page.
            staves: staves of the system.
            index: index of the system in the layout.
            first: index of the first measure in the layout.
        """
        self._of_bar: dict[tuple[int, int], str] = {}
        ends: dict[str, float] = {}
        order: dict[str, int] = {}
        for number, stave in enumerate(staves):
            for bar_index, bar in enumerate(stave.stave.bars):
                found = reading.ids.get(("bar", page, system, number, bar_index))
                measure = None if found is None else reading.score.by_id(found)
                if not isinstance(measure, Measure):
                    continue
                self._of_bar[number, bar_index] = measure.id
                order[measure.id] = measure.index
                end = stave.right if bar.barline is None else stave.x(bar.barline.right_line_units)
                ends[measure.id] = max(ends.get(measure.id, end), end)
        self.numbers = {id: first + place for place, id in enumerate(sorted(order, key=order.__getitem__))}
        """Index of each measure in the layout, by id."""

        left = min(stave.left for stave in staves)
        engraved = []
        for id, number in self.numbers.items():
            right = max(ends[id], left)
            engraved.append(EngravedMeasure(id, number, index, left, right))
            left = right
        self.engraved = tuple(engraved)
        """The measures, each from the end of the one before to its own barline."""

    def of_bar(self, stave: int, bar: int) -> int | None:
        """Index in the layout of the measure of a bar; `None` if the bar is not read."""
        id = self._of_bar.get((stave, bar))
        return None if id is None else self.numbers[id]

    def at(self, x: float) -> int | None:
        """Index in the layout of the measure at an x; the nearest one beyond the ends."""
        if not self.engraved:
            return None
        return next((each.index for each in self.engraved if x < each.right), self.engraved[-1].index)
