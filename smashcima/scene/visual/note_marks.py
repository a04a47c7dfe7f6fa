"""What notes and chords are drawn with."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from smashcima.scene.visual.visual_object import VisualObject

if TYPE_CHECKING:
    from smashcima.scene.graph import SceneObject
    from smashcima.scene.semantic import Chord, Note


class Notehead(VisualObject):
    """The head of a note."""

    note: Note | None = None

    @staticmethod
    def of_note(note: SceneObject) -> Notehead:
        """The head of that note; a `NotExactlyOneError` if it is not drawn, or several times."""
        return Notehead.of(note, "note")

    @staticmethod
    def of_note_or_none(note: SceneObject) -> Notehead | None:
        """The head of that note, or `None` where it is not drawn."""
        return Notehead.of_or_none(note, "note")


class Stem(VisualObject):
    """A stem, of a note or of all notes of a chord."""

    noteheads: list[Notehead] = field(default_factory=list)

    @staticmethod
    def of_notehead(notehead: Notehead) -> Stem | None:
        """The stem of a notehead, if it has one."""
        found = Stem.many_of(notehead, "noteheads")
        return found[0] if found else None


class Flag(VisualObject):
    """A flag at the end of a stem."""

    stem: Stem | None = None


class BeamSegment(VisualObject):
    """One straight piece of a beam, of one level."""

    level: int = 1
    """1 for the beam of eighth notes, the outermost; 2 for sixteenths, and so on."""

    is_hook: bool = False
    """Whether it leads from one stem to no other (a fractional beam)."""

    stems: list[Stem] = field(default_factory=list)
    """The stems that it touches, from left to right."""

    chords: list[Chord | Note] = field(default_factory=list)
    """What these stems belong to."""


class LedgerLine(VisualObject):
    """A ledger line."""

    noteheads: list[Notehead] = field(default_factory=list)
    """The noteheads that stand on it, or farther out from the staff above or below it."""


class AccidentalMark(VisualObject):
    """An accidental before a note (or above it, for an editorial one)."""

    notehead: Notehead | None = None


class AugmentationDot(VisualObject):
    """A dot behind a note, a chord or a rest."""

    noteheads: list[Notehead] = field(default_factory=list)
    """The notehead it stands beside; empty for the dot of a rest."""

    rest: VisualObject | None = None
    """The rest that it prolongs."""


class ArticulationMark(VisualObject):
    """A staccato dot, accent, tenuto, bowing and the like."""

    noteheads: list[Notehead] = field(default_factory=list)


class TremoloMark(VisualObject):
    """A tremolo stroke, through a stem or between two."""

    stem: Stem | None = None
    noteheads: list[Notehead] = field(default_factory=list)


class GraceSlash(VisualObject):
    """The stroke through the stem of an acciaccatura."""

    stem: Stem | None = None


class ArpeggioMark(VisualObject):
    """The wavy line before a chord (or a piece of it)."""

    noteheads: list[Notehead] = field(default_factory=list)


class FingeringMark(VisualObject):
    """A fingering."""

    noteheads: list[Notehead] = field(default_factory=list)


class ClusterMark(VisualObject):
    """The block of a cluster."""

    noteheads: list[Notehead] = field(default_factory=list)
