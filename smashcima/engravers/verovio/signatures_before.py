"""The clefs, keys and times in force before some measures, as the start of a document.

The room that Verovio reserves for clefs and keys in each line follows from the last definition of the score. So a document
starts with the definitions that are in force themselves; what was set inside measures is in an empty measure after them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from smashcima.scene.semantic import Clef, Measure, MeasureStaff, OtherElement, Score, SemanticObject, Voice
from smashcima.scene.semantic.slicing import Copies, ScoreIndex, pass_measure
from smashcima.scene.semantic.staff_state import StaffState, StaffStates, sequence
from smashcima.scene.semantic.staves import Definition, ScoreDefinition

_EMPTY = "before-run"
"""Start of the ids of empty measures."""


class SignaturesBefore:
    """Finds what has to be written before the measures of a score."""

    def __init__(self, score: Score, index: ScoreIndex) -> None:
        self._definition = score.definition
        self._staves = [staff.n for staff in score.staves]
        self._index = index
        self._changes: list[tuple[int, Definition]] = []
        """Definitions within the score, each with the number of measures before it."""
        measures = 0
        for step in sequence(score):
            if isinstance(step, Measure):
                measures += 1
            elif step is not self._definition:
                self._changes.append((measures, step))
        self._start = self._states(0) if index.measures else StaffStates()

    def of(self, measure: int) -> list[SemanticObject]:
        """Definitions and empty measures that set all that is in force at a measure, given by its index."""
        states = self._states(measure)
        before = [change for place, change in self._changes if place <= measure]
        in_force = [each for n in self._staves for each in _signatures(states[n])]
        if all(_shape(states[n]) == _shape(self._start[n]) for n in self._staves):
            needed = {change for each in in_force for change in _holders(each)}
            last = next((each for each in reversed(before) if isinstance(each, ScoreDefinition)), None)
            before = [each for each in before if each in needed or each is last]
        found: list[SemanticObject] = []
        for number, change in enumerate(before):
            found += [self._empty_measure(f"{_EMPTY}-{number}", None), change]
        return [*found, self._empty_measure(_EMPTY, states)]

    def _states(self, measure: int) -> StaffStates:
        first = self._index.measures[measure]
        states, _ = self._index.states(first)
        pass_measure(states, first)
        return states

    def _empty_measure(self, id: str, states: StaffStates | None) -> Measure:
        """A measure with no more than the signatures that were set inside measures."""
        made = Measure(id=id)
        for n in self._staves:
            inner: list[Any] = []
            if states is not None:
                own = (each for each in _signatures(states[n]) if each.ancestor(MeasureStaff) is not None)
                inner = [Copies().tree(each.effective if isinstance(each, Clef) else each) for each in own]
            inner.append(OtherElement("mSpace", id=f"{id}-space-{n}"))
            made.children.append(
                MeasureStaff(
                    id=f"{id}-{n}", n=n, children=[Voice(id=f"{id}-voice-{n}", n="1", children=inner)]
                )
            )
        return made


def _signatures(state: StaffState) -> Sequence[SemanticObject]:
    return [each for each in (state.clef, state.key, state.time) if each is not None]


def _shape(state: StaffState) -> tuple[int, tuple[int, int]]:
    """What is set by definitions only."""
    return state.lines, state.transposition


def _holders(signature: SemanticObject) -> Iterable[SemanticObject]:
    """The definitions around a signature."""
    holder = signature.parent
    while holder is not None:
        if isinstance(holder, Definition):
            yield holder
        holder = holder.parent
