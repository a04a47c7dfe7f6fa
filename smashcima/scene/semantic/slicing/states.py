"""The states of the staves before each measure of a score."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.measure import Measure
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.staff_state import StaffStates, sequence
from smashcima.scene.semantic.staves import Definition
from smashcima.scene.semantic.time_signature import TimeSignature, TimeSignatureGroup

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score

SIGNATURES = (Clef, KeySignature, TimeSignature, TimeSignatureGroup)

_EVERY = 64
"""Measures between two kept states."""


class StatesBefore:
    """Finds the states before a measure from those kept at every 64th one."""

    def __init__(self, score: Score) -> None:
        self._steps = list(sequence(score))
        self._places: list[int] = []
        self._kept: list[StaffStates] = []
        """The states at `_places`."""
        self._place_of: dict[Measure, int] = {}
        states = StaffStates()
        for place, step in enumerate(self._steps):
            if isinstance(step, Measure):
                if len(self._place_of) % _EVERY == 0:
                    self._places.append(place)
                    self._kept.append(_copied(states))
                self._place_of[step] = place
                pass_measure(states, step)
            else:
                states.define(step)

    def __call__(self, measure: Measure) -> tuple[StaffStates, set[SemanticObject]]:
        """The states before a measure, and the objects set by definitions directly before it."""
        place = self._place_of[measure]
        nearest = bisect_right(self._places, place) - 1
        states = _copied(self._kept[nearest])
        for step in self._steps[self._places[nearest] : place]:
            if isinstance(step, Measure):
                pass_measure(states, step)
            else:
                states.define(step)
        return states, self._set_before(place)

    def _set_before(self, place: int) -> set[SemanticObject]:
        here: set[SemanticObject] = set()
        while place and isinstance(definition := self._steps[place - 1], Definition):
            here.update(o for o in (definition, *definition.descendants()) if isinstance(o, SIGNATURES))
            place -= 1
        return here


def pass_measure(states: StaffStates, measure: Measure) -> None:
    """Updates states with the signatures in force in a measure."""
    for staff in measure.staves:
        state = states[staff.n]
        state.clef = staff.clef or state.clef
        state.key = staff.key_signature or state.key
        state.time = staff.time_signature or state.time


def _copied(states: StaffStates) -> StaffStates:
    return StaffStates({n: replace(state, clef_changes=[]) for n, state in states.items()})
