"""Barlines at their places."""

from __future__ import annotations

from collections.abc import Sequence

from smashcima.engraving import Line, Place, PrimitiveKind
from smashcima.engraving.drafting import draw_barline_between
from smashcima.engraving.drafting.barlines import strokes_distance
from smashcima.loading.mro.layout.sheet import StaveSheet
from smashcima.notations.mro import MroBarline, MroBarlineShape
from smashcima.scene.semantic import BarlineForm

_FORMS = {
    MroBarlineShape.SINGLE: BarlineForm.SINGLE,
    MroBarlineShape.DOUBLE: BarlineForm.DOUBLE,
    MroBarlineShape.LEFT_REPEAT: BarlineForm.REPEAT_START,
    MroBarlineShape.RIGHT_REPEAT: BarlineForm.REPEAT_END,
    MroBarlineShape.BACK_TO_BACK_REPEAT: BarlineForm.REPEAT_BOTH,
    MroBarlineShape.THIN_THICK: BarlineForm.END,
}

_WIDEST = 2.5
"""Maximum distance between the outer strokes of a barline, relative to the usual distance."""

_MOST_SLANT_SS = 2.0
"""Maximum distance between the columns of a barline on two joined staves, in staff spaces."""


def draw_barline(stave: StaveSheet, barline: MroBarline, element: str) -> list[Line]:
    """Draws a barline on one stave and returns its strokes; invented barlines are not drawn."""
    if barline.is_invented:
        return []
    draft, form = stave.draft, _FORMS[barline.shape]
    left, right = sorted((stave.x(barline.left_line_units), stave.x(barline.right_line_units)))
    usual = strokes_distance(draft, form)
    if right - left > _WIDEST * usual or right - left < usual / _WIDEST:
        middle = (left + right) / 2
        left, right = middle - usual / 2, middle + usual / 2
    first = len(draft.primitives)
    draw_barline_between(draft, form, left, right, element)
    return [primitive for primitive in draft.primitives[first:] if isinstance(primitive, Line)]


def join_barlines(upper: Sequence[Line], lower: Sequence[Line], place: Place, stave: StaveSheet) -> None:
    """Draws the pieces of a barline between two joined staves; `place` is that of the measure in the system."""
    if len(upper) != len(lower):
        return
    for above, below in zip(upper, lower, strict=True):
        start, end = above.end, below.start
        if end.y > start.y and abs(end.x - start.x) <= _MOST_SLANT_SS * stave.draft.staff_space:
            stave.draft.add(Line(PrimitiveKind.BARLINE, place, above.element, start, end, above.width))
