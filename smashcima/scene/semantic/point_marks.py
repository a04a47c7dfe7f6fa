"""Marks at a single point: dynamics, words, fermatas, ornaments, harmony, fingering."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.semantic.control_event import ControlEvent
from smashcima.scene.semantic.semantic_object import SemanticObject


class TextMark(ControlEvent):
    """Base of marks that consist of text, including mark-up."""


class Dynamic(TextMark):
    """A dynamic such as *mf*, or words such as *cresc.*"""

    tag = "dynam"


class Direction(TextMark):
    """A playing instruction: *dolce*, *rit.*, *pizz.*"""

    tag = "dir"


class Tempo(TextMark):
    """A tempo: words, a metronome mark, or both."""

    tag = "tempo"

    bpm: float | None = field(default=None, kw_only=True)
    """Playback tempo in quarter notes per minute, if specified in the source."""


class RehearsalMark(TextMark):
    """A rehearsal letter or number."""

    tag = "reh"


class OrnamentText(TextMark):
    """An ornament without a specific class, given by its sign or text."""

    tag = "ornam"


class Harmony(TextMark):
    """A chord symbol, or a container of figured bass."""

    tag = "harm"

    @property
    def figured_bass(self) -> FiguredBass | None:
        """The figures, if it is figured bass."""
        return self.child_of(FiguredBass)


class FiguredBass(SemanticObject):
    """The figures at one point, from top to bottom."""

    tag = "fb"

    @property
    def figures(self) -> list[Figure]:
        """The figures."""
        return self.children_of(Figure)


class Figure(SemanticObject):
    """One figure of a figured bass; `text` contains its digits and signs."""

    tag = "f"


class Fingering(TextMark):
    """The fingering of a note."""

    tag = "fing"


class Fermata(ControlEvent):
    """A fermata on a note, chord, rest or barline."""

    tag = "fermata"

    form: str | None = field(default=None, kw_only=True)
    """`norm`, or `inv` for inverted, if specified in the source."""

    shape: str | None = field(default=None, kw_only=True)
    """`curved`, `square` or `angular`, if specified in the source."""


class Ornament(ControlEvent):
    """Base of ornaments with a sign."""


class Trill(Ornament):
    """A trill, with or without a line."""

    tag = "trill"


class Mordent(Ornament):
    """A mordent, upper or lower."""

    tag = "mordent"

    form: str | None = field(default=None, kw_only=True)
    """`upper` or `lower`."""


class Turn(Ornament):
    """A turn."""

    tag = "turn"

    form: str | None = field(default=None, kw_only=True)
    """`upper` or `lower`."""


class Breath(ControlEvent):
    """A breath mark."""

    tag = "breath"


class Caesura(ControlEvent):
    """A caesura."""

    tag = "caesura"


class RepeatMark(TextMark):
    """Coda, segno, da capo, dal segno, fine."""

    tag = "repeatMark"

    function: str | None = field(default=None, kw_only=True)
    """`coda`, `segno`, `daCapo`, `dalSegno`, `fine`."""


class HarpPedal(ControlEvent):
    """A diagram of harp pedals."""

    tag = "harpPedal"


class MeasureNumber(ControlEvent):
    """An explicit measure number in the source."""

    tag = "mNum"


class OtherMark(ControlEvent):
    """A mark of a measure without a specific class. Keeps all its content."""

    tag: str = "annot"
    """Name of the MEI element."""
