"""Parts of notes and rests: noteheads, ledger lines, stems, flags, dots, accidentals."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.engraving.drafting.staff_draft import StaffDraft
from smashcima.engraving.drafting.symbol_names import ACCIDENTALS, digit_names, flag_name, rest_name
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Symbol
from smashcima.scene.semantic import DurationType

STEM_SS = 0.1
"""Width of stems in staff spaces."""

GRACE_SCALE = 0.75
"""Size of grace notes relative to others."""

ACCIDENTAL_GAP_SS = 0.25
"""Usual distance between an accidental and its notehead in staff spaces."""

_LEDGER_SS = 0.122
"""Width of ledger lines in staff spaces."""

_LEDGER_REACH_SS = 0.29
"""Length of a ledger line beyond its notehead on each side, in staff spaces."""

_DOT_SS = 0.203
"""Radius of augmentation dots in staff spaces."""

_DOT_GAP_SS = 0.55
"""Distance from a notehead or rest to the centre of its first dot, in staff spaces."""

DOT_STEP_SS = 0.75
"""Distance between the centres of adjacent dots, in staff spaces."""

_MULTI_REST_END_SS = 0.2
"""Width of the vertical strokes at the ends of a multi-measure rest, in staff spaces."""

MULTI_REST_NUMBER = 7
"""Staff position of the number of a multi-measure rest."""

_REST_POSITIONS = {DurationType.WHOLE: 2}
"""Staff positions of the origins of rests; 0 for all others."""


def draw_notehead(
    draft: StaffDraft, name: str, x: float, position: int, element: str | None, scale: float = 1.0
) -> Symbol:
    """Draws a notehead with its left edge at `x`."""
    return draft.symbol(PrimitiveKind.NOTEHEAD, name, x, draft.y(position), element, scale)


def draw_ledger_lines(
    draft: StaffDraft,
    left: float,
    right: float,
    position: int,
    element: str | None,
    scale: float = 1.0,
    lines: int = 5,
) -> None:
    """Draws the ledger lines of a notehead that extends from `left` to `right`; none for positions in the staff."""
    draw_ledger_lines_of_chord(draft, [(left, right, position)], element, scale, lines)


def draw_ledger_lines_of_chord(
    draft: StaffDraft,
    heads: Sequence[tuple[float, float, int]],
    element: str | None,
    scale: float = 1.0,
    lines: int = 5,
) -> None:
    """Draws the ledger lines of several noteheads, each given by its left and right end and its position.

    Each line is under all noteheads on it and beyond it.
    """
    reach = _LEDGER_REACH_SS * draft.staff_space * scale
    for side in (1, -1):
        outermost = max((side * position for _, _, position in heads), default=0)
        for line in range(lines + 1, outermost + 1, 2):
            beyond = [(left, right) for left, right, position in heads if side * position >= line]
            start, end = min(left for left, _ in beyond) - reach, max(right for _, right in beyond) + reach
            y = draft.y(side * line)
            draft.line(PrimitiveKind.LEDGER_LINE, (start, y), (end, y), _LEDGER_SS, element)


def stem_foot(
    draft: StaffDraft, name: str, x: float, y: float, up: bool, scale: float = 1.0
) -> tuple[float, float]:
    """Point at which the stem of a notehead with its origin at (x, y) begins: the centre line of the stem."""
    half = STEM_SS * draft.staff_space / 2
    anchor = draft.anchor(name, "stemUpSE" if up else "stemDownNW", scale)
    if anchor is None:
        # Square and unusual noteheads have no anchors: the stem touches their right or left edge.
        left, _, right, _ = draft.extent(name, scale)
        return (x + right - half, y) if up else (x + left + half, y)
    return x + anchor.x + (-half if up else half), y + anchor.y


def draw_stem(draft: StaffDraft, foot: tuple[float, float], end_y: float, element: str | None) -> None:
    """Draws a stem from a notehead to `end_y`."""
    draft.line(PrimitiveKind.STEM, foot, (foot[0], end_y), STEM_SS, element)


def draw_flag(
    draft: StaffDraft,
    flags: int,
    up: bool,
    stem_x: float,
    end_y: float,
    element: str | None,
    scale: float = 1.0,
) -> None:
    """Draws the flag at the end of a stem; nothing without flags."""
    if flags > 0:
        x = stem_x - STEM_SS * draft.staff_space / 2
        draft.symbol(PrimitiveKind.FLAG, flag_name(flags, up), x, end_y, element, scale)


def draw_grace_slash(draft: StaffDraft, stem_x: float, end_y: float, up: bool, element: str | None) -> None:
    """Draws the slash through the stem of an acciaccatura."""
    unit = draft.staff_space
    side = 1.0 if up else -1.0
    start = (stem_x - 0.55 * unit, end_y + side * 1.55 * unit)
    end = (stem_x + 0.85 * unit, end_y + side * 0.55 * unit)
    draft.line(PrimitiveKind.GRACE_SLASH, start, end, STEM_SS, element)


def draw_dots(draft: StaffDraft, count: int, left: float, position: int, element: str | None) -> float:
    """Draws the augmentation dots right of `left`, in the space of the position or above its line; returns their right end."""
    unit = draft.staff_space
    y = draft.y(position if position % 2 else position + 1)
    x = left + _DOT_GAP_SS * unit
    for _ in range(count):
        draft.disc(PrimitiveKind.AUGMENTATION_DOT, x, y, _DOT_SS, element)
        x += DOT_STEP_SS * unit
    return left + dots_width(draft, count)


def dots_width(draft: StaffDraft, count: int) -> float:
    """Space that dots take right of a notehead or rest, in mm."""
    return (_DOT_GAP_SS + DOT_STEP_SS * (count - 1) + _DOT_SS) * draft.staff_space if count > 0 else 0.0


def draw_accidental(
    draft: StaffDraft, kind: str, x: float, position: int, element: str | None, scale: float = 1.0
) -> bool:
    """Draws an accidental (MEI name) with its origin at `x`; returns False if it has no symbol."""
    name = ACCIDENTALS.get(kind)
    if name is None:
        return False
    draft.symbol(PrimitiveKind.ACCIDENTAL, name, x, draft.y(position), element, scale)
    return True


def draw_rest(
    draft: StaffDraft,
    duration: DurationType,
    x: float,
    element: str | None,
    position: int | None = None,
    kind: PrimitiveKind = PrimitiveKind.REST,
) -> Symbol:
    """Draws a rest with its left edge at `x`.

    `position` is the staff position of its origin: the line from which a whole rest hangs or on which a half rest lies,
    the middle of other rests. By default, that of a single voice.
    """
    at = _REST_POSITIONS.get(duration, 0) if position is None else position
    return draft.symbol(kind, rest_name(duration), x, draft.y(at), element)


def draw_multi_rest(
    draft: StaffDraft, center_x: float, width: float, count: int, element: str | None
) -> None:
    """Draws the sign of a rest of several measures in the middle of the staff, and their number above it."""
    unit, middle, left = draft.staff_space, draft.middle_y, center_x - width / 2
    ends = _MULTI_REST_END_SS * unit
    for start, end, half in ((0.0, width, 0.5), (0.0, ends, 1.0), (width - ends, width, 1.0)):
        draft.box(
            PrimitiveKind.MULTI_REST,
            left + start,
            middle - half * unit,
            left + end,
            middle + half * unit,
            element,
        )
    names = digit_names(max(count, 1))
    draft.row_of_symbols(
        PrimitiveKind.MULTI_REST_NUMBER, names, center_x, draft.y(MULTI_REST_NUMBER), element
    )
