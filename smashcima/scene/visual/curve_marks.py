"""Curves and lines that span notes."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.visual.note_marks import Notehead
from smashcima.scene.visual.spanner_mark import SpannerMark
from smashcima.scene.visual.visual_object import VisualObject


class SlurCurve(SpannerMark):
    """A slur, or the part of one in this system."""

    start_noteheads: list[Notehead] = field(default_factory=list)
    """Heads of the note or chord at which it starts; empty if that is in an earlier system."""

    end_noteheads: list[Notehead] = field(default_factory=list)
    """Heads of the note or chord at which it ends; empty if that is in a later system."""


class TieCurve(SpannerMark):
    """A tie, or the part of one in this system."""

    start_noteheads: list[Notehead] = field(default_factory=list)
    end_noteheads: list[Notehead] = field(default_factory=list)


class LaissezVibrerCurve(VisualObject):
    """A *laissez vibrer* tie, which has no end note."""

    start_noteheads: list[Notehead] = field(default_factory=list)


class HairpinMark(SpannerMark):
    """A crescendo or diminuendo wedge with both of its arms, or the part of one in this system."""


class TupletMark(VisualObject):
    """The number or a piece of the bracket of a tuplet."""


class VoltaMark(SpannerMark):
    """The bracket or the text of an ending."""


class OctaveMark(SpannerMark):
    """The sign or the line of an octave shift."""


class PedalMark(SpannerMark):
    """A pedal sign, or a piece of a pedal line."""


class GlissandoMark(SpannerMark):
    """A glissando line."""

    start_noteheads: list[Notehead] = field(default_factory=list)
    end_noteheads: list[Notehead] = field(default_factory=list)


class AnnotationLineMark(SpannerMark):
    """A line of an annotation."""


class ExtenderMark(SpannerMark):
    """A line or dashes that extend a direction, a dynamic or a trill."""
