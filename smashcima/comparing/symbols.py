"""Symbols that are counted when two scores are compared, by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

KINDS: Mapping[str, str] = {
    "clef": "each clef, and each change of clef",
    "key": "each key signature, as a whole",
    "time": "each time signature, as a whole",
    "barline": "each barline of each staff, with its form; the start of a repeat",
    "ending": "each first, second, ... ending",
    "pitch": "the step and octave of each notehead, or its staff position if it has no pitch",
    "notehead": "each notehead of an unusual form",
    "accidental": "each accidental that is drawn, with its form",
    "tie": "each end of a tie",
    "duration": "the note value of each note or chord",
    "rest": "each rest, with its note value",
    "dot": "each augmentation dot of a note, chord or rest",
    "grace": "each grace note or chord",
    "beam": "the start, middle or end of a beam at each note or chord under it",
    "tuplet": "the start and the end of each tuplet, with its ratio",
    "tremolo": "each note or chord with a tremolo",
    "slur": "each end of a slur",
    "articulation": "each staccato, accent, breath mark, ...",
    "ornament": "each trill, mordent, turn, ...",
    "fermata": "each fermata",
    "arpeggio": "each arpeggio sign",
    "glissando": "each glissando",
    "fingering": "each fingering",
    "lyric": "each syllable, with its hyphen",
    "dynamic": "each dynamic made of letters, such as mf",
    "hairpin": "each hairpin, by its form",
    "text": "each tempo, direction or rehearsal mark, with its text",
    "chord symbol": "each chord symbol",
    "figured bass": "each group of figures",
    "octave line": "each octave line",
    "pedal": "each pedal sign",
    "repeat sign": "signs that repeat a beat or measure; segno, coda, da capo, ...",
    "other": "any other mark",
}
"""Kinds of symbols, with what is counted."""


class Symbol(NamedTuple):
    """A symbol: its kind, one of `KINDS`, and what distinguishes it from others of its kind."""

    kind: str
    value: str

    def __str__(self) -> str:
        return f"{self.kind} {self.value}".rstrip()


@dataclass(frozen=True, slots=True)
class SymbolGroup:
    """Symbols at one place, whose order among themselves does not count, such as a notehead and its accidental."""

    symbols: tuple[Symbol, ...]
    """The symbols, sorted."""

    measure: int
    """Index of the measure in the score."""

    @staticmethod
    def of(measure: int, *symbols: Symbol) -> SymbolGroup:
        """Makes a group of symbols in any order."""
        return SymbolGroup(tuple(sorted(symbols)), measure)


@dataclass(frozen=True, slots=True)
class StaffSymbols:
    """All symbols of a staff in their order in time."""

    groups: tuple[SymbolGroup, ...]
    measures: tuple[str, ...]
    """The printed number of each measure of the score, or its index from 1 if it has none."""
