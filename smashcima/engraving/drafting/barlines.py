"""Barlines and repeat signs."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.engraving.drafting.staff_draft import StaffDraft
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.scene.semantic import BarlineForm

_THIN_SS = 0.15
_THICK_SS = 0.5
_THIN_THIN_SS = 0.55
"""Distance between the centres of two thin strokes, in staff spaces."""
_THIN_THICK_SS = 0.72
_DOT_GAP_SS = 0.75
"""Distance from the centre of a repeat dot to that of the nearest stroke, in staff spaces."""

_STROKES: dict[BarlineForm, str] = {
    BarlineForm.SINGLE: "|",
    BarlineForm.DASHED: "|",
    BarlineForm.DOTTED: "|",
    BarlineForm.DOUBLE: "||",
    BarlineForm.DOUBLE_DASHED: "||",
    BarlineForm.DOUBLE_DOTTED: "||",
    BarlineForm.HEAVY: "T",
    BarlineForm.DOUBLE_HEAVY: "TT",
    BarlineForm.END: "|T",
    BarlineForm.REPEAT_START: "T|:",
    BarlineForm.REPEAT_END: ":|T",
    BarlineForm.REPEAT_BOTH: ":|T|:",
    BarlineForm.SEGNO: "||",
    BarlineForm.DOUBLE_SEGNO: "||",
    BarlineForm.INVISIBLE: "",
}
"""Strokes from left to right: thin (|), thick (T), and pairs of dots (:)."""


def barline_width(draft: StaffDraft, form: BarlineForm) -> float:
    """Width of a barline with its dots in mm; 0 if it is invisible."""
    offsets = _offsets(form)
    return (max(end for _, _, end in offsets) if offsets else 0.0) * draft.staff_space


def draw_barline(
    draft: StaffDraft,
    form: BarlineForm,
    x: float,
    element: str | None,
    top_y: float | None = None,
    bottom_y: float | None = None,
) -> float:
    """Draws a barline with its left edge at `x`, from `top_y` to `bottom_y`; returns its right edge.

    By default, it reaches from the top to the bottom staff line.
    """
    unit = draft.staff_space
    placed = [(stroke, x + center * unit) for stroke, center, _ in _offsets(form)]
    _draw_strokes(draft, placed, element, top_y, bottom_y)
    return x + barline_width(draft, form)


def draw_barline_between(
    draft: StaffDraft,
    form: BarlineForm,
    left_x: float,
    right_x: float,
    element: str | None,
    top_y: float | None = None,
    bottom_y: float | None = None,
) -> None:
    """Draws a barline with the centres of its outermost strokes at `left_x` and `right_x`; dots are at the usual distance.

    A single stroke is in the middle.
    """
    unit = draft.staff_space
    offsets = _offsets(form)
    lines = [center for stroke, center, _ in offsets if stroke != ":"]
    if not lines:
        return
    first, last = lines[0], lines[-1]
    middle = (left_x + right_x) / 2
    placed = []
    for stroke, center, _ in offsets:
        if first == last:
            x = middle + (center - first) * unit
        elif center < first:
            x = left_x + (center - first) * unit
        elif center > last:
            x = right_x + (center - last) * unit
        else:
            x = left_x + (right_x - left_x) * (center - first) / (last - first)
        placed.append((stroke, x))
    _draw_strokes(draft, placed, element, top_y, bottom_y)


def strokes_distance(draft: StaffDraft, form: BarlineForm) -> float:
    """Usual distance between the centres of the outermost strokes of a barline in mm."""
    lines = [center for stroke, center, _ in _offsets(form) if stroke != ":"]
    return (lines[-1] - lines[0]) * draft.staff_space if lines else 0.0


def _draw_strokes(
    draft: StaffDraft,
    placed: Sequence[tuple[str, float]],
    element: str | None,
    top_y: float | None,
    bottom_y: float | None,
) -> None:
    """Draws strokes and pairs of dots with their centres."""
    top = draft.y(4) if top_y is None else top_y
    bottom = draft.y(-4) if bottom_y is None else bottom_y
    for stroke, at in placed:
        if stroke == ":":
            left, _, right, _ = draft.extent("repeatDot")
            for position in (1, -1):
                draft.symbol(
                    PrimitiveKind.REPEAT_DOT, "repeatDot", at - (left + right) / 2, draft.y(position), element
                )
        else:
            width = _THICK_SS if stroke == "T" else _THIN_SS
            draft.line(PrimitiveKind.BARLINE, (at, top), (at, bottom), width, element)


def _offsets(form: BarlineForm) -> list[tuple[str, float, float]]:
    """Each stroke with its centre and right end from the left edge, in staff spaces."""
    strokes = _STROKES[form]
    found: list[tuple[str, float, float]] = []
    center = 0.0
    for index, stroke in enumerate(strokes):
        half = {"|": _THIN_SS / 2, "T": _THICK_SS / 2, ":": 0.2}[stroke]
        if index == 0:
            center = half
        elif ":" in (stroke, strokes[index - 1]):
            center += _DOT_GAP_SS
        else:
            center += _THIN_THIN_SS if stroke == strokes[index - 1] == "|" else _THIN_THICK_SS
        found.append((stroke, center, center + half))
    return found
