"""Signs and words above, below and between the staves."""

from __future__ import annotations

from smashcima.scene.visual.visual_object import VisualObject


class WordsMark(VisualObject):
    """Words in general; the base of all kinds of words."""

    text: str = ""
    """The characters; music symbols among them by their SMuFL code points."""


class DynamicMark(WordsMark):
    """A dynamic, as a symbol or in words."""


class LyricMark(WordsMark):
    """A syllable."""


class LyricLineMark(VisualObject):
    """A hyphen, extender line or elision between syllables."""


class TempoMark(WordsMark):
    """A tempo in words or as a metronome mark."""


class DirectionMark(WordsMark):
    """A playing instruction."""


class RehearsalMarkText(WordsMark):
    """A rehearsal mark."""


class EnclosureMark(VisualObject):
    """A box or circle around words."""


class HarmonyMark(WordsMark):
    """A chord symbol."""


class FiguredBassMark(WordsMark):
    """A figure of a figured bass."""


class MeasureNumberMark(WordsMark):
    """The number of a measure."""


class StaffLabelMark(WordsMark):
    """The name of an instrument before its staff."""


class TitleMark(WordsMark):
    """Title, composer and the like in the page head."""


class PageFootMark(WordsMark):
    """Words in the page foot."""


class OrnamentMark(VisualObject):
    """A trill, mordent, turn and the like."""


class FermataMark(VisualObject):
    """A fermata."""


class BreathMark(VisualObject):
    """A breath mark or caesura."""


class RepeatMarkSign(WordsMark):
    """Segno, coda, fine, da capo and the like."""


class GenericMark(VisualObject):
    """Something that the engraver drew and that has no class here."""
