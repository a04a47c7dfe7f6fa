"""Alterations of notes: by accidentals, earlier ones of the bar, and the key."""

from __future__ import annotations

import re
from fractions import Fraction

from smashcima.notations.abc import Key
from smashcima.scene.semantic import Alter

PROPAGATIONS = ("not", "octave", "pitch")
"""How far an accidental reaches: to its note, or to the end of the bar in its octave or in all octaves."""

DEFAULT_PROPAGATION = "pitch"

_SIGN = re.compile(r"(\^{1,2}|_{1,2}|=)(?:(\d*)/(\d*))?$")

_ALTERS = {"^": 1, "^^": 2, "_": -1, "__": -2, "=": 0}

KINDS: dict[Alter, str] = {
    -2: "ff", Fraction(-3, 2): "3qf", -1: "f", Fraction(-1, 2): "1qf", 0: "n",
    Fraction(1, 2): "1qs", 1: "s", Fraction(3, 2): "3qs", 2: "x",
}  # fmt: skip
"""MEI names of the accidentals that are drawn, by alteration in semitones."""


def parse_accidental(text: str) -> tuple[Alter, bool]:
    """The alteration of an accidental such as `^`, `__` or `^3/2`, in semitones, and whether it is exact.

    A fraction is one of a semitone: `^/` and `^1/2` are a quarter tone. Others than quarter tones are rounded to them.
    """
    found = _SIGN.match(text)
    assert found is not None  # the pattern of the token
    alter = _ALTERS[found[1]]
    if found[2] is None:
        return alter, True
    denominator = int(found[3] or 2)
    exact = alter * Fraction(int(found[2] or 1), denominator) if denominator else Fraction(alter)
    nearest = min(KINDS, key=lambda known: abs(known - exact))
    return nearest, nearest == exact


class AccidentalsOfBar:
    """The accidentals of the current bar of one voice."""

    def __init__(self) -> None:
        self._in_force: dict[int | str, Alter] = {}

    def start_bar(self) -> None:
        """Forgets the accidentals of the previous bar."""
        self._in_force = {}

    def alter(self, letter: str, diatonic: int, key: Key) -> Alter:
        """The alteration of a note without an accidental."""
        for place in (diatonic, letter):
            if place in self._in_force:
                return self._in_force[place]
        return key.alters.get(letter, 0)

    def mark(self, letter: str, diatonic: int, alter: Alter, propagation: str) -> None:
        """Records an accidental at a note."""
        if propagation == "octave":
            self._in_force[diatonic] = alter
        elif propagation == "pitch":
            self._in_force[letter] = alter
