"""Names of PrIMuS for durations, accidentals, keys and clefs."""

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

ACCIDENTAL_KINDS: Mapping[str, str] = {name: kind for kind, name in ACCIDENTALS.items()}
"""MEI names of the accidentals of the agnostic encoding."""

KEYS: Mapping[int, str] = {
    -6: "GbM", -5: "DbM", -4: "AbM", -3: "EbM", -2: "BbM", -1: "FM", 0: "CM", 1: "GM", 2: "DM", 3: "AM", 4: "EM",
    5: "BM", 6: "F#M", 7: "C#M",
}  # fmt: skip
"""Key signatures by the number of sharps; always the major key, as in PrIMuS."""

DURATION_TYPES: Mapping[str, DurationType] = {name: kind for kind, name in DURATIONS.items()}
"""Durations by their names in PrIMuS."""

BEAMED_DURATIONS: Mapping[int, DurationType] = {
    0: DurationType.QUARTER, **{kind.flags: kind for kind in DURATIONS if kind.flags},
}  # fmt: skip
"""Durations by the number of beams; 0 occurs in PrIMuS, at quarter notes inside a beam."""

FIFTHS: Mapping[str, int] = {name: fifths for fifths, name in KEYS.items()}
"""Numbers of sharps by the names of keys."""

CLEFS = frozenset({(ClefShape.G, 1), (ClefShape.G, 2), (ClefShape.F, 3), (ClefShape.F, 4), (ClefShape.F, 5),
                   (ClefShape.C, 1), (ClefShape.C, 2), (ClefShape.C, 3), (ClefShape.C, 4), (ClefShape.C, 5)})  # fmt: skip
