"""Pitches: a step, an octave and an alteration."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from smashcima._moved import FormerAttributes
from smashcima.errors import SettingsError
from smashcima.scene.semantic.frozen_value import FrozenValue

Alter = int | Fraction
"""An alteration in semitones: 1 is a sharp, -1 a flat, `Fraction(1, 2)` a quarter-tone sharp."""

_STEP_SEMITONES = (0, 2, 4, 5, 7, 9, 11)
_TEXT = re.compile(r"([A-Ga-g])(#{1,3}|x|b{1,3}|n?)(-?\d+)$")
_ALTER_OF_TEXT: dict[str, int] = {
    "": 0,
    "n": 0,
    "#": 1,
    "##": 2,
    "x": 2,
    "###": 3,
    "b": -1,
    "bb": -2,
    "bbb": -3,
}


class Step(Enum):
    """The seven letters; the value is the letter in lower case, as MEI and Humdrum write it."""

    C = "c"
    D = "d"
    E = "e"
    F = "f"
    G = "g"
    A = "a"
    B = "b"

    @property
    def index(self) -> int:
        """0 for C up to 6 for B."""
        return _INDEX[self._value_]

    @property
    def semitones(self) -> int:
        """Semitones above C: 0 2 4 5 7 9 11."""
        return _STEP_SEMITONES[_INDEX[self._value_]]

    @classmethod
    def at(cls, index: int) -> Step:
        """The step with an index modulo 7: 7 is C again."""
        return _STEPS[index % 7]


_STEPS = tuple(Step)
_INDEX = {step.value: index for index, step in enumerate(Step)}


@dataclass(frozen=True)
class Pitch(FormerAttributes, FrozenValue):
    """A pitch such as B flat 4, written or sounding depending on the context."""

    step: Step
    octave: int
    """Octave in scientific pitch notation: octave 4 begins with middle C."""

    alter: Alter = 0
    """Alteration of the step in semitones, by accidentals or the key."""

    @classmethod
    def parse(cls, text: str) -> Pitch:
        """Parses text such as `C4`, `Bb3`, `F#5`, `Gx4`, `Ebb2`; raises `SettingsError` for anything else.

        >>> Pitch.parse("Bb3").midi
        58
        """
        found = _TEXT.match(text.strip())
        if found is None:
            raise SettingsError(
                f"{text!r} is not a pitch; write a letter, # or b, and an octave, such as 'Bb4'."
            )
        return cls(Step(found[1].lower()), int(found[3]), _ALTER_OF_TEXT[found[2]])

    @classmethod
    def of_diatonic(cls, diatonic: int, alter: Alter = 0) -> Pitch:
        """The pitch `diatonic` steps above C0 (the inverse of `Pitch.diatonic`)."""
        return cls(Step.at(diatonic), diatonic // 7, alter)

    @property
    def diatonic(self) -> int:
        """Diatonic steps above C0, without the alteration: 28 for middle C."""
        return self.octave * 7 + _INDEX[self.step._value_]

    @property
    def midi(self) -> Alter:
        """MIDI key number: 60 for middle C; a fraction for microtones."""
        return (self.octave + 1) * 12 + _STEP_SEMITONES[_INDEX[self.step._value_]] + self.alter

    def transposed(self, diatonic: int, semitones: Alter) -> Pitch:
        """The pitch transposed by an interval, given in both diatonic steps and semitones."""
        if not diatonic and not semitones:
            return self
        moved = Pitch.of_diatonic(self.diatonic + diatonic)
        return Pitch(moved.step, moved.octave, self.midi + semitones - moved.midi)

    def __str__(self) -> str:
        alter = self.alter
        if alter != int(alter):
            return f"{self.step.name}({float(alter):+g}){self.octave}"
        return f"{self.step.name}{'#' * int(alter) if alter > 0 else 'b' * int(-alter)}{self.octave}"
