"""Staves, groups of staves, parts, and their redefinition within a score."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.time_signature import TimeSignature, TimeSignatureGroup


class Label(SemanticObject):
    """The name of a staff or group before its first system, or of a verse."""

    tag = "label"


class AbbreviatedLabel(SemanticObject):
    """The abbreviated name of a staff or group before later systems."""

    tag = "labelAbbr"


class Instrument(SemanticObject):
    """The (MIDI) instrument of a staff or group."""

    tag = "instrDef"


class GroupSymbol(SemanticObject):
    """The brace or bracket before a group of staves."""

    tag = "grpSym"

    symbol: str | None = None
    """`brace`, `bracket`, `bracketsq`, `line` or `none`."""


class Definition(SemanticObject):
    """Base of objects that set clef, key and time, for one staff or for all."""

    @property
    def clef(self) -> Clef | None:
        """The clef that it sets, if any."""
        return self.child_of(Clef)

    @property
    def key_signature(self) -> KeySignature | None:
        """The key signature that it sets, if any."""
        return self.child_of(KeySignature)

    @property
    def time_signature(self) -> TimeSignature | TimeSignatureGroup | None:
        """The time signature, or group of time signatures, that it sets, if any."""
        return self.child_of(TimeSignatureGroup) or self.child_of(TimeSignature)

    @property
    def name(self) -> str:
        """Its name before the first system; may be empty."""
        label = self.child_of(Label)
        return label.text.strip() if label is not None else ""

    @property
    def abbreviation(self) -> str:
        """Its name before later systems; may be empty."""
        label = self.child_of(AbbreviatedLabel)
        return label.text.strip() if label is not None else ""


class ScoreDefinition(Definition):
    """Clef, key, time, staves and page texts at the start of the score, or a later change of them."""

    tag = "scoreDef"


class StaffGroup(Definition):
    """Staves joined by a brace, bracket or common barlines."""

    tag = "staffGrp"

    @property
    def staves(self) -> list[Staff]:
        """All its staves, including those of inner groups."""
        return list(self.descendants(Staff))


class Staff(Definition):
    """A staff of the score: its name, initial clef, key and time, and transposition."""

    tag = "staffDef"

    n: str = ""
    """Number of the staff, by which measures refer to it."""

    lines: int = 5

    transposition_diatonic: int = 0
    """Steps from the written to the sounding pitch: -1 for a clarinet in B flat."""

    transposition_semitones: int = 0
    """Semitones from the written to the sounding pitch: -2 for a clarinet in B flat."""

    @property
    def number(self) -> int:
        """`n` as an integer; 0 if it is not a number."""
        return int(self.n) if self.n.isdigit() else 0

    @property
    def part(self) -> Part | None:
        """The part that contains it."""
        return Part.of_or_none(self, "staves")


class StaffChange(Definition):
    """A redefinition of a staff within the score: a new clef, key, time, number of lines, or transposition."""

    tag = "staffDef"

    n: str = ""

    staff: Staff | None = None
    """The redefined staff."""

    lines: int | None = None

    transposition_diatonic: int | None = None

    transposition_semitones: int | None = None


class Part(SemanticObject):
    """The music of one player or group: one staff, or several, such as the two of a piano.

    MEI has no element for parts; they are derived from the groups of staves, and are not children of any object.
    """

    n: int = 0
    """Number of the part, from 1 at the top of the score."""

    name: str = ""

    abbreviation: str = ""

    staves: list[Staff] = field(default_factory=list)
