"""Plain words for places, pitches and heights in messages."""

from __future__ import annotations

from fractions import Fraction

from smashcima.scene.semantic import Measure
from smashcima.scene.visual import SystemMeasure, SystemStaff
from smashcima.verifying.drawn_page import DrawnPage
from smashcima.verifying.staff_heights import StaffHeights

_LETTERS = "CDEFGAB"


def place_words(drawn: DrawnPage, row: int) -> str:
    """`measure 12, staff 2`, as far as it is known."""
    return where_words(drawn.measures[row], drawn.staves[row])


def where_words(measure: SystemMeasure | None, staff: SystemStaff | None) -> str:
    """`measure 12, staff 2`, as far as it is known."""
    parts = []
    if measure is not None:
        parts.append(measure_words(measure))
    if staff is not None:
        parts.append(f"staff {staff.number}")
    return ", ".join(parts) or "page"


def measure_words(measure: SystemMeasure) -> str:
    """`measure 12`, by its printed number."""
    semantic = measure.semantic
    printed = semantic.n if isinstance(semantic, Measure) else None
    return f"measure {printed}" if printed else f"measure {measure.index + 1} without a number"


def pitch_words(diatonic: int, alter: int | Fraction | None) -> str:
    """`F#5`; `F?5` if the alteration is unknown."""
    if alter is None:
        sign = "?"
    elif alter != int(alter):
        sign = f"({float(alter):+g})"
    else:
        sign = "#" * int(alter) if alter > 0 else "b" * int(-alter)
    return f"{_LETTERS[diatonic % 7]}{sign}{diatonic // 7}"


def position_words(position: int, heights: StaffHeights) -> str:
    """`line 5`, `space 1`, `2 steps above the staff`; lines and spaces are counted from the lowest."""
    lines = heights.line_count or 5
    step = position + lines - 1
    if 0 <= step <= 2 * (lines - 1):
        return f"line {step // 2 + 1}" if step % 2 == 0 else f"space {step // 2 + 1}"
    beyond = step - 2 * (lines - 1) if step > 0 else -step
    side = "above" if step > 0 else "below"
    return f"{beyond} step{'s' if beyond > 1 else ''} {side} the staff"


def accidental_words(name: str) -> str:
    """`sharp` for `accidentalSharp`."""
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return words.removeprefix("accidental").strip()
