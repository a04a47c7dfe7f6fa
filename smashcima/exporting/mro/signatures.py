"""Clefs, key signatures and time signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence

from smashcima.exporting.mro.frames import StaveFrame
from smashcima.exporting.mro.losses import Losses
from smashcima.exporting.mro.marks import Mark
from smashcima.geometry import Rectangle
from smashcima.notations.mro import MroClef, MroClefShape, MroKeySignature, MroTimeSignature
from smashcima.scene.semantic import (
    Clef,
    ClefShape,
    KeySignature,
    TimeSignature,
    TimeSignatureGroup,
    TimeSymbol,
)

_CLEFS = {ClefShape.G: MroClefShape.TREBLE, ClefShape.F: MroClefShape.BASS, ClefShape.C: MroClefShape.ALTO}

_OCTAVE_CLEFS = {1: MroClefShape.TREBLE_UP_8, -1: MroClefShape.TREBLE_DOWN_8}

_USUAL_LINES = {ClefShape.G: 2, ClefShape.F: 4, ClefShape.C: 3}

_KEY_SIGNS = {"accidentalSharp": 1, "accidentalFlat": -1, "accidentalNatural": 0}

_MOST_FIFTHS = 7

_LARGEST_NUMBER = 10**9 - 1


def clef_of(clef: Clef, mark: Mark, frame: StaveFrame, losses: Losses) -> MroClef | None:
    """A clef; `None` if the format has no such clef."""
    effective = clef.effective
    shape = _CLEFS.get(effective.shape) if effective.shape is not None else None
    if shape is None or effective.shape is None:
        losses.tell(clef, "not written: the format has only G, F and C clefs")
        return None
    octaves = effective.octave_shift
    if octaves:
        if shape is MroClefShape.TREBLE and octaves in _OCTAVE_CLEFS:
            shape = _OCTAVE_CLEFS[octaves]
        else:
            losses.tell(clef, "written without its 8 or 15")
    line = _USUAL_LINES[effective.shape] if effective.line is None else effective.line
    return MroClef(shape, frame.centre(mark.box), 6 - 2 * line)


def key_signature_of(
    key: KeySignature, marks: Sequence[Mark], frame: StaveFrame, losses: Losses
) -> MroKeySignature | None:
    """A key signature from its accidentals; `None` if the format has no such key signature.

    Naturals that cancel an earlier key signature count nothing.
    """
    signs = [_KEY_SIGNS.get(mark.symbol) for mark in marks]
    written = [sign for sign in signs if sign]
    centre = frame.centre(Rectangle.hull(mark.box for mark in marks))
    if None in signs or len(set(written)) > 1 or len(written) > _MOST_FIFTHS:
        losses.tell(key, "not written: the format has only key signatures of up to seven sharps or flats")
        return None
    if key.is_free:
        losses.tell(key, "written as a number of sharps or flats")
    return MroKeySignature(sum(written), centre)


def time_signature_of(
    time: TimeSignature | TimeSignatureGroup, marks: Sequence[Mark], frame: StaveFrame, losses: Losses
) -> MroTimeSignature | None:
    """A time signature; `None` if the format has no such time signature."""
    first = time.signatures[0] if isinstance(time, TimeSignatureGroup) and time.signatures else time
    if not isinstance(first, TimeSignature):
        return None
    if first is not time:
        losses.tell(time, "written as its first time signature")
    count, unit = first.numbers
    numbers = [int(number) for number in re.findall(r"\d{1,9}", count or "")]
    if not numbers or unit is None:
        losses.tell(time, "not written: the format has only time signatures of two numbers")
        return None
    if count is not None and not count.strip().isdigit():
        losses.tell(time, f"its upper number {count!r} is written as {sum(numbers)}")
    is_symbol = any(mark.symbol in ("timeSigCommon", "timeSigCutCommon") for mark in marks)
    if first.symbol is TimeSymbol.OPEN:
        losses.tell(time, "its symbol is not written")
    centre = frame.centre(Rectangle.hull(mark.box for mark in marks))
    return MroTimeSignature(is_symbol, min(sum(numbers), _LARGEST_NUMBER), unit, centre)
