"""The lines of staves, systems and measures, and signs on a staff that do not belong to notes."""

from __future__ import annotations

from smashcima.scene.visual.visual_object import VisualObject


class StaffLine(VisualObject):
    """One line of a staff."""


class SystemStartLine(VisualObject):
    """The thin line that joins the staves at the left end of a system."""


class BarlineMark(VisualObject):
    """One stroke of a barline; a double or repeat barline has several with the same `semantic`."""


class RepeatDotMark(VisualObject):
    """A dot of a repeat barline."""


class BraceMark(VisualObject):
    """The brace of a grand staff."""


class BracketMark(VisualObject):
    """A segment of the bracket of a group of staves."""


class SystemDividerMark(VisualObject):
    """The strokes between two systems."""


class ClefMark(VisualObject):
    """A clef."""


class KeySignatureMark(VisualObject):
    """One accidental of a key signature."""


class TimeSignatureMark(VisualObject):
    """One digit or symbol of a time signature."""


class RestMark(VisualObject):
    """A rest."""


class MeasureRestMark(VisualObject):
    """The rest of a whole measure."""


class MultiRestMark(VisualObject):
    """The sign or the number of a rest of several measures."""


class MeasureRepeatMark(VisualObject):
    """The sign that repeats a beat, or one or more measures."""


class TablatureMark(VisualObject):
    """A number or letter of a tablature."""
