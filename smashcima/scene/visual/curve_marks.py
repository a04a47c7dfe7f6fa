"""Curves and lines that span notes."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.visual.note_marks import Notehead
from smashcima.scene.visual.visual_object import VisualObject


class SlurCurve(VisualObject):
    """A slur, or the part of one in this system."""

    start_noteheads: list[Notehead] = field(default_factory=list)
    """Heads of the note or chord at which it starts; empty if that is in an earlier system."""

    end_noteheads: list[Notehead] = field(default_factory=list)
    """Heads of the note or chord at which it ends; empty if that is in a later system."""


class TieCurve(VisualObject):
    """A tie, or the part of one in this system."""

    start_noteheads: list[Notehead] = field(default_factory=list)
    end_noteheads: list[Notehead] = field(default_factory=list)


class LaissezVibrerCurve(VisualObject):
    """A *laissez vibrer* tie, which has no end note."""

    start_noteheads: list[Notehead] = field(default_factory=list)


class HairpinMark(VisualObject):
    """A crescendo or diminuendo wedge, or the part of one in this system."""


class TupletMark(VisualObject):
    """The number or a piece of the bracket of a tuplet."""


class VoltaMark(VisualObject):
    """The bracket or the text of an ending."""


class OctaveMark(VisualObject):
    """The sign or the line of an octave shift."""


class PedalMark(VisualObject):
    """A pedal sign, or a piece of a pedal line."""


class GlissandoMark(VisualObject):
    """A glissando line."""

    start_noteheads: list[Notehead] = field(default_factory=list)
    end_noteheads: list[Notehead] = field(default_factory=list)


class AnnotationLineMark(VisualObject):
    """A line of an annotation."""


class ExtenderMark(VisualObject):
    """A line or dashes that extend a direction, a dynamic or a trill."""
