"""What the names in tokens mean in the scene: note values, signs, shapes."""

from __future__ import annotations

from collections.abc import Mapping

from smashcima.scene.semantic import BarlineForm, ClefShape, DurationType

DURATION_TYPES: Mapping[str, DurationType] = {
    "l": DurationType.LONG,
    "b": DurationType.BREVE,
    "w": DurationType.WHOLE,
    "h": DurationType.HALF,
    "q": DurationType.QUARTER,
    "e": DurationType.EIGHTH,
    "s": DurationType.N16TH,
    "t": DurationType.N32ND,
    "u": DurationType.N64TH,
    "v": DurationType.N128TH,
}
"""Note values by letter."""

ACCIDENTAL_KINDS: Mapping[str, str] = {"#": "s", "b": "f", "N": "n", "x": "x", "bb": "ff"}
"""MEI names of accidentals by sign."""

CLEF_SHAPES: Mapping[str, ClefShape] = {
    "G": ClefShape.G,
    "F": ClefShape.F,
    "C": ClefShape.C,
    "perc": ClefShape.PERCUSSION,
}
"""Shapes of clefs by name."""

BARLINE_FORMS: Mapping[str, BarlineForm] = {
    "|": BarlineForm.SINGLE,
    "|:": BarlineForm.REPEAT_START,
    ":|": BarlineForm.REPEAT_END,
    ":|:": BarlineForm.REPEAT_BOTH,
    "~||": BarlineForm.DOUBLE,
    "~|]": BarlineForm.END,
}
"""Forms of barlines by token."""

UNKNOWN_TYPE = "unknown"
"""`type` in the MEI of a space that stands for `?`."""

TUPLET_NUMBER_TYPE = "number-at-"
"""Beginning of the `type` in the MEI of a tuplet; after it, the index of the note at which the number is written.

Without a `type`, the number is at the middle note: see `number_place`."""


def number_place(count: int) -> int:
    """Index of the event at which the number of a tuplet of `count` events is written by default."""
    return (count - 1) // 2


def tuplet_base(number: int) -> int:
    """Number of notes in whose time those of a tuplet are played: 2 for 3, 4 for 5 to 7, 3 for 2 and 4."""
    if number in (2, 4):
        return 3
    base = 2
    while base * 2 < number:
        base *= 2
    return 6 if number == 8 else base
