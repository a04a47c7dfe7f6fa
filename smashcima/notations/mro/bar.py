"""Bars of the document model: clefs, signatures, barlines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from smashcima.notations.mro.chord import MroChord
from smashcima.notations.mro.codecs import BOOLEAN, INTEGER, POSITION, RATIONAL, choice
from smashcima.notations.mro.slots import array, block, simple
from smashcima.notations.mro.values import MroPosition, MroRational, MroSlot
from smashcima.notations.mro.vocabulary import MroBarlineShape, MroClefShape

_USUAL_LINES_DOWN = {MroClefShape.BASS: -2, MroClefShape.ALTO: 0}
_G_LINE_DOWN = 2

_UNKNOWN_POSITION = 99


@dataclass(frozen=True, slots=True)
class MroClef:
    """Clef."""

    SLOT_NAME: ClassVar[str] = "clef"

    shape: MroClefShape = simple("shape", choice(MroClefShape), MroClefShape.TREBLE)

    centre_units: MroPosition = simple("centre", POSITION, MroPosition(0, 0))
    """Centre, relative to the stave."""

    stated_position_down: int = simple("pitchposn", INTEGER, _UNKNOWN_POSITION, is_sparse=True)
    """Staff position as in the file; 99 if the file does not state it. Prefer `position_down`."""

    unknown: tuple[MroSlot, ...] = ()

    @property
    def position_down(self) -> int:
        """Staff position of the line that the clef is on, counted downwards from the middle line: 2 for the treble
        clef, -2 for the bass clef, 0 for the alto clef, -2 for the tenor clef.
        """
        if self.stated_position_down != _UNKNOWN_POSITION:
            return self.stated_position_down
        return _USUAL_LINES_DOWN.get(self.shape, _G_LINE_DOWN)


@dataclass(frozen=True, slots=True)
class MroKeySignature:
    """Key signature."""

    SLOT_NAME: ClassVar[str] = "keysig"

    fifths: int = simple("key", INTEGER, 0)
    """Number of sharps, or of flats as a negative number; -7 to 7."""

    centre_units: MroPosition = simple("centre", POSITION, MroPosition(0, 0))
    """Centre, relative to the stave."""

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroTimeSignature:
    """Time signature."""

    SLOT_NAME: ClassVar[str] = "timesig"

    is_symbol: bool = simple("showasalpha", BOOLEAN, False)
    """Whether it is printed as the sign of common or cut time; the numbers are valid nevertheless."""

    top: int = simple("top", INTEGER, 4)
    bottom: int = simple("bottom", INTEGER, 4)

    centre_units: MroPosition = simple("centre", POSITION, MroPosition(0, 0))
    """Centre, relative to the stave."""

    time_slice: MroRational = simple("timeslice", RATIONAL, MroRational(0, 0), is_sparse=True)
    """For use by SharpEye; 0/0 if not stated."""

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroBarline:
    """Barline at the end of a bar, or an initial repeat sign."""

    SLOT_NAME: ClassVar[str] = "barline"

    shape: MroBarlineShape = simple("type", choice(MroBarlineShape), MroBarlineShape.SINGLE)

    left_line_units: int = simple("leftlinex", INTEGER, 0)
    """Column of the centre of the leftmost vertical line, relative to the stave."""

    right_line_units: int = simple("rightlinex", INTEGER, 0)
    """Column of the centre of the rightmost vertical line, relative to the stave."""

    is_true_end: bool = simple("trueend", BOOLEAN, True)
    """Not described in the specification."""

    is_invented: bool = simple("invented", BOOLEAN, False)
    """Whether there is no barline in the image; the recogniser invented it, as at the end of a stave."""

    unknown: tuple[MroSlot, ...] = ()


@dataclass(frozen=True, slots=True)
class MroBar:
    """What stands between two barlines on one stave: not always a whole measure.

    Symbols are stored by type, in any order; their positions say which comes first.
    """

    SLOT_NAME: ClassVar[str] = "bar"

    clefs: tuple[MroClef, ...] = array("clefs", MroClef, "clef")
    key_signatures: tuple[MroKeySignature, ...] = array("keysigs", MroKeySignature, "keysig")
    time_signature: MroTimeSignature | None = block("timesig", MroTimeSignature)
    chords: tuple[MroChord, ...] = array("chords", MroChord, "chord")
    barline: MroBarline | None = block("barline", MroBarline)

    unknown: tuple[MroSlot, ...] = ()
