"""Release signs of the pedal (stars) beside the next pedal sign: Verovio draws both at one place if they have one time."""

from __future__ import annotations

from collections import defaultdict

from smashcima.engraving import Primitive, PrimitiveKind, Symbol

_RELEASE = "keyboardPedalUp"

_GAP_SS = 0.2
"""White space between a release sign and the next pedal sign."""

_ONE_ROW_SS = 1.0
"""Maximum difference in height of signs of one row."""


def part_pedal_signs(primitives: list[Primitive]) -> list[Primitive]:
    """The primitives, with each release sign that overlaps the next pedal sign moved to its left.

    It moves no further than to the sign before it.
    """
    rows: dict[tuple[int | None, int | None], list[int]] = defaultdict(list)
    for index, primitive in enumerate(primitives):
        if primitive.kind is PrimitiveKind.PEDAL and isinstance(primitive, Symbol):
            rows[primitive.place.system, primitive.place.staff].append(index)
    if not rows:
        return primitives
    result = list(primitives)
    for row in rows.values():
        for index in row:
            sign = primitives[index]
            if isinstance(sign, Symbol) and sign.name == _RELEASE:
                result[index] = _parted(sign, [primitives[other] for other in row if other != index])
    return result


def _parted(release: Symbol, others: list[Primitive]) -> Symbol:
    """A release sign left of the pedal sign that it overlaps."""
    space = release.scale_y
    left, _, right, _ = release.sides()
    y = release.origin.y
    before, after = -float("inf"), float("inf")
    for other in others:
        if isinstance(other, Symbol) and abs(other.origin.y - y) < _ONE_ROW_SS * space:
            start, _, end, _ = other.sides()
            if other.name != _RELEASE and (start + end) / 2 > (left + right) / 2:
                after = min(after, start)
            elif (start + end) / 2 < (left + right) / 2:
                before = max(before, end)
    # Signs that only come close stay where the engraver put them.
    if after >= right:
        return release
    shift = min(right - (after - _GAP_SS * space), max(left - before, 0.0))
    return release.with_coordinates((release.origin.x - shift, y))
