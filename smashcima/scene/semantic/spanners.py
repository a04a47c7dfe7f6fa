"""Marks that lead from one event or beat to another."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from fractions import Fraction

from smashcima.scene.semantic.control_event import ControlEvent


class Curve(ControlEvent):
    """Base of slurs and ties."""

    direction: str | None = field(default=None, kw_only=True)
    """`above`, `below` or `mixed`, where the source says so."""


class Slur(Curve):
    """A slur."""

    tag = "slur"


class Phrase(Slur):
    """What the source calls a phrase; it is drawn as a slur."""

    tag = "phrase"


class Tie(Curve):
    """A tie between two notes of one pitch."""

    tag = "tie"


class LaissezVibrer(Curve):
    """A tie that leads nowhere: let it ring."""

    tag = "lv"


class HairpinForm(Enum):
    """Opening or closing; the value is MEI's."""

    CRESCENDO = "cres"
    DIMINUENDO = "dim"


class Hairpin(ControlEvent):
    """A crescendo or diminuendo wedge."""

    tag = "hairpin"

    form: HairpinForm | None = field(default=None, kw_only=True)


class OctaveShift(ControlEvent):
    """A line under which notes sound one or more octaves from where they are written."""

    tag = "octave"

    octaves: int = field(default=0, kw_only=True)
    """Octaves from written to sounding: 1 for 8va, -1 for 8vb, 2 for 15ma."""


class Glissando(ControlEvent):
    """A glissando or slide."""

    tag = "gliss"


class PedalAction(Enum):
    """What a pedal sign asks for; the value is MEI's."""

    DOWN = "down"
    UP = "up"
    HALF = "half"
    BOUNCE = "bounce"


class Pedal(ControlEvent):
    """A pedal sign: pressing and releasing are two of them."""

    tag = "pedal"

    action: PedalAction | None = field(default=None, kw_only=True)

    form: str | None = field(default=None, kw_only=True)
    """`line`, `pedstar`, `altpedstar`, `pedline`, where the source says so."""


class BracketSpan(ControlEvent):
    """A bracket over several events."""

    tag = "bracketSpan"


class Line(ControlEvent):
    """A line between two places."""

    tag = "line"


class BeamSpan(ControlEvent):
    """A beam over events of several voices or measures; `events` has them in order."""

    tag = "beamSpan"


class TupletSpan(ControlEvent):
    """A tuplet over events that are grouped otherwise; `events` has them in order."""

    tag = "tupletSpan"

    count: int = field(default=3, kw_only=True)
    """Number of notes: 3 in a triplet."""

    base: int = field(default=2, kw_only=True)
    """Number of notes of the same kind in whose time they are played: 2 in a triplet."""

    @property
    def factor(self) -> Fraction:
        """Factor of durations inside: 2/3 in a triplet."""
        return Fraction(self.base, self.count) if self.count > 0 and self.base > 0 else Fraction(1)


class Arpeggio(ControlEvent):
    """An arpeggio sign; `events` has the notes and chords that are broken."""

    tag = "arpeg"

    order: str | None = field(default=None, kw_only=True)
    """`up`, `down` or `nonarp`, where the source says so."""
