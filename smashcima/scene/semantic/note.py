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
    """Kinds of grace notes; the values are those of MEI."""

    UNACCENTED = "unacc"
    ACCENTED = "acc"
    UNKNOWN = "unknown"


class StemDirection(Enum):
    """Stem directions; the values are those of MEI."""

    UP = "up"
    DOWN = "down"

    # Names of smashcima 1.
    up = UP
    down = DOWN


class StemmedEvent(Event):
    """Base of notes and chords."""

    grace: GraceKind | None = field(default=None, kw_only=True)
    """The kind of grace note; `None` for other notes."""

    stem_direction: StemDirection | None = field(default=None, kw_only=True)
    """Direction of the stem; `None` lets the engraver choose."""

    @property
    def is_grace(self) -> bool:
        if self.grace is not None:
            return True
        for found in self.ancestors():
            # Nothing outside of a voice makes its notes grace notes.
            if found.tag in ("graceGrp", "layer"):
                return found.tag == "graceGrp"
        return False

    @property
    def articulations(self) -> list[Articulation]:
        """Its articulations, from the notehead outwards."""
        return self.children_of(Articulation)

    @property
    def verses(self) -> list[Verse]:
        """Its lyrics: one or more syllables for each verse."""
        return self.children_of(Verse)


class Chord(StemmedEvent):
    """Several notes on one stem."""

    tag = "chord"

    @property
    def notes(self) -> list[Note]:
        """Its notes, in the order of the source."""
        return self.children_of(Note)

    @staticmethod
    def of_note(note: Note) -> Chord | Note:
        """The chord of a note; the note itself if it is not part of one."""
        return next((found for found in note.ancestors() if isinstance(found, Chord)), note)


class Note(StemmedEvent):
    """A single note, or a note of a chord."""

    tag = "note"

    pitch: Pitch | None = None
    """The written pitch with the alteration in force, from its own accidental, an earlier one in the measure, or the
    key. `None` if the source gives none, as for percussion, tablature, and notes of which only the position is
    known."""

    staff_position: int | None = field(default=None, kw_only=True)
    """The staff position given in the source: 0 is the middle of the staff, +1 one step up. `None` if the source gives
    none. It is independent of `pitch`: neither is derived from the other. If they contradict each other, the note is
    drawn at this position, and its meaning is `pitch`."""

    sounding_pitch: Pitch | None = field(default=None, kw_only=True)
    """The sounding pitch, including transposition of the staff and octave lines. Derived."""

    pitch_position: int | None = field(default=None, kw_only=True)
    """The staff position of `pitch` under the clef in force; `None` without a pitch. Octave lines do not affect it,
    since `pitch` is the written pitch. Derived."""

    notehead: str | None = field(default=None, kw_only=True)
    """MEI name of an unusual notehead: `x`, `diamond`, `slash`, ..., or a SMuFL code point."""

    notehead_glyph: str | None = field(default=None, kw_only=True)
    """SMuFL name of its notehead, such as `noteShapeMoonBlack`; it takes precedence over `notehead`."""

    tab_fret: str | None = field(default=None, kw_only=True)
    """The fret, in tablature."""

    tab_course: int | None = field(default=None, kw_only=True)
    """The string, in tablature, counted from the highest sounding one."""

    @property
    def chord(self) -> Chord | None:
        """The chord that contains it."""
        parent = self.parent
        while parent is not None and parent.is_transparent:
            parent = parent.parent
        return parent if isinstance(parent, Chord) else None

    @property
    def is_grace(self) -> bool:
        if self.grace is not None:
            return True
        for found in self.ancestors():
            if isinstance(found, Chord) and found.grace is not None:
                return True
            if found.tag in ("graceGrp", "layer"):
                return found.tag == "graceGrp"
        return False

    @property
    def written_duration(self) -> Duration | None:
        """Its duration, or that of its chord."""
        if self.duration is not None:
            return self.duration
        parent = self.parent
        return parent.duration if isinstance(parent, Event) else None

    @property
    def accidental(self) -> Accidental | None:
        """The accidental that is drawn before (or above) it; `None` if there is none."""
        if not self.children:
            return None
        return next((found for found in self.children_of(Accidental) if found.is_visible), None)

    @property
    def position(self) -> int | None:
        """The staff position at which it is drawn: `staff_position` if given, else `pitch_position`.

        0 is the middle of the staff, +1 one step up; `None` if neither position nor pitch is known.
        """
        return self.pitch_position if self.staff_position is None else self.staff_position

    @property
    def is_unpitched(self) -> bool:
        """Whether it has no pitch."""
        return self.pitch is None


class Rest(Event):
    """A rest with a written duration."""

    tag = "rest"

    staff_position: int | None = field(default=None, kw_only=True)
    """The staff position given in the source: 0 is the middle of the staff, +1 one step up. `None` lets the engraver
    choose."""


class Space(Event):
    """A gap in a voice in which nothing is drawn."""

    tag = "space"


class WholeMeasureEvent(Event):
    """Base of events that fill their measure, whatever its length."""


class MeasureRest(WholeMeasureEvent):
    """A rest that fills its measure."""

    tag = "mRest"

    staff_position: int | None = field(default=None, kw_only=True)
    """As `Rest.staff_position`."""


class MeasureSpace(WholeMeasureEvent):
    """A whole measure of a voice in which nothing is drawn."""

    tag = "mSpace"


class MultiMeasureRest(WholeMeasureEvent):
    """A rest of several measures, drawn as one sign with their number."""

    tag = "multiRest"

    count: int | None = None
    """Number of measures."""


class MeasureRepeat(WholeMeasureEvent):
    """The sign that repeats the previous measure."""

    tag = "mRpt"


class TwoMeasureRepeat(WholeMeasureEvent):
    """The sign that repeats the previous two measures."""

    tag = "mRpt2"


class MultiMeasureRepeat(WholeMeasureEvent):
    """The sign that repeats several measures."""

    tag = "multiRpt"

    count: int | None = None
    """Number of measures."""


class HalfMeasureRepeat(Event):
    """The sign that repeats half a measure."""

    tag = "halfmRpt"


class BeatRepeat(Event):
    """The sign that repeats a beat."""

    tag = "beatRpt"

    beat_length: Fraction | None = None
    """Length of the repeated beat in quarter lengths, if given in the source."""


class TabChord(Event):
    """Notes of a tablature that are played together, with their rhythm sign."""

    tag = "tabGrp"

    @property
    def notes(self) -> list[Note]:
        """Its notes."""
        return self.children_of(Note)


class TabDurationSymbol(Event):
    """The rhythm sign of a tablature."""

    tag = "tabDurSym"

    is_event = False
