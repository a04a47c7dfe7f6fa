"""Measures, and their content per staff and voice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from enum import Enum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.staves import Staff
from smashcima.scene.semantic.time_signature import TimeSignature, TimeSignatureGroup

if TYPE_CHECKING:
    from smashcima.scene.semantic.event import Event

ZERO = Fraction(0)


class BarlineForm(Enum):
    """Kinds of barlines; the values are those of MEI."""

    SINGLE = "single"
    DASHED = "dashed"
    DOTTED = "dotted"
    DOUBLE = "dbl"
    DOUBLE_DASHED = "dbldashed"
    DOUBLE_DOTTED = "dbldotted"
    DOUBLE_HEAVY = "dblheavy"
    DOUBLE_SEGNO = "dblsegno"
    END = "end"
    HEAVY = "heavy"
    INVISIBLE = "invis"
    REPEAT_START = "rptstart"
    REPEAT_BOTH = "rptboth"
    REPEAT_END = "rptend"
    SEGNO = "segno"


class Barline(SemanticObject):
    """A barline inside a voice. The barlines at the edges of a measure are `Measure.left` and `Measure.right`."""

    tag = "barLine"

    form: BarlineForm | None = None


class Section(SemanticObject):
    """A section of the score: measures, breaks, changes, and inner sections."""

    tag = "section"

    is_transparent = True


class Ending(SemanticObject):
    """A first, second, ... ending (a volta)."""

    tag = "ending"

    n: str | None = None
    """The written number: `1`, or `1, 2`."""

    is_transparent = True


class Measure(SemanticObject):
    """A measure with its staves and the marks that belong to it."""

    tag = "measure"

    n: str | None = None
    """The printed measure number; may be missing, repeated, or not a number."""

    left: BarlineForm | None = None
    """The barline at its left edge; `None` for none."""

    right: BarlineForm | None = None
    """The barline at its right edge; `None` for a single barline."""

    index: int = field(default=0, kw_only=True)
    """Index among the measures of the score, from 0. Derived."""

    onset: Fraction = field(default=ZERO, kw_only=True)
    """Quarter lengths since the start of the score. Derived."""

    quarter_length: Fraction = field(default=ZERO, kw_only=True)
    """Length in quarter lengths: that of its longest voice, or that of the time signature if it is empty. Derived."""

    @property
    def place(self) -> str:
        """The measure as issues name it: `measure 12`. Without `n`, its position in the score is counted from 1."""
        return f"measure {self.n or self.index + 1}"

    @property
    def number(self) -> int | None:
        """The number in `n`, or `None` if it contains none."""
        found = re.search(r"\d+", self.n or "")
        return int(found[0]) if found else None

    @property
    def staves(self) -> list[MeasureStaff]:
        """Its content per staff, from top to bottom."""
        return self.children_of(MeasureStaff)

    @property
    def voices(self) -> list[Voice]:
        """All voices of all its staves."""
        return [voice for staff in self.staves for voice in staff.voices]

    def staff(self, staff: Staff | str | int) -> MeasureStaff | None:
        """Its content on a staff, given by object or number; `None` if the measure does not have the staff."""
        n = staff.n if isinstance(staff, Staff) else str(staff)
        return next((found for found in self.staves if found.n == n), None)


class MeasureStaff(SemanticObject):
    """The content of one measure on one staff (MEI: the `staff` inside a measure)."""

    tag = "staff"

    n: str = ""
    """Number of the staff."""

    staff: Staff | None = None
    """The staff."""

    clef: Clef | None = field(default=None, kw_only=True)
    """The clef in force at its start, with which a system that starts here begins. Derived."""

    key_signature: KeySignature | None = field(default=None, kw_only=True)
    """The key signature in force at its start. Derived."""

    time_signature: TimeSignature | TimeSignatureGroup | None = field(default=None, kw_only=True)
    """The time signature in force at its start. Derived."""

    lines: int = field(default=5, kw_only=True)
    """The number of lines of the staff in this measure. Derived."""

    @property
    def measure(self) -> Measure | None:
        """The measure around it."""
        return self.ancestor(Measure)

    @property
    def voices(self) -> list[Voice]:
        """Its voices."""
        return self.children_of(Voice)


class Voice(SemanticObject):
    """One voice in one measure on one staff (MEI: `layer`)."""

    tag = "layer"

    n: str | None = None

    quarter_length: Fraction = field(default=ZERO, kw_only=True)
    """Total length of its events in quarter lengths; 0 if it contains only a measure rest. Derived."""

    @property
    def measure(self) -> Measure | None:
        """The measure around it."""
        return self.ancestor(Measure)

    @property
    def staff(self) -> Staff | None:
        """The staff on which it is written, except for notes that cross to another staff."""
        holder = self.ancestor(MeasureStaff)
        return holder.staff if holder is not None else None

    @property
    def events(self) -> list[Event]:
        """Chords, notes, rests and spaces in order, including those in beams, tuplets and so on."""
        return list(_in_order(self))


def _in_order(container: SemanticObject) -> Iterator[Any]:
    for child in container.chosen_children:
        if isinstance(child, SemanticObject):
            if child.is_event:
                yield child
            else:
                yield from _in_order(child)


def place_in_score(found: SemanticObject) -> str:
    """Where an object is, as issues name it: the place of its measure, or `score` outside of measures."""
    measure = found if isinstance(found, Measure) else found.ancestor(Measure)
    return measure.place if measure is not None else "score"
