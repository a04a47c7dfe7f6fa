"""What slices of one score share, so that a slice costs what its own measures cost."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING

from smashcima.scene.semantic.control_event import ControlEvent
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.measure import Measure
from smashcima.scene.semantic.semantic_object import SemanticObject, TreeState
from smashcima.scene.semantic.slicing.states import StatesBefore

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score


class ScoreIndex:
    """The measures of an updated score: by id, by place in the tree, with the marks and the signatures that reach them.

    Valid until anything in the score is edited. Everything is determined on first use, in one pass over the score.
    """

    def __init__(self, score: Score, state: TreeState) -> None:
        self._score = score
        self._state = state
        self.measures = score.measures

    @property
    def is_valid(self) -> bool:
        """Whether nothing has changed since the index was made."""
        return not (self._state.is_edited or self._state.is_stale)

    @cached_property
    def by_id(self) -> dict[str, Measure]:
        """The measures by id."""
        return {measure.id: measure for measure in self.measures}

    @cached_property
    def states(self) -> StatesBefore:
        """The signatures in force before each measure."""
        return StatesBefore(self._score)

    def marks_into(self, measure: int) -> list[ControlEvent]:
        """The marks that begin before a measure and end in or after it, in the order of the score."""
        return self._marks_into[measure]

    def start_in(self, container: SemanticObject, measure: int) -> int:
        """Position of the first child of a section or ending that is not before a measure, given by index."""
        return bisect_left(self._last_measures[container], measure)

    def has_measures(self, container: SemanticObject) -> bool:
        """Whether a section, an ending or similar contains measures."""
        return container in self._last_measures

    @cached_property
    def _marks_into(self) -> list[list[ControlEvent]]:
        found: list[list[ControlEvent]] = []
        open_marks: list[tuple[int, ControlEvent]] = []
        for index, measure in enumerate(self.measures):
            open_marks = [each for each in open_marks if each[0] >= index]
            found.append([mark for _, mark in open_marks])
            for mark in measure.children_of(ControlEvent):
                reach = reach_of(mark, measure)
                if reach is not None and reach > index:
                    open_marks.append((reach, mark))
        return found

    @cached_property
    def _last_measures(self) -> dict[SemanticObject, list[int]]:
        """For each container of measures, and each of its children: the last measure in it or before it, or -1."""
        number_of = {measure: index for index, measure in enumerate(self.measures)}
        found: dict[SemanticObject, list[int]] = {}
        self._enter(self._score, number_of, found)
        return found

    def _enter(
        self,
        container: SemanticObject,
        number_of: dict[Measure, int],
        found: dict[SemanticObject, list[int]],
    ) -> int:
        """Enters a container; returns the index of its last measure, or -1 if it has none."""
        last, lasts = -1, []
        for child in container.children:
            if isinstance(child, Measure):
                last = max(last, number_of.get(child, -1))
            elif isinstance(child, SemanticObject) and child.is_transparent:
                last = max(last, self._enter(child, number_of, found))
            lasts.append(last)
        if last >= 0 or isinstance(container, type(self._score)):
            found[container] = lasts
        return last


def reach_of(mark: ControlEvent, measure: Measure) -> int | None:
    """Index of the measure in which a mark of a measure ends; `None` if it has no end."""
    last: Event | None = mark.end
    if last is None and mark.end_point is None and mark.events:
        last = mark.events[-1]
    if last is not None and last.id != mark.end_id:
        found = last.measure
        return found.index if found is not None else None
    return measure.index + mark.end_point.measures if mark.end_point is not None else None
