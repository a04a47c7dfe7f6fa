"""The words of PrIMuS, and where on the staff things stand."""

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
"""Accidentals that the agnostic encoding has, by MEI's names."""

KEYS: Mapping[int, str] = {
    -6: "GbM", -5: "DbM", -4: "AbM", -3: "EbM", -2: "BbM", -1: "FM", 0: "CM", 1: "GM", 2: "DM", 3: "AM", 4: "EM",
    5: "BM", 6: "F#M", 7: "C#M",
}  # fmt: skip
"""Key signatures by their number of sharps: always the major key, as in PrIMuS."""

CLEFS = frozenset({(ClefShape.G, 1), (ClefShape.G, 2), (ClefShape.F, 3), (ClefShape.F, 4), (ClefShape.F, 5),
                   (ClefShape.C, 1), (ClefShape.C, 2), (ClefShape.C, 3), (ClefShape.C, 4), (ClefShape.C, 5)})  # fmt: skip

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
"""Where the sharps of a key stand under each clef, 0 being the middle line. PrIMuS was engraved by Verovio, as our
pages are; a test compares the table with an engraving."""

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
"""The same for flats."""

LOWEST, HIGHEST = -12, 11
"""Positions that have a name: `L-3` to `S8`."""


def position_name(position: int) -> str:
    """The name of a place on the staff: `L3` is the middle line, `S3` the space above it."""
    return f"S{(position + 5) // 2}" if position % 2 else f"L{3 + position // 2}"


def dot_position(position: int) -> int:
    """Where the dot of a note stands: in the space of the note, or in that above its line."""
    return position if position % 2 else position + 1
