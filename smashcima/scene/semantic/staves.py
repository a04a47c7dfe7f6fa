"""What the music is written for: staves, their groups, parts, and how they are redefined in mid-score."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.semantic.clef import Clef
from smashcima.scene.semantic.key_signature import KeySignature
from smashcima.scene.semantic.semantic_object import SemanticObject
from smashcima.scene.semantic.time_signature import TimeSignature, TimeSignatureGroup


class Label(SemanticObject):
    """The name of a staff or group, written before its first system, or before a verse."""

    tag = "label"


class AbbreviatedLabel(SemanticObject):
    """The short name of a staff or group, written before later systems."""

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
    """Base of what sets clef, key and time: for one staff, or for all."""

    @property
    def clef(self) -> Clef | None:
        """The clef that is set here, if one is."""
        return self.child_of(Clef)

    @property
    def key_signature(self) -> KeySignature | None:
        """The key signature that is set here, if one is."""
        return self.child_of(KeySignature)

    @property
    def time_signature(self) -> TimeSignature | TimeSignatureGroup | None:
        """The time signature, or group of them, that is set here, if one is."""
        return self.child_of(TimeSignatureGroup) or self.child_of(TimeSignature)

    @property
    def name(self) -> str:
        """Its name as written before the first system, or an empty text."""
        label = self.child_of(Label)
        return label.text.strip() if label is not None else ""

    @property
    def abbreviation(self) -> str:
        """Its name as written before later systems, or an empty text."""
        label = self.child_of(AbbreviatedLabel)
        return label.text.strip() if label is not None else ""


class ScoreDefinition(Definition):
    """Clef, key, time, staves and page texts: of the score at its start, or a change in mid-score."""

    tag = "scoreDef"


class StaffGroup(Definition):
    """Staves joined by a brace, bracket or common barlines."""

    tag = "staffGrp"

    @property
    def staves(self) -> list[Staff]:
        """All its staves, those of inner groups included."""
        return list(self.descendants(Staff))


class Staff(Definition):
    """A staff that runs through the score: what it is called, how it starts, how it transposes."""

    tag = "staffDef"

    n: str = ""
    """Its number, by which measures refer to it."""

    lines: int = 5

    transposition_diatonic: int = 0
    """Steps from the written to the sounding pitch: -1 for a clarinet in B flat."""

    transposition_semitones: int = 0
    """Semitones from the written to the sounding pitch: -2 for a clarinet in B flat."""

    @property
    def number(self) -> int:
        """`n` as a number; 0 where it is none."""
        return int(self.n) if self.n.isdigit() else 0

    @property
    def part(self) -> Part | None:
        """The part that it belongs to."""
        return Part.of_or_none(self, "staves")


class StaffChange(Definition):
    """A staff redefined in mid-score: a new clef, key, time, number of lines, transposition."""

    tag = "staffDef"

    n: str = ""

    staff: Staff | None = None
    """The staff that it is about."""

    lines: int | None = None

    transposition_diatonic: int | None = None

    transposition_semitones: int | None = None


class Part(SemanticObject):
    """What one player or group plays: one staff, or several such as the two of a piano.

    MEI has no element for it; it is found from the groups of staves, and is no child of anything.
    """

    n: int = 0
    """Its number, from 1 at the top of the score."""

    name: str = ""

    abbreviation: str = ""

    staves: list[Staff] = field(default_factory=list)
