"""Clefs, key signatures and time signatures."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.engraving.drafting.staff_draft import StaffDraft
from smashcima.engraving.drafting.symbol_names import ACCIDENTALS, digit_names
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Symbol

_KEY_GAP_SS = 0.05
"""Distance between adjacent accidentals of a key signature, in staff spaces."""

_TIME_SYMBOLS = {"common": "timeSigCommon", "cut": "timeSigCutCommon"}


def draw_clef(draft: StaffDraft, name: str, x: float, position: float, element: str | None) -> Symbol:
    """Draws a clef with its origin at `x`; `position` is that of the line of its pitch."""
    return draft.symbol(PrimitiveKind.CLEF, name, x, draft.y(position), element)


def draw_key(draft: StaffDraft, signs: Sequence[tuple[str, int]], x: float, element: str | None) -> float:
    """Draws a key signature from accidentals (MEI name, staff position), its left edge at `x`; returns its right edge.

    Accidentals without a symbol are omitted.
    """
    for kind, position in signs:
        name = ACCIDENTALS.get(kind)
        if name is None:
            continue
        left, _, right, _ = draft.extent(name)
        draft.symbol(PrimitiveKind.KEY_ACCIDENTAL, name, x - left, draft.y(position), element)
        x += right - left + _KEY_GAP_SS * draft.staff_space
    return x


def key_width(draft: StaffDraft, signs: Sequence[tuple[str, int]]) -> float:
    """Width of a key signature in mm."""
    boxes = [draft.extent(ACCIDENTALS[kind]) for kind, _ in signs if kind in ACCIDENTALS]
    return sum(right - left + _KEY_GAP_SS * draft.staff_space for left, _, right, _ in boxes)


def time_rows(
    symbol: str | None, count: str | None, unit: int | str | None
) -> list[tuple[tuple[str, ...], int]]:
    """Symbols of a time signature: rows of names with the staff position of each.

    `symbol` is `common` or `cut`. A single number is in the middle of the staff. Empty if nothing is drawn.
    """
    if symbol in _TIME_SYMBOLS:
        return [((_TIME_SYMBOLS[symbol],), 0)]
    upper, lower = digit_names(count or ""), digit_names("" if unit is None else unit)
    rows = [(upper, 2), (lower, -2)] if upper and lower else [(upper or lower, 0)]
    return [row for row in rows if row[0]]


def time_width(draft: StaffDraft, rows: Sequence[tuple[tuple[str, ...], int]]) -> float:
    """Width of a time signature in mm."""
    return max((sum(_width(draft, name) for name in names) for names, _ in rows), default=0.0)


def draw_time(
    draft: StaffDraft, rows: Sequence[tuple[tuple[str, ...], int]], center_x: float, element: str | None
) -> None:
    """Draws a time signature from its `time_rows`, centred at `center_x`."""
    for names, position in rows:
        draft.row_of_symbols(PrimitiveKind.TIME_SIGNATURE, names, center_x, draft.y(position), element)


def _width(draft: StaffDraft, name: str) -> float:
    left, _, right, _ = draft.extent(name)
    return right - left
