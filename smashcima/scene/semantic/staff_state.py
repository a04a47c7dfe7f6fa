"""The state of a staff (clef, key, time, transposition) in a pass over a score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.measure import Measure
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.staves import Definition, ScoreDefinition, Staff, StaffChange
from smashcima.scene.semantic.time_signature import TimeSignature, TimeSignatureGroup

if TYPE_CHECKING:
    from smashcima.scene.semantic.score import Score


@dataclass
class StaffState:
    """The clef, key, time and transposition in force on one staff."""

    clef: Clef | None = None
    key: KeySignature | None = None
    time: TimeSignature | TimeSignatureGroup | None = None
    lines: int = 5
    transposition: tuple[int, int] = (0, 0)
    """Interval (steps, semitones) from written to sounding pitch."""

    ppq: int = 0
    """Units of `dur.ppq` per quarter; 0 if unknown."""

    clef_changes: list[tuple[Fraction, Clef, int]] = field(default_factory=list)
    """Clef changes inside the current measure, voice by voice: offset, clef, and a number for the voice."""

    def middle(self, clef: Clef | None) -> int:
        """The diatonic number of the middle of the staff under a clef; by default a treble clef."""
        return (clef or _TREBLE).middle_diatonic(self.lines)

    @property
    def beat_length(self) -> Fraction:
        """Length of a beat in quarter notes; 1 if no time signature is in force."""
        return self.time.beat_length if self.time is not None else Fraction(1)

    @property
    def measure_length(self) -> Fraction | None:
        """Length of a measure in quarter notes; `None` if the time signature in force gives none."""
        return self.time.quarter_length if self.time is not None else None


_TREBLE = Clef()


class StaffStates(dict[str, StaffState]):
    """The states of all staves by number; undefined staves get a default state."""

    def __missing__(self, n: str) -> StaffState:
        state = self[n] = StaffState()
        return state

    def define(self, definition: SemanticObject) -> None:
        """Applies a definition, first to all staves, and then to the staves that it names."""
        if isinstance(definition, ScoreDefinition):
            inner = [
                found
                for found in definition.descendants(Definition)
                if isinstance(found, (Staff, StaffChange))
            ]
            for found in inner:
                self.setdefault(found.n, StaffState())  # staves must be known before common values are set
            for state in self.values():
                _set(state, definition)
        else:
            inner = [found for found in (definition,) if isinstance(found, (Staff, StaffChange))]
        for found in inner:
            state = self[found.n]
            _set(state, found)
            if found.lines is not None:
                state.lines = found.lines
            diatonic, semitones = found.transposition_diatonic, found.transposition_semitones
            if diatonic is not None or semitones is not None:
                state.transposition = (diatonic or 0, semitones or 0)


def _set(state: StaffState, definition: Definition) -> None:
    ppq = definition.mei.get("ppq", "")
    if ppq.isdigit():
        state.ppq = int(ppq)
    if definition.children:
        state.clef = definition.clef or state.clef
        state.key = definition.key_signature or state.key
        state.time = definition.time_signature or state.time


def sequence(score: Score) -> Iterator[Measure | Definition]:
    """Measures and definitions of all sections, in the order of the score."""
    stack: list[Iterator[object]] = [iter(score.children)]
    while stack:
        for child in stack[-1]:
            if isinstance(child, (Measure, ScoreDefinition, Staff, StaffChange)):
                yield child
            elif isinstance(child, SemanticObject) and child.is_transparent:
                stack.append(iter(child.chosen_children))
                break
        else:
            stack.pop()
