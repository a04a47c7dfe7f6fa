"""Where the events of the score stand on the page, for what is attached to them by position."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import chain

from smashcima.loading.mro.cells import Cell
from smashcima.loading.mro.findings import Indices
from smashcima.loading.mro.items import Item
from smashcima.scene.semantic import Event, Measure

_SAME_COLUMN = 4
"""Distance in units, a quarter of a staff space, between events that sound together."""


@dataclass(eq=False, slots=True)
class Anchor:
    """Event with its place."""

    item: Item
    event: Event
    measure: Measure
    staff: int
    """Index of its staff in the score."""

    voice: int
    """Index of its voice, from the highest one."""

    @property
    def x(self) -> float:
        """Centre of its noteheads, in units, relative to the page."""
        return self.item.x


class Anchors:
    """The events of each stave of the document, grace notes included, from left to right."""

    def __init__(self) -> None:
        self._of_stave: dict[Indices, list[Anchor]] = {}
        self._measures: dict[Indices, Measure] = {}

    def add(self, anchor: Anchor, cell: Cell) -> None:
        """Adds an event of a cell."""
        self._of_stave.setdefault(cell.stave.indices, []).append(anchor)

    def add_measure(self, measure: Measure, stave: Indices) -> None:
        """Adds a measure of a stave."""
        self._measures.setdefault(stave, measure)

    def first_measure(self, stave: Indices) -> Measure | None:
        """The first measure of a stave."""
        return self._measures.get(stave)

    def sort(self) -> None:
        """Puts the events of each stave in order; voices are added one after the other."""
        for anchors in self._of_stave.values():
            anchors.sort(key=lambda anchor: anchor.x)

    def of_stave(self, stave: Indices) -> list[Anchor]:
        """The events of a stave."""
        return self._of_stave.get(stave, [])

    def first_from(self, stave: Indices, x: float) -> Anchor | None:
        """The first event of a stave from a place on, or else the last event."""
        anchors = self.of_stave(stave)
        index = bisect_left(anchors, x, key=lambda anchor: anchor.x)
        return anchors[min(index, len(anchors) - 1)] if anchors else None

    def end_after(self, stave: Indices, start: Anchor, x: float) -> Anchor | None:
        """The last event up to a place that sounds after `start`, or else the next one that does."""
        anchors = self.of_stave(stave)
        index = bisect_right(anchors, x, key=lambda anchor: anchor.x)
        first = bisect_left(anchors, start.x, key=lambda anchor: anchor.x)
        for number in chain(range(index - 1, first - 1, -1), range(index, len(anchors))):
            if anchors[number].event.onset > start.event.onset:
                return anchors[number]
        return None

    def nearest(self, stave: Indices, x: float) -> Anchor | None:
        """The event of a stave nearest to a place."""
        return nearest_of(self.of_stave(stave), x)


def nearest_of(anchors: list[Anchor], x: float) -> Anchor | None:
    """The event nearest to a place, of events from left to right; of several in one column, that of the highest voice."""
    index = bisect_left(anchors, x, key=lambda anchor: anchor.x)
    near = anchors[max(index - 1, 0) : index + 1]
    if not near:
        return None
    nearest = min((anchor.x for anchor in near), key=lambda place: abs(place - x))
    first = bisect_left(anchors, nearest - _SAME_COLUMN, key=lambda anchor: anchor.x)
    last = bisect_right(anchors, nearest + _SAME_COLUMN, key=lambda anchor: anchor.x)
    return min(anchors[first:last], key=lambda anchor: anchor.voice)
