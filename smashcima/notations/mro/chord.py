"""Chords of the document model: notes, rests, beams."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smashcima.notations.mro.codecs import BOOLEAN, INTEGER, POSITION, RATIONAL, choice
from smashcima.notations.mro.slots import array, block, simple
from smashcima.notations.mro.values import MroPosition, MroRational, MroSlot
from smashcima.notations.mro.vocabulary import MroAccidental, MroNoteShape


@dataclass(frozen=True, slots=True)
class MroNote:
    """Notehead with its accidental, or a rest."""

    SLOT_NAME: ClassVar[str] = "note"

    shape: MroNoteShape = simple("shape", choice(MroNoteShape), MroNoteShape.SOLID)

    staff_offset: int = simple("staveoffset", INTEGER, 0)
    """Number of staves below that of the chord."""

    position_down: int = simple("p", INTEGER, 0)
    """Position on the staff in half staff spaces, counted downwards from the middle line: 0 is B4 in the treble clef,
    -1 is C5.

    That of a rest is its centre, but the top of a semibreve rest and the bottom of a minim rest.
    """

    accidental: MroAccidental = simple("accid", choice(MroAccidental), MroAccidental.NONE)

    accidental_offset_units: int = simple("accid_dc", INTEGER, 0)
    """From the left edge of the notehead to the centre of the accidental; negative is to the left."""

    is_on_normal_side: bool = simple("normalside", BOOLEAN, True)
    """`False` for a notehead on the other side of the stem, as in a chord with a second."""

    centre_units: MroPosition | None = simple("centre", POSITION, None, is_sparse=True)
    """Centre of the notehead, relative to the stave of the chord. An extension of Smashcima: SharpEye does not write it,
    and `None` leaves it out."""

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroBeam:
    """Node of a beam: the beam at the stem of one chord."""

    SLOT_NAME: ClassVar[str] = "beam"

    id: int = simple("id", INTEGER, 0)
    """Identifies the beam in its bar."""

    node_count: int = simple("nofnodes", INTEGER, 0)
    """Number of chords that the beam joins."""

    parts_left: int = simple("nofleft", INTEGER, 0)
    """Number of beam parts to the left of the stem."""

    parts_right: int = simple("nofright", INTEGER, 0)
    """Number of beam parts to the right of the stem."""

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroChord:
    """Chord, single note or rest."""

    SLOT_NAME: ClassVar[str] = "chord"

    has_virtual_stem: bool = simple("virtualstem", BOOLEAN, False)
    """Whether there is no stem: the chord is a breve, a semibreve or a rest."""

    is_stem_up: bool = simple("stemup", BOOLEAN, False)
    """Whether the stem points up from the noteheads."""

    has_stem_slash: bool = simple("stemslash", BOOLEAN, False, since=2000, is_sparse=True)
    """Whether a slash crosses the stem, as in an acciaccatura."""

    tuplet_transform: MroRational = simple(
        "tuplettransform", RATIONAL, MroRational(1, 1), aliases=("tupletransform",)
    )
    """Factor of the duration; 2/3 in triplets."""

    tuplet_count: int = simple("tupletcount", INTEGER, 0, until=1999, is_sparse=True)
    """Number of the note in its tuplet, from 1; 0 outside tuplets. In version 1000 only, and unreliable there."""

    tuplet_id: int = simple("tupletID", INTEGER, -1, since=2000, is_sparse=True)
    """Identifies the tuplet in its bar; -1 outside tuplets."""

    multi_rest_bars: int = simple("nofmmrestbars", INTEGER, 0, since=3100, is_sparse=True)
    """Number of bars of a multi-bar rest."""

    has_accent: bool = simple("accent", BOOLEAN, False, is_sparse=True)
    has_staccato: bool = simple("staccato", BOOLEAN, False, is_sparse=True)
    has_marcato: bool = simple("marcato", BOOLEAN, False, since=3100, is_sparse=True)
    has_staccatissimo: bool = simple("staccatissimo", BOOLEAN, False, since=3100, is_sparse=True)
    has_tenuto: bool = simple("tenuto", BOOLEAN, False, is_sparse=True)
    has_pause: bool = simple("pause", BOOLEAN, False, is_sparse=True)
    """Whether there is a fermata."""

    has_up_bow: bool = simple("upbow", BOOLEAN, False, since=3100, is_sparse=True)
    has_down_bow: bool = simple("downbow", BOOLEAN, False, since=3100, is_sparse=True)
    has_trill: bool = simple("trill", BOOLEAN, False, since=3100, is_sparse=True)
    has_mordent: bool = simple("mordent", BOOLEAN, False, since=3100, is_sparse=True)
    has_inverted_mordent: bool = simple("invmordent", BOOLEAN, False, since=3100, is_sparse=True)

    staccato_offset_units: int = simple("staccato_dr", INTEGER, 0, is_sparse=True)
    """From the end of the stem (`flag_units`) down to the centre of the staccato dot; 0 if not stated."""

    tenuto_offset_units: int = simple("tenuto_dr", INTEGER, 0, is_sparse=True)
    pause_offset_units: int = simple("pause_dr", INTEGER, 0, is_sparse=True)
    accent_offset_units: int = simple("accent_dr", INTEGER, 0, is_sparse=True)

    dot_count: int = simple("naugdots", INTEGER, 0)
    """Number of augmentation dots, 0 to 3."""

    flag_count: int = simple("nflags", INTEGER, 0)
    """Number of flags: 1 for a quaver; 0 for chords in beams and for rests."""

    flag_units: MroPosition = simple("flagposn", POSITION, MroPosition(0, 0))
    """End of the stem with the flag or beam, relative to the stave. Without a stem, the column is the centre of the
    note, chord or rest."""

    head_end_down: int = simple("headend", INTEGER, 0)
    """Staff position of the notehead farthest from the end of the stem, counted as in `MroNote.position_down`."""

    beam: MroBeam | None = block("beam", MroBeam)

    notes: tuple[MroNote, ...] = array("notes", MroNote, "note")

    unknown: tuple[MroSlot, ...] = ()

    @property
    def is_rest(self) -> bool:
        """Whether the chord is a rest."""
        return bool(self.notes) and self.notes[0].shape.is_rest

    @property
    def is_grace(self) -> bool:
        """Whether the chord consists of grace notes."""
        return bool(self.notes) and self.notes[0].shape is MroNoteShape.GRACE
