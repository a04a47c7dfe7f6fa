"""Marks at a place: dynamics, words, fermatas, ornaments, harmony, fingering."""

from __future__ import annotations

from dataclasses import field

from smashcima.scene.semantic.control_event import ControlEvent
from smashcima.scene.semantic.semantic_object import SemanticObject


class TextMark(ControlEvent):
    """Base of marks that consist of text, mark-up included."""


class Dynamic(TextMark):
    """A dynamic such as *mf*, or words such as *cresc.*"""

    tag = "dynam"


class Direction(TextMark):
    """Words that say how to play: *dolce*, *rit.*, *pizz.*"""

    tag = "dir"


class Tempo(TextMark):
    """A tempo: words, a metronome mark, or both."""

    tag = "tempo"

    bpm: float | None = field(default=None, kw_only=True)
    """Quarter notes per minute in which it is played, where the source says so."""


class RehearsalMark(TextMark):
    """A letter or number by which players find their place."""

    tag = "reh"


class OrnamentText(TextMark):
    """An ornament without a class of its own, by its sign or text."""

    tag = "ornam"


class Harmony(TextMark):
    """A chord symbol, or the holder of figured bass."""

    tag = "harm"

    @property
    def figured_bass(self) -> FiguredBass | None:
        """The figures, if it is figured bass."""
        return self.child_of(FiguredBass)


class FiguredBass(SemanticObject):
    """The figures at one place, from the top down."""

    tag = "fb"

    @property
    def figures(self) -> list[Figure]:
        """The figures."""
        return self.children_of(Figure)


class Figure(SemanticObject):
    """One figure of a figured bass; `text` has its digits and signs."""

    tag = "f"


class Fingering(TextMark):
    """The finger for a note."""

    tag = "fing"


class Fermata(ControlEvent):
    """A fermata on a note, chord, rest or barline."""

    tag = "fermata"

    form: str | None = field(default=None, kw_only=True)
    """`norm`, or `inv` for upside down, where the source says so."""

    shape: str | None = field(default=None, kw_only=True)
    """`curved`, `square` or `angular`, where the source says so."""


class Ornament(ControlEvent):
    """Base of the ornaments that have signs."""


class Trill(Ornament):
    """A trill, perhaps with a line."""

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
    """A measure number that the source asks for by itself."""

    tag = "mNum"


class OtherMark(ControlEvent):
    """A mark of a measure that has no class of its own here. Nothing in it is lost."""

    tag: str = "annot"
    """Name of the MEI element."""
