"""Slurs and ties between the drawn notes of a staff."""

from __future__ import annotations

from collections.abc import Iterable

from smashcima.engravers.staff.drawn_event import DrawnEvent
from smashcima.engraving import PrimitiveKind
from smashcima.engraving.drafting import StaffDraft, draw_curve
from smashcima.scene.semantic import Slur, Tie

_GAP_SS = 0.35
"""Distance between the end of a curve and the notehead or stem next to it, in staff spaces."""

_HEAD_SS = 0.5
"""Half the height of a notehead in staff spaces."""

_CLEARANCE_SS = 0.5
"""Minimum distance between a curve and the notes below it, in staff spaces."""

_BETWEEN_HEADS_SS = 1.3
"""Minimum distance of noteheads between which a curve is drawn; otherwise it is drawn above or below them."""

_LEAST_SS, _MOST_SS = 0.65, 2.4
"""Range of the height of a curve without obstacles, in staff spaces."""

_HIGHEST_SS = 6.0
"""Maximum height of a curve over obstacles, in staff spaces."""


def draw_slur_or_tie(
    draft: StaffDraft,
    curve: Slur | Tie,
    start: DrawnEvent | None,
    end: DrawnEvent | None,
    drawn: Iterable[DrawnEvent],
) -> bool:
    """Draws a slur or tie around the notes and rests in `drawn` between its ends.

    Returns False if an end is `None`.
    """
    if start is None or end is None or start.left >= end.left:
        return False
    above = _is_above(curve, start, end)
    unit = draft.staff_space
    side = 1.0 if above else -1.0
    between = [each for each in drawn if start.left < each.left < end.left]
    room = end.left - start.right
    is_flat = start.position == end.position and not between and room >= _BETWEEN_HEADS_SS * unit
    if is_flat:
        # As a tie: between the noteheads.
        lift = side * 0.25 * unit
        first = (start.right + 0.1 * unit, start.head_y - lift)
        last = (end.left - 0.1 * unit, end.head_y - lift)
    else:
        first, last = (_tip(each, above, unit) for each in (start, end))
    if last[0] - first[0] < 0.8 * unit:
        first = (start.center_x, first[1])
        last = (max(end.center_x, first[0] + 0.8 * unit), last[1])
    length = last[0] - first[0]
    height = min(max(0.12 * length + 0.35 * unit, _LEAST_SS * unit), _MOST_SS * unit)
    if is_flat:
        height = min(height, 1.2 * unit)
    for each in between:
        share = min(max((each.center_x - first[0]) / length, 0.12), 0.88)
        chord = first[1] + (last[1] - first[1]) * share
        obstacle = (chord - each.top if above else each.bottom - chord) + _CLEARANCE_SS * unit
        height = max(height, min(obstacle / (4 * share * (1 - share)), _HIGHEST_SS * unit))
    kind = PrimitiveKind.TIE if isinstance(curve, Tie) else PrimitiveKind.SLUR
    draw_curve(draft, kind, first, last, side * height, curve.id)
    return True


def _is_above(curve: Slur | Tie, start: DrawnEvent, end: DrawnEvent) -> bool:
    """The side given in the score; otherwise that of the noteheads, or above if the stems differ."""
    if curve.direction in ("above", "below"):
        return curve.direction == "above"
    return not (_stem_up(start) and _stem_up(end))


def _stem_up(event: DrawnEvent) -> bool:
    """Whether the stem points up; notes without a stem as if they had one."""
    return event.up if event.stem_x is not None else event.position < 0


def _tip(event: DrawnEvent, above: bool, unit: float) -> tuple[float, float]:
    """The end of a curve at an event: beyond its notehead, or beside the end of its stem."""
    if event.stem_x is not None and event.up == above:
        return event.stem_x, (event.top - _GAP_SS * unit if above else event.bottom + _GAP_SS * unit)
    reach = (_HEAD_SS + _GAP_SS) * unit
    if above:
        return event.center_x, min(event.head_y - reach, event.top - _GAP_SS * unit)
    return event.center_x, max(event.head_y + reach, event.bottom + _GAP_SS * unit)
