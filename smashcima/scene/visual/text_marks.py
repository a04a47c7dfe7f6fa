"""Signs and words above, below and between the staves."""

from __future__ import annotations

from smashcima.scene.visual.visual_object import VisualObject


class TextMark(VisualObject):
    """Words in general; the base of all kinds of words."""

    text: str = ""
    """The characters; music symbols among them by their SMuFL code points."""


class DynamicMark(TextMark):
    """A dynamic, as a symbol or in words."""


class LyricMark(TextMark):
    """A syllable."""


class LyricLineMark(VisualObject):
    """A hyphen, extender line or elision between syllables."""


class TempoMark(TextMark):
    """A tempo in words or as a metronome mark."""


class DirectionMark(TextMark):
    """A playing instruction."""


class RehearsalMarkText(TextMark):
    """A rehearsal mark."""


class EnclosureMark(VisualObject):
    """A box or circle around words."""


class HarmonyMark(TextMark):
    """A chord symbol."""


class FiguredBassMark(TextMark):
    """A figure of a figured bass."""


class MeasureNumberMark(TextMark):
    """The number of a measure."""


class StaffLabelMark(TextMark):
    """The name of an instrument before its staff."""


class TitleMark(TextMark):
    """Title, composer and the like in the page head."""


class PageFootMark(TextMark):
    """Words in the page foot."""


class OrnamentMark(VisualObject):
    """A trill, mordent, turn and the like."""


class FermataMark(VisualObject):
    """A fermata."""


class BreathMark(VisualObject):
    """A breath mark or caesura."""


class RepeatMarkSign(TextMark):
    """Segno, coda, fine, da capo and the like."""


class GenericMark(VisualObject):
    """Something that the engraver drew and that has no class here."""
