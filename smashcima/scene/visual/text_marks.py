"""Signs and text above, below and between the staves."""

from __future__ import annotations

from smashcima.scene.visual.visual_object import VisualObject


class WordsMark(VisualObject):
    """Text of any kind; the base of the specific kinds."""

    text: str = ""
    """The characters; music symbols are SMuFL code points."""


class DynamicMark(WordsMark):
    """A dynamic, as a symbol or as text."""


class LyricMark(WordsMark):
    """A syllable."""


class LyricLineMark(VisualObject):
    """A hyphen, extender line or elision between syllables."""


class TempoMark(WordsMark):
    """A tempo, as text or as a metronome mark."""


class DirectionMark(WordsMark):
    """A playing instruction."""


class RehearsalMarkText(WordsMark):
    """A rehearsal mark."""


class EnclosureMark(VisualObject):
    """A box or circle around text."""


class HarmonyMark(WordsMark):
    """A chord symbol."""


class FiguredBassMark(WordsMark):
    """A figure of a figured bass."""


class MeasureNumberMark(WordsMark):
    """The number of a measure."""


class StaffLabelMark(WordsMark):
    """The name of an instrument before its staff."""


class TitleMark(WordsMark):
    """Title, composer and so on in the page head."""


class PageFootMark(WordsMark):
    """Text in the page foot."""


class OrnamentMark(VisualObject):
    """A trill, mordent, turn or other ornament."""


class FermataMark(VisualObject):
    """A fermata."""


class BreathMark(VisualObject):
    """A breath mark or caesura."""


class RepeatMarkSign(WordsMark):
    """A repeat mark: segno, coda, fine, da capo and so on."""


class GenericMark(VisualObject):
    """An engraved object without a specific class."""
