"""Marks that belong to a measure rather than to a voice: the base of slurs, dynamics, directions, ..."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import TypeVar

from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.frozen_value import FrozenValue
from smashcima.scene.semantic.measure import ZERO, Measure
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.staves import Staff

C = TypeVar("C", bound="ControlEvent")


@dataclass(frozen=True)
class TimePoint(FrozenValue):
    """A place in time as MEI gives it: so many measures on, and there a beat, counted from 1."""

    measures: int
    beat: Fraction


class ControlEvent(SemanticObject):
    """Base of marks that start, and may end, somewhere: at an event, or at a beat of a measure.

    `start` and `end` are events wherever there is one: those that the mark names, or those that begin
    where its beats say. Setting one of them attaches the mark to that event.
    """

    start: Event | None = None
    """The event at which it starts."""

    end: Event | None = None
    """The event at which it ends, if it has an end."""

    staves: list[Staff] = field(default_factory=list)
    """The staves by which it stands; empty where only `start` tells."""

    beat: Fraction | None = field(default=None, kw_only=True)
    """The beat at which it starts, counted from 1 in units of the time signature, where the source says so."""

    end_point: TimePoint | None = field(default=None, kw_only=True)
    """The beat at which it ends, where the source says so."""

    place: str | None = field(default=None, kw_only=True)
    """`above`, `below`, `between`, `within`, where the source says so."""

    events: list[Event] = field(default_factory=list, kw_only=True)
    """All events that it covers, for those marks that name them: beams, tuplets, arpeggios."""

    onset: Fraction = field(default=ZERO, kw_only=True)
    """Quarter lengths since the start of the score. Derived."""

    onset_in_measure: Fraction = field(default=ZERO, kw_only=True)
    """Quarter lengths since the start of its measure. Derived."""

    quarter_length: Fraction = field(default=ZERO, kw_only=True)
    """From its onset to the onset of `end`, or to its last beat; 0 where it has no end. Derived."""

    start_id: str | None = field(default=None, kw_only=True, repr=False)
    """Id of the `start` that was found by `beat` rather than named. Derived."""

    end_id: str | None = field(default=None, kw_only=True, repr=False)
    """Id of the `end` that was found by `end_point` rather than named. Derived."""

    @property
    def measure(self) -> Measure | None:
        """The measure in which it starts."""
        return self.ancestor(Measure)

    @property
    def staff(self) -> Staff | None:
        """The (first) staff by which it stands."""
        if self.staves:
            return self.staves[0]
        return self.start.staff if self.start is not None else None

    @classmethod
    def many_of_start(cls: type[C], event: SceneObject) -> list[C]:
        """All of this class that start at an event: `Slur.many_of_start(note)`."""
        return cls.many_of(event, "start")

    @classmethod
    def many_of_end(cls: type[C], event: SceneObject) -> list[C]:
        """All of this class that end at an event."""
        return cls.many_of(event, "end")
