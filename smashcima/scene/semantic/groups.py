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
        """Its events in order, including those of inner groups."""
        return list(_in_order(self))


class Beam(EventGroup):
    """Notes and chords (and rests between them) under one beam. For beams across barlines or voices, see `BeamSpan`."""

    tag = "beam"


class Tuplet(EventGroup):
    """A tuplet. For tuplets that contain only a part of a beam, see `TupletSpan`."""

    tag = "tuplet"

    count: int = 3
    """Actual number of notes: 3 for a triplet."""

    base: int = 2
    """Normal number of notes of the same kind in the same time: 2 for a triplet."""

    @property
    def factor(self) -> Fraction:
        """Factor of the durations inside, `base / count`: 2/3 for a triplet."""
        return Fraction(self.base, self.count) if self.count > 0 and self.base > 0 else Fraction(1)


class GraceGroup(EventGroup):
    """A group of grace notes."""

    tag = "graceGrp"


class BowedTremolo(EventGroup):
    """A tremolo on one note or chord."""

    tag = "bTrem"


class FingeredTremolo(EventGroup):
    """A tremolo between two notes or chords; each is written with the total duration of both."""

    tag = "fTrem"

    beams: int | None = None
    """Number of strokes between them."""


class Ligature(EventGroup):
    """A ligature of mensural notation."""

    tag = "ligature"
