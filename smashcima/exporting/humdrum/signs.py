"""Tokens of `**kern`: durations, pitches, clefs, keys, times, barlines."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from smashcima.scene.semantic import (
    BarlineForm,
    Clef,
    ClefShape,
    Duration,
    DurationType,
    KeySignature,
    Measure,
    Pitch,
    TimeSignature,
    TimeSignatureGroup,
    TimeSymbol,
)

_LONG = {DurationType.BREVE: "0", DurationType.LONG: "00", DurationType.MAXIMA: "000"}

ARTICULATIONS: Mapping[str, str] = {
    "stacc": "'", "acc": "^", "ten": "~", "stacciss": "`", "marc": "^^", "spicc": "s", "upbow": "v", "dnbow": "u",
    "ten-stacc": "~'", "snap": '"',
}  # fmt: skip
"""Articulations, by MEI name."""

_BARLINES: Mapping[BarlineForm, str] = {
    BarlineForm.DOUBLE: "||",
    BarlineForm.DASHED: ":",
    BarlineForm.DOTTED: ".",
    BarlineForm.HEAVY: "!",
    BarlineForm.INVISIBLE: "-",
    BarlineForm.REPEAT_END: ":|!",
    BarlineForm.REPEAT_START: "!|:",
    BarlineForm.REPEAT_BOTH: ":|!|:",
}


def recip(duration: Duration | None, length: Fraction) -> str:
    """Duration in kern, the reciprocal of its length: 4 is a quarter, 12 an eighth in a triplet."""
    if duration is None:
        duration = Duration.of_quarter_length(length)
        if duration is None:
            return _reciprocal(length)
    dots = "." * duration.dots
    if not length or length == duration.quarter_length:
        if duration.type in _LONG:
            return _LONG[duration.type] + dots
        return _reciprocal(duration.type.quarter_length) + dots
    return _reciprocal(duration.type.quarter_length * length / duration.quarter_length) + dots


def _reciprocal(length: Fraction) -> str:
    value = Fraction(4) / length
    return str(value.numerator) if value.denominator == 1 else f"{value.numerator}%{value.denominator}"


def pitch_name(pitch: Pitch, octaves: int) -> str:
    """Pitch without accidentals: `c` is middle C, `cc` the one above, `C` the one below."""
    octave = pitch.octave + octaves
    letter = pitch.step.value
    return letter * (octave - 3) if octave >= 4 else letter.upper() * (4 - octave)


def alter_name(pitch: Pitch) -> str:
    """Accidentals of a pitch: `#`, `--`; empty for a natural. Microtones are rounded towards it."""
    alter = int(pitch.alter)
    return "#" * alter if alter > 0 else "-" * -alter


def clef(found: Clef) -> str:
    """Clef token, such as `*clefF4`, `*clefGv2`."""
    shape = found.shape or ClefShape.G
    if shape is ClefShape.PERCUSSION:
        return "*clefX"
    letter = "G" if shape in (ClefShape.DOUBLE_G, ClefShape.TAB) else shape.value
    octaves = found.octave_shift - (1 if shape is ClefShape.DOUBLE_G else 0)
    moved = {-2: "vv", -1: "v", 0: "", 1: "^", 2: "^^"}.get(octaves, "")
    line = found.line or {ClefShape.F: 4, ClefShape.C: 3}.get(shape, 2)
    return f"*clef{letter}{moved}{line}"


def key(found: KeySignature, under: Clef | None) -> str:
    """Key signature token, such as `*k[b-e-]`. Signs at positions are named according to the clef."""
    signs = (
        step.value + ("#" * int(alter) if alter > 0 else "-" * int(-alter))
        for step, alter in found.alters_under(under).items()
    )
    return f"*k[{''.join(signs)}]"


def times(found: TimeSignature | TimeSignatureGroup) -> list[str]:
    """Time signature token: `*M2/2`, and `*met(c|)` if it is drawn as a symbol."""
    signatures = found.signatures if isinstance(found, TimeSignatureGroup) else [found]
    made: list[str] = []
    for time in signatures[:1]:
        count, unit = time.numbers
        if count is not None and unit:
            made.append(f"*M{count}/{unit}")
        symbol = {TimeSymbol.COMMON: "c", TimeSymbol.CUT: "c|"}.get(time.symbol) if time.symbol else None
        if symbol is not None:
            made.append(f"*met({symbol})")
    return made


def barline(before: Measure | None, after: Measure | None) -> str:
    """Barline between two measures, with the number of the second; `==` at the end."""
    right = before.right if before is not None else None
    left = after.left if after is not None else None
    if after is None and right is BarlineForm.END:
        return "=="
    form = right
    if left is BarlineForm.REPEAT_START:
        form = BarlineForm.REPEAT_BOTH if right in (BarlineForm.REPEAT_END, BarlineForm.REPEAT_BOTH) else left
    elif form in (None, BarlineForm.SINGLE):
        form = left
    number = str(after.number) if after is not None and after.number is not None else ""
    style = _BARLINES.get(form, "|!" if form is BarlineForm.END else "") if form is not None else ""
    if before is None and not style:
        style = "-"
    return f"={number}{style}"
