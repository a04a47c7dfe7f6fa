"""What applies to a voice, or to a whole tune, while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from smashcima.loading.abc.accidentals import DEFAULT_PROPAGATION, PROPAGATIONS
from smashcima.notations.abc import FREE_METER, NO_KEY, SHORTHANDS, TREBLE, ClefName, Key, Meter, Properties

_MIDDLES = {"G": 32, "C": 28, "F": 24}
"""Diatonic number of the note on the line of a clef: G4, C4, F3."""


@dataclass(slots=True)
class Settings:
    """What applies to all voices of a tune."""

    symbols: dict[str, str] = field(default_factory=lambda: dict(SHORTHANDS))
    """What letters stand for: decorations with their delimiters, or quoted texts."""

    propagation: str = DEFAULT_PROPAGATION
    """How far accidentals reach."""

    writeout: str = "none"
    """Which accidentals of the key are not in the key signature: `none`, `added` (those beyond the mode) or `all`."""

    line_breaks: frozenset[str] = frozenset({"<EOL>", "$"})
    """What starts a new system: `<EOL>`, `$`, `!`."""

    follows_2_1: bool = False
    """Whether the tune declares version 2.1 of the standard."""

    numbers_measures: bool = False
    """Whether measure numbers are drawn, at the start of each system."""

    def apply(self, name: str, value: str) -> bool:
        """Applies a directive; returns whether it is known."""
        if name == "propagate-accidentals" and value in PROPAGATIONS:
            self.propagation = value
        elif name == "writeout-accidentals" and value in ("none", "added", "all"):
            self.writeout = value
        elif name == "linebreak":
            given = frozenset(value.split()) & {"<EOL>", "$", "!"}
            self.line_breaks = given | ({"$"} if "!" in given else set())
        elif name in ("barnumbers", "measurenb") and value in ("-1", "0"):
            self.numbers_measures = value == "0"
        elif name == "continueall":
            self.line_breaks = frozenset({"!", "$"})
        else:
            return name in ("abc-version", "abc-charset", "abc-creator", "decoration")
        return True


@dataclass(frozen=True, slots=True)
class VoiceState:
    """What is in force in a voice."""

    key: Key = NO_KEY
    meter: Meter = FREE_METER
    unit: Fraction = Fraction(1, 8)
    """The unit note length, in whole notes."""

    properties: Properties = field(default_factory=Properties)

    @property
    def clef(self) -> ClefName:
        """The clef, with the line that the property `middle` requires."""
        clef = self.properties.clef or TREBLE
        line, _ = placed_by_middle(clef, self.properties.middle)
        return replace(clef, line=line)

    @property
    def written_octaves(self) -> int:
        """Octaves from the letter of a note to the written pitch."""
        clef = self.properties.clef or TREBLE
        _, octaves = placed_by_middle(clef, self.properties.middle)
        return (self.properties.octave or 0) + clef.octaves + octaves

    @property
    def transposition(self) -> int:
        """Semitones from the written to the sounding pitch."""
        clef = self.properties.clef or TREBLE
        _, octaves = placed_by_middle(clef, self.properties.middle)
        return (self.properties.transpose or 0) - 12 * octaves


def placed_by_middle(clef: ClefName, middle: int | None) -> tuple[int | None, int]:
    """The line of a clef, and octaves from the letters to the written pitches, so that a note is on the middle line.

    `middle` moves the clef to another line, or, as `middle=d` in a bass clef, tells in which octave the letters are.
    """
    if middle is None or clef.shape not in _MIDDLES or clef.line is None:
        return clef.line, 0
    usual = _MIDDLES[clef.shape] - 2 * (clef.line - 3)
    steps = middle - usual
    for octaves in sorted(range(-5, 6), key=lambda number: abs(steps - 7 * number)):
        rest = steps - 7 * octaves
        if rest % 2 == 0 and 1 <= clef.line - rest // 2 <= 5:
            return clef.line - rest // 2, -octaves
    return clef.line, 0


def merged(old: Properties, new: Properties) -> Properties:
    """Properties of which the newer ones replace the older."""
    changes = {
        name: value
        for name in ("clef", "middle", "octave", "transpose", "lines", "name", "subname", "stem")
        if (value := getattr(new, name)) is not None
    }
    if new.clef is not None and new.middle is None:
        changes["middle"] = None  # a new clef has its usual middle
    return replace(old, **changes)
