"""Staff positions of the accidentals of a key signature under each clef."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smashcima.scene.semantic.clef import Clef, ClefShape
from smashcima.scene.semantic.key_signature import SHARP_ORDER, KeyAccidental, KeySignature
from smashcima.scene.semantic.pitch import Pitch

SHARP_POSITIONS: Mapping[tuple[ClefShape, int], tuple[int, ...]] = {
    (ClefShape.G, 1): (2, -1, 3, 0, -3, 1, -2),
    (ClefShape.G, 2): (4, 1, 5, 2, -1, 3, 0),
    (ClefShape.C, 1): (-1, -4, 0, -3, 1, -2, 2),
    (ClefShape.C, 2): (1, -2, 2, -1, 3, 0, 4),
    (ClefShape.C, 3): (3, 0, 4, 1, -2, 2, -1),
    (ClefShape.C, 4): (-2, 2, -1, 3, 0, 4, 1),
    (ClefShape.C, 5): (0, -3, 1, -2, 2, -1, 3),
    (ClefShape.F, 3): (0, -3, 1, -2, 2, -1, 3),
    (ClefShape.F, 4): (2, -1, 3, 0, -3, 1, -2),
    (ClefShape.F, 5): (4, 1, 5, 2, -1, 3, 0),
}
"""Positions of seven sharps by shape and line of the clef; 0 is the middle line, +1 a step up. These are Verovio's
positions; a test compares them with an engraving."""

FLAT_POSITIONS: Mapping[tuple[ClefShape, int], tuple[int, ...]] = {
    (ClefShape.G, 1): (-2, 1, -3, 0, -4, -1, -5),
    (ClefShape.G, 2): (0, 3, -1, 2, -2, 1, -3),
    (ClefShape.C, 1): (2, -2, 1, -3, 0, -4, -1),
    (ClefShape.C, 2): (-3, 0, -4, -1, 2, -2, 1),
    (ClefShape.C, 3): (-1, 2, -2, 1, -3, 0, -4),
    (ClefShape.C, 4): (1, 4, 0, 3, -1, 2, -2),
    (ClefShape.C, 5): (3, -1, 2, -2, 1, -3, 0),
    (ClefShape.F, 3): (3, -1, 2, -2, 1, -3, 0),
    (ClefShape.F, 4): (-2, 1, -3, 0, -4, -1, -5),
    (ClefShape.F, 5): (0, 3, -1, 2, 5, 1, 4),
}
"""Positions of seven flats by shape and line of the clef."""


def key_positions(fifths: int, clef: Clef | None) -> tuple[int, ...]:
    """Staff positions of the accidentals of a traditional key signature, from left to right.

    `fifths` is the number of sharps, or of flats as a negative number; beyond seven, the positions repeat. Without a
    clef, the positions are those of a treble clef. Under clefs without a usual order, each accidental is drawn within
    three steps of the middle line.
    """
    shape, line = _key_of(clef)
    table = SHARP_POSITIONS if fifths > 0 else FLAT_POSITIONS
    seven = table.get((shape, line))
    if seven is None:
        assert clef is not None
        order = SHARP_ORDER if fifths > 0 else SHARP_ORDER[::-1]
        seven = tuple(_near_the_middle(Pitch(step, 4).diatonic - clef.middle_diatonic()) for step in order)
    return tuple(seven[index % 7] for index in range(abs(fifths)))


def key_signs(key: KeySignature, clef: Clef | None) -> list[tuple[str, int]]:
    """Accidentals of a key signature under a clef, from left to right: MEI name and staff position."""
    if key.is_free:
        return [(sign.kind, _position(sign, clef or Clef())) for sign in key.accidentals]
    fifths = key.fifths or 0
    return [("s" if fifths > 0 else "f", position) for position in key_positions(fifths, clef)]


def _position(sign: KeyAccidental, clef: Clef) -> int:
    """Staff position of an accidental of a free key signature: as given, else in its octave, else the usual one."""
    if sign.staff_position is not None or sign.step is None:
        return sign.staff_position or 0
    if sign.octave is not None:
        return clef.pitch_position(Pitch(sign.step, sign.octave))
    flat = sign.kind.startswith("f")
    order = SHARP_ORDER[::-1] if flat else SHARP_ORDER
    return key_positions(-7 if flat else 7, clef)[order.index(sign.step)]


def fifths_of_signs(signs: Sequence[tuple[str, int]], clef: Clef | None) -> int | None:
    """Number of sharps, or of flats as a negative number, of accidentals at the positions of a traditional key signature.

    `signs` are MEI names with staff positions, from left to right. `None` if they are not one to seven sharps or flats
    at `key_positions`.
    """
    kinds = {kind for kind, _ in signs}
    if not 1 <= len(signs) <= 7 or kinds not in ({"s"}, {"f"}):
        return None
    fifths = len(signs) if kinds == {"s"} else -len(signs)
    return fifths if key_positions(fifths, clef) == tuple(position for _, position in signs) else None


def _key_of(clef: Clef | None) -> tuple[ClefShape, int]:
    """Shape and line of a clef, 0 for one off the lines; clefs without pitches count as treble clefs."""
    if clef is None or not clef.has_pitch:
        return ClefShape.G, 2
    effective = clef.effective
    if effective.staff_position is not None:
        return effective.shape or ClefShape.G, 0
    shape = ClefShape.G if effective.shape in (None, ClefShape.DOUBLE_G) else effective.shape
    assert shape is not None
    return shape, effective.line or {ClefShape.F: 4, ClefShape.C: 3}.get(shape, 2)


def _near_the_middle(position: int) -> int:
    return (position + 3) % 7 - 3
