"""The symbols of notes and chords."""

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

    @property
    def notes(self) -> list[Note]:
        """The note, if there is one, in a list."""
        return [] if self.note is None else [self.note]

    @staticmethod
    def of_note(note: SceneObject) -> Notehead:
        """The head of a note; raises `NotExactlyOneError` if it has none or several."""
        return Notehead.of(note, "note")

    @staticmethod
    def of_note_or_none(note: SceneObject) -> Notehead | None:
        """The head of a note; `None` if it is not drawn."""
        return Notehead.of_or_none(note, "note")


class Stem(VisualObject):
    """A stem, of a note or of all notes of a chord."""

    noteheads: list[Notehead] = field(default_factory=list)

    @staticmethod
    def of_notehead(notehead: Notehead) -> Stem | None:
        """The stem of a notehead; `None` if it has none."""
        found = Stem.many_of(notehead, "noteheads")
        return found[0] if found else None


class Flag(VisualObject):
    """A flag at the end of a stem."""

    stem: Stem | None = None


class BeamSegment(VisualObject):
    """One straight segment of a beam at one level."""

    level: int = 1
    """Level: 1 for the outermost beam (eighth notes), 2 for sixteenths, and so on."""

    is_hook: bool = False
    """Whether it is a fractional beam, attached to one stem only."""

    stems: list[Stem] = field(default_factory=list)
    """The stems that it touches, from left to right."""

    chords: list[Chord | Note] = field(default_factory=list)
    """The notes or chords of these stems."""


class LedgerLine(VisualObject):
    """A ledger line."""

    noteheads: list[Notehead] = field(default_factory=list)
    """The noteheads on it, and those beyond it on the same side of the staff."""


class AccidentalMark(VisualObject):
    """An accidental before a note (or above it, for an editorial one)."""

    notehead: Notehead | None = None


class AugmentationDot(VisualObject):
    """An augmentation dot of a note, a chord or a rest."""

    noteheads: list[Notehead] = field(default_factory=list)
    """The notehead beside it; empty for the dot of a rest."""

    rest: VisualObject | None = None
    """The rest that it lengthens."""


class ArticulationMark(VisualObject):
    """An articulation: staccato dot, accent, tenuto, bowing and so on."""

    noteheads: list[Notehead] = field(default_factory=list)


class TremoloMark(VisualObject):
    """A tremolo stroke, through a stem or between two."""

    stem: Stem | None = None
    noteheads: list[Notehead] = field(default_factory=list)


class GraceSlash(VisualObject):
    """The stroke through the stem of an acciaccatura."""

    stem: Stem | None = None


class ArpeggioMark(VisualObject):
    """The wavy line before a chord, or a segment of it."""

    noteheads: list[Notehead] = field(default_factory=list)


class FingeringMark(VisualObject):
    """A fingering."""

    noteheads: list[Notehead] = field(default_factory=list)


class ClusterMark(VisualObject):
    """The block of a cluster."""

    noteheads: list[Notehead] = field(default_factory=list)
