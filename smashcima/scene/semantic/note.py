"""Notes and chords, rests and spaces."""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from fractions import Fraction

from smashcima.scene.semantic.duration import Duration
from smashcima.scene.semantic.event import Event
from smashcima.scene.semantic.lyrics import Verse
from smashcima.scene.semantic.note_parts import Accidental, Articulation
from smashcima.scene.semantic.pitch import Pitch


class GraceKind(Enum):
    """Kinds of grace notes; the value is MEI's."""

    UNACCENTED = "unacc"
    ACCENTED = "acc"
    UNKNOWN = "unknown"


class StemDirection(Enum):
    """Where a stem points, if the source says so; the value is MEI's."""

    UP = "up"
    DOWN = "down"


class StemmedEvent(Event):
    """Base of notes and chords."""

    grace: GraceKind | None = field(default=None, kw_only=True)
    """What kind of grace note it is, if it is one."""

    stem_direction: StemDirection | None = field(default=None, kw_only=True)
    """Where the stem points; `None` leaves it to the engraver."""

    @property
    def is_grace(self) -> bool:
        return self.grace is not None or any(found.tag == "graceGrp" for found in self.ancestors())

    @property
    def articulations(self) -> list[Articulation]:
        """Its articulations, from the notehead outwards."""
        return self.children_of(Articulation)

    @property
    def verses(self) -> list[Verse]:
        """Its lyrics, a syllable (or more) for each verse."""
        return self.children_of(Verse)


class Chord(StemmedEvent):
    """Several notes on one stem."""

    tag = "chord"

    @property
    def notes(self) -> list[Note]:
        """Its notes, in the order of the source."""
        return self.children_of(Note)


class Note(StemmedEvent):
    """A note: by itself, or in a chord."""

    tag = "note"

    pitch: Pitch | None = None
    """The written pitch with the alteration in force, be it from its own accidental, from an earlier one in the
    measure, or from the key. `None` where the source gives none, as for percussion, tablature, and notes of which
    only the position is known."""

    staff_position: int | None = field(default=None, kw_only=True)
    """The position on the staff as written in the source: 0 is the middle of the staff, +1 a step up. `None` where
    the source gives none. It is independent of `pitch`: neither is ever derived from the other, and where they
    contradict each other the note is drawn at this position and `pitch` is what it means."""

    sounding_pitch: Pitch | None = field(default=None, kw_only=True)
    """The pitch that is heard: transposing staves and octave lines counted in. Derived."""

    pitch_position: int | None = field(default=None, kw_only=True)
    """The position on the staff that follows from `pitch` and the clef in force; `None` without a pitch. Octave lines
    do not change it, since `pitch` is as written. Derived."""

    notehead: str | None = field(default=None, kw_only=True)
    """MEI's name of an unusual notehead: `x`, `diamond`, `slash`, ..., or a SMuFL code point."""

    tab_fret: str | None = field(default=None, kw_only=True)
    """In tablature: the fret."""

    tab_course: int | None = field(default=None, kw_only=True)
    """In tablature: the string, counted from the highest sounding one."""

    @property
    def chord(self) -> Chord | None:
        """The chord that it belongs to."""
        parent = self.parent
        while parent is not None and parent.is_transparent:
            parent = parent.parent
        return parent if isinstance(parent, Chord) else None

    @property
    def is_grace(self) -> bool:
        return self.grace is not None or any(
            found.tag == "graceGrp" or (isinstance(found, Chord) and found.grace is not None)
            for found in self.ancestors()
        )

    @property
    def written_duration(self) -> Duration | None:
        """Its duration, or that of its chord."""
        if self.duration is not None:
            return self.duration
        parent = self.parent
        return parent.duration if isinstance(parent, Event) else None

    @property
    def accidental(self) -> Accidental | None:
        """The accidental that is drawn before (or above) it, if one is."""
        return next((found for found in self.children_of(Accidental) if found.is_visible), None)

    @property
    def position(self) -> int | None:
        """The position on the staff at which it is drawn: `staff_position` if it is given, else `pitch_position`.

        0 is the middle of the staff, +1 a step up; `None` where neither position nor pitch is known.
        """
        return self.pitch_position if self.staff_position is None else self.staff_position

    @property
    def is_unpitched(self) -> bool:
        """Whether it has no pitch."""
        return self.pitch is None


class Rest(Event):
    """A rest of a written duration."""

    tag = "rest"

    staff_position: int | None = field(default=None, kw_only=True)
    """The position on the staff as written in the source: 0 is the middle, +1 a step up. `None` leaves it to the engraver."""


class Space(Event):
    """Time that passes in a voice without anything drawn."""

    tag = "space"


class WholeMeasureEvent(Event):
    """Base of what fills its measure, whatever that takes."""


class MeasureRest(WholeMeasureEvent):
    """A rest that fills its measure."""

    tag = "mRest"

    staff_position: int | None = field(default=None, kw_only=True)
    """As `Rest.staff_position`."""


class MeasureSpace(WholeMeasureEvent):
    """A measure in which nothing is drawn for the voice."""

    tag = "mSpace"


class MultiMeasureRest(WholeMeasureEvent):
    """A rest of several measures, drawn as one with their number."""

    tag = "multiRest"

    count: int | None = None
    """How many measures it stands for."""


class MeasureRepeat(WholeMeasureEvent):
    """The sign that repeats the measure before."""

    tag = "mRpt"


class TwoMeasureRepeat(WholeMeasureEvent):
    """The sign that repeats the two measures before."""

    tag = "mRpt2"


class MultiMeasureRepeat(WholeMeasureEvent):
    """The sign that repeats several measures."""

    tag = "multiRpt"

    count: int | None = None
    """How many measures it stands for."""


class HalfMeasureRepeat(Event):
    """The sign that repeats half a measure."""

    tag = "halfmRpt"


class BeatRepeat(Event):
    """The sign that repeats a beat."""

    tag = "beatRpt"

    beat_length: Fraction | None = None
    """Length of the repeated beat in quarter lengths, where the source gives it."""


class TabChord(Event):
    """The notes of a tablature that are played together, and their rhythm sign."""

    tag = "tabGrp"

    @property
    def notes(self) -> list[Note]:
        """Its notes."""
        return self.children_of(Note)


class TabDurationSymbol(Event):
    """The rhythm sign of a tablature."""

    tag = "tabDurSym"

    is_event = False
