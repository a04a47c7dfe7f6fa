"""The base of marks that belong to a measure rather than to a voice: slurs, dynamics, directions, ..."""

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
    """A point in time as in MEI: the number of measures ahead, and a beat in that measure, counted from 1."""

    measures: int
    beat: Fraction


class ControlEvent(SemanticObject):
    """Base of marks that start, and may end, at an event or at a beat of a measure.

    `start` and `end` are the events that the mark names, or those at its beats, if there are any. Setting one of them
    attaches the mark to that event.
    """

    start: Event | None = None
    """The event at which it starts."""

    end: Event | None = None
    """The event at which it ends; `None` if it has no end."""

    staves: list[Staff] = field(default_factory=list)
    """The staves at which it is drawn; empty if only `start` determines them."""

    beat: Fraction | None = field(default=None, kw_only=True)
    """The beat at which it starts, counted from 1 in units of the time signature, if specified in the source."""

    end_point: TimePoint | None = field(default=None, kw_only=True)
    """The beat at which it ends, if specified in the source."""

    place: str | None = field(default=None, kw_only=True)
    """`above`, `below`, `between` or `within`, if specified in the source."""

    events: list[Event] = field(default_factory=list, kw_only=True)
    """All events that it covers, for beam spans, tuplet spans and arpeggios."""

    onset: Fraction = field(default=ZERO, kw_only=True)
    """Quarter lengths since the start of the score. Derived."""

    onset_in_measure: Fraction = field(default=ZERO, kw_only=True)
    """Quarter lengths since the start of its measure. Derived."""

    quarter_length: Fraction = field(default=ZERO, kw_only=True)
    """Quarter lengths from its onset to the onset of `end`, or to its last beat; 0 without an end. Derived."""

    start_id: str | None = field(default=None, kw_only=True, repr=False)
    """Id of `start` if it was found by `beat` rather than named. Derived."""

    end_id: str | None = field(default=None, kw_only=True, repr=False)
    """Id of `end` if it was found by `end_point` rather than named. Derived."""

    @property
    def measure(self) -> Measure | None:
        """The measure in which it starts."""
        return self.ancestor(Measure)

    @property
    def staff(self) -> Staff | None:
        """The first staff at which it is drawn."""
        if self.staves:
            return self.staves[0]
        return self.start.staff if self.start is not None else None

    @classmethod
    def many_of_start(cls: type[C], event: SceneObject) -> list[C]:
        """All marks of this class that start at an event: `Slur.many_of_start(note)`."""
        return cls.many_of(event, "start")

    @classmethod
    def many_of_end(cls: type[C], event: SceneObject) -> list[C]:
        """All marks of this class that end at an event."""
        return cls.many_of(event, "end")
