"""Groups inside a voice: beams, tuplets, grace groups, tremolos."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from smashcima.scene.semantic.event import Placed
from smashcima.scene.semantic.measure import _in_order

if TYPE_CHECKING:
    from smashcima.scene.semantic.event import Event


class EventGroup(Placed):
    """Base of groups that hold the events of a voice."""

    @property
    def events(self) -> list[Event]:
        """Its events in order, those of inner groups included."""
        return list(_in_order(self))


class Beam(EventGroup):
    """Notes and chords (and rests between) under one beam. Across barlines or voices it is a `BeamSpan`."""

    tag = "beam"


class Tuplet(EventGroup):
    """A tuplet. Across beams that it only partly covers it is a `TupletSpan`."""

    tag = "tuplet"

    count: int = 3
    """Number of notes: 3 in a triplet."""

    base: int = 2
    """Number of notes of the same kind in whose time they are played: 2 in a triplet."""

    @property
    def factor(self) -> Fraction:
        """Factor of durations inside: 2/3 in a triplet."""
        return Fraction(self.base, self.count) if self.count > 0 and self.base > 0 else Fraction(1)


class GraceGroup(EventGroup):
    """Grace notes that belong together."""

    tag = "graceGrp"


class BowedTremolo(EventGroup):
    """A tremolo on one note or chord."""

    tag = "bTrem"


class FingeredTremolo(EventGroup):
    """A tremolo between two notes or chords; each is written with the duration of both together."""

    tag = "fTrem"

    beams: int | None = None
    """Number of strokes between them."""


class Ligature(EventGroup):
    """A ligature of mensural notation."""

    tag = "ligature"
