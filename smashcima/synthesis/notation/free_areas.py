"""Space in measures without notes, for what a scribe writes there by mistake."""

from __future__ import annotations

from smashcima.engraving import EngravedPage, EngravedStaff, EngravedSystem, PrimitiveKind

_NARROWEST_BAR_SS = 2.2
"""Least free width of a bar in which wrong notes can have been crossed out."""

_CLEAR_SS = 0.7
"""Distance of wrong notes from what is right."""


def free_areas(page: EngravedPage, system: EngravedSystem) -> list[tuple[EngravedStaff, float, float]]:
    """Staves of a system with a measure rest, and the left and right end of the widest free space beside it, in mm."""
    found = []
    for rest in page.primitives:
        if rest.kind is not PrimitiveKind.MEASURE_REST or rest.place.system != system.index:
            continue
        measure = next((each for each in system.measures if each.index == rest.place.measure), None)
        staff = next((each for each in system.staves if each.number == rest.place.staff), None)
        if measure is None or staff is None or not staff.line_ys:
            continue
        clear = _CLEAR_SS * staff.staff_space
        others = [
            each.sides()
            for each in page.primitives
            if each is not rest
            and each.place == rest.place
            and each.kind not in (PrimitiveKind.STAFF_LINE, PrimitiveKind.LYRIC)
        ]
        left, _, right, _ = rest.sides()
        before = max((side[2] for side in others if side[0] < left), default=measure.left)
        after = min((side[0] for side in others if side[2] > right), default=measure.right)
        spans = [
            (max(before, measure.left) + clear, left - clear),
            (right + clear, min(after, measure.right) - clear),
        ]
        start, end = max(spans, key=lambda span: span[1] - span[0])
        if end - start >= _NARROWEST_BAR_SS * staff.staff_space:
            found.append((staff, start, end))
    return found
