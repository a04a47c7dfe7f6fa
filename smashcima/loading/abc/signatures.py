"""Clefs, key signatures and time signatures as objects of a score."""

from __future__ import annotations

from dataclasses import replace

from smashcima.loading.abc.accidentals import KINDS
from smashcima.loading.abc.voice_state import Settings
from smashcima.notations.abc import ClefName, Key, KeySign, Meter, alters_of_fifths, diatonic_of
from smashcima.scene.semantic import (
    Clef,
    ClefShape,
    KeyAccidental,
    KeySignature,
    MeiAttributes,
    Step,
    TimeSignature,
    TimeSymbol,
)

_MOST_FIFTHS = 7

_LINES_OF_STAFF = 4
"""Largest distance, in steps, of a line from the middle of a staff."""

_SYMBOLS = {"C": TimeSymbol.COMMON, "C|": TimeSymbol.CUT}


def clef_of(name: ClefName) -> Clef | None:
    """The clef with a name; `None` for a staff without one."""
    return None if name.shape is None else Clef(ClefShape(name.shape), name.line, name.octaves)


def time_signature_of(meter: Meter) -> TimeSignature:
    """The time signature of a metre; that of free metre is not drawn."""
    if meter.count is None:
        return TimeSignature(symbol=TimeSymbol.OPEN, mei=MeiAttributes(visible="false"))
    return TimeSignature(meter.count, meter.unit, _SYMBOLS.get(meter.symbol or ""))


def key_signature_of(key: Key, clef: ClefName, settings: Settings) -> KeySignature:
    """The key signature of a key, as far as it is written as one."""
    if settings.writeout == "all":
        return KeySignature(0)
    signs = () if settings.writeout == "added" else key.signs
    if settings.writeout == "added" and key.is_explicit:
        return KeySignature(0)
    if not signs and abs(key.fifths) <= _MOST_FIFTHS:
        return KeySignature(key.fifths, key.mode)
    names = {sign.letter.upper() for sign in signs}
    of_mode = () if key.is_explicit else alters_of_fifths(key.fifths).items()
    drawn = [(KeySign(letter, alter), False) for letter, alter in of_mode if letter not in names]
    drawn += ((sign, True) for sign in signs)
    for fifths in range(-_MOST_FIFTHS, _MOST_FIFTHS + 1):
        usual = list(alters_of_fifths(fifths).items())
        if [(sign.letter.upper(), sign.alter) for sign, _ in drawn] == usual:
            return KeySignature(fifths)
    return KeySignature(None, children=[_key_accidental(sign, clef, is_placed) for sign, is_placed in drawn])


def has_same_signature(key: Key, other: Key) -> bool:
    """Whether two keys look the same, such as D dorian and A minor."""
    return (key.fifths, key.signs, key.is_explicit) == (other.fifths, other.signs, other.is_explicit)


def with_naturals(key: Key, before: Key) -> Key:
    """A key without a signature, with the naturals that cancel a key given sign by sign.

    (The engraver itself cancels signatures with a number of sharps or flats.)
    """
    if key.signs or key.fifths or not before.signs or not before.alters:
        return key
    return replace(key, signs=tuple(KeySign(letter, 0) for letter in before.alters), is_explicit=True)


def _key_accidental(sign: KeySign, clef: ClefName, is_placed: bool) -> KeyAccidental:
    """An accidental of a free signature: in the octave that its letter tells, if that is within the staff."""
    diatonic = diatonic_of(sign.letter, "")
    made = clef_of(clef)
    middle = (made or Clef()).middle_diatonic()
    octave = diatonic // 7 if is_placed and abs(diatonic - middle) <= _LINES_OF_STAFF + 1 else None
    return KeyAccidental(Step(sign.letter.lower()), KINDS[sign.alter], octave)
