"""The base of events in a voice: notes, chords, rests and spaces."""

from __future__ import annotations

from dataclasses import field
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar, cast

from smashcima.scene.semantic.duration import Duration
from smashcima.scene.semantic.measure import ZERO, Measure, MeasureStaff, Voice
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.staves import Staff

if TYPE_CHECKING:
    from smashcima.scene.semantic.control_event import ControlEvent
    from smashcima.scene.semantic.groups import Beam, Tuplet
    from smashcima.scene.semantic.spanners import BeamSpan, TupletSpan

_ONE = Fraction(1)

C = TypeVar("C", bound="ControlEvent")


class Placed(SemanticObject):
    """Base of elements with a position in time in a voice: events, and the clefs, barlines and so on between them."""

    @property
    def measure(self) -> Measure | None:
        """The measure that contains it."""
        return self.ancestor(Measure)

    @property
    def voice(self) -> Voice | None:
        """The voice that contains it."""
        return self.ancestor(Voice)


class Event(Placed):
    """Base of the events of a voice. `Score.update()` sets the derived values."""

    is_event = True

    duration: Duration | None = field(default=None, kw_only=True)
    """The written duration; `None` for events that fill their measure, and for notes that take it from their chord."""

    cross_staff: Staff | None = field(default=None, kw_only=True)
    """The staff on which it is drawn, if it differs from the staff of its voice."""

    onset: Fraction = field(default=ZERO, kw_only=True)
    """Quarter lengths since the start of the score. Derived."""

    onset_in_measure: Fraction = field(default=ZERO, kw_only=True)
    """Quarter lengths since the start of its measure. Derived."""

    quarter_length: Fraction = field(default=ZERO, kw_only=True)
    """Duration in quarter lengths, including dots, tuplets, tremolos and `ratio`; 0 for grace notes. Derived."""

    @property
    def end(self) -> Fraction:
        """The onset of the next event, in quarter lengths since the start of the score."""
        return self.onset + self.quarter_length

    @property
    def ratio(self) -> Fraction:
        """Factor by which it lasts longer than its written duration says, where a source gives both; else 1.

        In MEI, it is `numbase` / `num` of the event, as of tuplets.
        """
        try:
            ratio = Fraction(int(self.mei["numbase"]), int(self.mei["num"]))
        except (KeyError, ValueError, ZeroDivisionError):
            return _ONE
        return ratio if ratio > 0 else _ONE

    @property
    def staff(self) -> Staff | None:
        """The staff on which it is drawn."""
        if self.cross_staff is not None:
            return self.cross_staff
        for found in self.ancestors():
            if isinstance(found, Event) and found.cross_staff is not None:
                return found.cross_staff
            if isinstance(found, MeasureStaff):
                return found.staff
        return None

    @property
    def is_grace(self) -> bool:
        """Whether it is a grace note or chord, which takes no time."""
        return False

    @property
    def beam(self) -> Beam | BeamSpan | None:
        """The beam that contains it; the innermost, if beams are nested."""
        return cast("Beam | BeamSpan | None", self.tagged_ancestor("beam") or self._span_over("beamSpan"))

    @property
    def tuplet(self) -> Tuplet | TupletSpan | None:
        """The tuplet that contains it; the innermost, if tuplets are nested."""
        return cast(
            "Tuplet | TupletSpan | None", self.tagged_ancestor("tuplet") or self._span_over("tupletSpan")
        )

    def _span_over(self, tag: str) -> SemanticObject | None:
        """The first mark with this tag whose `events` contain it, or the chord that contains it."""
        for mark in self.sources("events"):
            if isinstance(mark, SemanticObject) and mark.tag == tag:
                return mark
        parent = self.parent
        return parent._span_over(tag) if isinstance(parent, Event) else None

    def marks(self, kind: type[C]) -> list[C]:
        """The marks of a class that start at this event: `note.marks(Fermata)`."""
        return kind.many_of(self, "start")
