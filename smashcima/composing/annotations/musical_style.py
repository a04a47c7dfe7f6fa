"""Frequencies of what occurs in musical annotations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields

from smashcima.errors import SettingsError

_CLEFS: Mapping[str, float] = {
    "clef.G-2": 50, "clef.F2": 20, "clef.C0": 8, "clef.C2": 6, "clef.C-4": 5, "clef.C-2": 2, "clef.F3": 1, "clef.F0": 1,
    "clef.C4": 1, "clef.G-4": 2,
}  # fmt: skip

_FIFTHS: Mapping[int, float] = {
    0: 8, 1: 7, -1: 7, 2: 6, -2: 6, 3: 4, -3: 4, 4: 2, -4: 2, 5: 0.6, -5: 0.6, 6: 0.3, -6: 0.3, 7: 0.1, -7: 0.1,
}  # fmt: skip

_TIMES: Mapping[str, float] = {
    "C": 22, "3/4": 20, "2/4": 14, "C/": 10, "6/8": 9, "4/4": 8, "3/8": 6, "3/2": 2, "2/2": 2, "9/8": 1, "6/4": 1, "4/2": 0.5,
    "5/4": 0.5, "7/8": 0.3, "5/8": 0.2,
}  # fmt: skip

_SIMPLE_CELLS: Mapping[str, float] = {
    "q": 24, "e e": 20, "h": 10, "h.": 4, "w": 4, "q. e": 7, "s s s s": 6, "e s s": 5, "e. s": 5, "s s e": 3, "s e s": 1, "e q e": 1.5,
    "h q": 0, "e/3 e/3 e/3": 1.5, "q/3 q/3 q/3": 0.4, "s/3 s/3 s/3 e": 0.3, "t t t t t t t t": 0.3, "s t t e": 0.4, "e s t t": 0.4,
    "e.. t": 0.3, "q.. s": 0.4, "s. t e": 0.3, "b": 0,
}  # fmt: skip

_COMPOUND_CELLS: Mapping[str, float] = {
    "q.": 20, "e e e": 22, "q e": 14, "h.": 8, "e. s e": 5, "e q": 2, "e e s s": 3, "s s e e": 2, "q s s": 3, "s s s s s s": 4, "w.": 1,
    "e s s s s": 1, "s t t e e": 0.3, "q. q e": 0,
}  # fmt: skip

_INTERVALS: Mapping[int, float] = {0: 12, 1: 46, 2: 20, 3: 9, 4: 6, 5: 3, 7: 3, 6: 1}


@dataclass(frozen=True, slots=True)
class MusicalStyle:
    """Frequencies of what occurs in musical annotations.

    Weights are relative; a weight of 0 excludes a value. Probabilities are from 0 to 1. Raises a `SettingsError` for
    values out of range.
    """

    measures: tuple[int, int] = (2, 6)
    """Smallest and largest number of measures."""

    clefs: Mapping[str, float] = field(default_factory=lambda: _CLEFS)
    """Weights of clefs."""

    fifths: Mapping[int, float] = field(default_factory=lambda: _FIFTHS)
    """Weights of key signatures, by the number of sharps, or of flats as a negative number."""

    times: Mapping[str, float] = field(default_factory=lambda: _TIMES)
    """Weights of time signatures: `C`, `C/`, or two numbers such as `3/4`."""

    simple_cells: Mapping[str, float] = field(default_factory=lambda: _SIMPLE_CELLS)
    """Weights of rhythms that begin on a beat in simple time, such as `e. s`: letters of note values with dots; `/3`
    marks the notes of a triplet."""

    compound_cells: Mapping[str, float] = field(default_factory=lambda: _COMPOUND_CELLS)
    """Weights of rhythms that begin on a beat of three eighths."""

    intervals: Mapping[int, float] = field(default_factory=lambda: _INTERVALS)
    """Weights of the steps between consecutive notes, in either direction."""

    range: tuple[int, int] = (-7, 7)
    """Lowest and highest staff position."""

    shows_clef: float = 0.97
    shows_key: float = 0.95
    """Probability that the key signature is written, unless it has no accidentals."""

    shows_time: float = 0.8
    pickup: float = 0.15
    """Probability of an incomplete first measure."""

    ends_with_barline: float = 0.85
    repeat: float = 0.06
    """Probability that the music is a repeated section."""

    clef_change: float = 0.015
    """Probability at each measure after the first; likewise for key and time."""

    key_change: float = 0.02
    time_change: float = 0.01

    rest: float = 0.07
    """Probability that a note is replaced by a rest."""

    measure_rest: float = 0.03
    """Probability that a measure is a rest: one of a whole note, or of two or four measures."""

    chromatic: float = 0.05
    """Probability of an accidental at a note."""

    slur: float = 0.09
    """Probability that a slur begins at a note."""

    slur_notes: tuple[int, int] = (2, 6)
    """Smallest and largest number of notes under a slur."""

    tie: float = 0.03
    """Probability that a note is tied to the previous one."""

    staccato: float = 0.06
    tenuto: float = 0.012
    accent: float = 0.02
    marcato: float = 0.008
    trill: float = 0.012
    """Probability at notes of a quarter and longer."""

    plus: float = 0.004
    fermata: float = 0.12
    """Probability at the last note; a tenth of it at other notes of a half and longer."""

    extensions: bool = False
    """Whether extensions occur: grace notes, dynamics, mordents, turns, final barlines."""

    grace: float = 0.03
    """Probability of grace notes before a note, with extensions."""

    dynamic: float = 0.03
    """Probability of a dynamic at a note, with extensions."""

    ornament: float = 0.01
    """Probability of a mordent or turn at a note, with extensions."""

    def __post_init__(self) -> None:
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, float) and not 0 <= value <= 1:
                raise SettingsError(f"{each.name} is a probability from 0 to 1, not {value}.")
            if isinstance(value, Mapping) and (not any(value.values()) or min(value.values()) < 0):
                raise SettingsError(f"{each.name} requires weights of at least 0, not all 0: {dict(value)}.")
            if isinstance(value, tuple) and value[0] > value[1]:
                raise SettingsError(f"{each.name} is a pair of a lower and an upper limit, not {value}.")
        if self.measures[0] < 1 or self.slur_notes[0] < 2 or not -12 <= self.range[0] <= self.range[1] <= 12:
            raise SettingsError(
                "A MusicalStyle has at least 1 measure, at least 2 notes under a slur, and a range within -12 to 12; "
                f"given: {self.measures}, {self.slur_notes}, {self.range}."
            )
