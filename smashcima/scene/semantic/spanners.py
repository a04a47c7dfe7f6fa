"""Marks that extend from one event or beat to another."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from fractions import Fraction

from smashcima.scene.semantic.control_event import ControlEvent


class Curve(ControlEvent):
    """Base of slurs and ties."""

    direction: str | None = field(default=None, kw_only=True)
    """`above`, `below` or `mixed`, if specified in the source."""


class Slur(Curve):
    """A slur."""

    tag = "slur"


class Phrase(Slur):
    """A phrase in the source, drawn as a slur."""

    tag = "phrase"


class Tie(Curve):
    """A tie between two notes of the same pitch."""

    tag = "tie"


class LaissezVibrer(Curve):
    """A *laissez vibrer* tie, which has no end note."""

    tag = "lv"


class HairpinForm(Enum):
    """Opening or closing; the values are those of MEI."""

    CRESCENDO = "cres"
    DIMINUENDO = "dim"


class Hairpin(ControlEvent):
    """A crescendo or diminuendo wedge."""

    tag = "hairpin"

    form: HairpinForm | None = field(default=None, kw_only=True)


class OctaveShift(ControlEvent):
    """An octave line, under which notes sound one or more octaves higher or lower than written."""

    tag = "octave"

    octaves: int = field(default=0, kw_only=True)
    """Octaves from written to sounding: 1 for 8va, -1 for 8vb, 2 for 15ma."""


class Glissando(ControlEvent):
    """A glissando or slide."""

    tag = "gliss"


class PedalAction(Enum):
    """The action of a pedal sign; the values are those of MEI."""

    DOWN = "down"
    UP = "up"
    HALF = "half"
    BOUNCE = "bounce"


class Pedal(ControlEvent):
    """A pedal sign; pressing and releasing have one each."""

    tag = "pedal"

    action: PedalAction | None = field(default=None, kw_only=True)

    form: str | None = field(default=None, kw_only=True)
    """`line`, `pedstar`, `altpedstar` or `pedline`, if specified in the source."""


class BracketSpan(ControlEvent):
    """A bracket over several events."""

    tag = "bracketSpan"


class Line(ControlEvent):
    """A line between two points."""

    tag = "line"


class BeamSpan(ControlEvent):
    """A beam over events of several voices or measures; `events` contains them in order."""

    tag = "beamSpan"


class TupletSpan(ControlEvent):
    """A tuplet over events that are grouped differently; `events` contains them in order."""

    tag = "tupletSpan"

    count: int = field(default=3, kw_only=True)
    """Actual number of notes: 3 for a triplet."""

    base: int = field(default=2, kw_only=True)
    """Normal number of notes of the same kind in the same time: 2 for a triplet."""

    @property
    def factor(self) -> Fraction:
        """Factor of the durations inside, `base / count`: 2/3 for a triplet."""
        return Fraction(self.base, self.count) if self.count > 0 and self.base > 0 else Fraction(1)


class Arpeggio(ControlEvent):
    """An arpeggio sign; `events` contains its notes and chords."""

    tag = "arpeg"

    order: str | None = field(default=None, kw_only=True)
    """`up`, `down` or `nonarp`, if specified in the source."""
