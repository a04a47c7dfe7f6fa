"""Vocabulary of PrIMuS, and positions on the staff."""

from __future__ import annotations

from collections.abc import Mapping

from smashcima.scene.semantic import ClefShape, DurationType

DURATIONS: Mapping[DurationType, str] = {
    DurationType.LONG: "quadruple_whole",
    DurationType.BREVE: "double_whole",
    DurationType.WHOLE: "whole",
    DurationType.HALF: "half",
    DurationType.QUARTER: "quarter",
    DurationType.EIGHTH: "eighth",
    DurationType.N16TH: "sixteenth",
    DurationType.N32ND: "thirty_second",
    DurationType.N64TH: "sixty_fourth",
    DurationType.N128TH: "hundred_twenty_eighth",
}

ACCIDENTALS: Mapping[str, str] = {"s": "sharp", "f": "flat", "n": "natural"}
"""Accidentals of the agnostic encoding, by MEI name."""

KEYS: Mapping[int, str] = {
    -6: "GbM", -5: "DbM", -4: "AbM", -3: "EbM", -2: "BbM", -1: "FM", 0: "CM", 1: "GM", 2: "DM", 3: "AM", 4: "EM",
    5: "BM", 6: "F#M", 7: "C#M",
}  # fmt: skip
"""Key signatures by the number of sharps; always the major key, as in PrIMuS."""

CLEFS = frozenset({(ClefShape.G, 1), (ClefShape.G, 2), (ClefShape.F, 3), (ClefShape.F, 4), (ClefShape.F, 5),
                   (ClefShape.C, 1), (ClefShape.C, 2), (ClefShape.C, 3), (ClefShape.C, 4), (ClefShape.C, 5)})  # fmt: skip

LOWEST, HIGHEST = -12, 11
"""Named positions: `L-3` to `S8`."""


def position_name(position: int) -> str:
    """Name of a position on the staff: `L3` is the middle line, `S3` the space above it."""
    return f"S{(position + 5) // 2}" if position % 2 else f"L{3 + position // 2}"


def dot_position(position: int) -> int:
    """Position of the dot of a note: the space of the note, or the one above its line."""
    return position if position % 2 else position + 1
