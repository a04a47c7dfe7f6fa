"""What a layout draws on the staves of each measure, read from its primitives alone."""

from __future__ import annotations

from collections import defaultdict

from smashcima.engraving import Engraving, Primitive, PrimitiveKind, Symbol

Drawn = dict[tuple[int, int], list[str]]
"""SMuFL names from left to right, by index of the measure and number of the staff."""


def drawn(engraving: Engraving, kind: PrimitiveKind) -> Drawn:
    """The symbols of a kind, such as clefs, in the order in which they are drawn on each staff of each measure."""
    found: dict[tuple[int, int], list[tuple[float, str]]] = defaultdict(list)
    for primitive in _symbols(engraving, kind):
        found[_place(primitive)].append((primitive.origin.x, primitive.name))
    return {place: [name for _, name in sorted(symbols)] for place, symbols in found.items()}


def head_positions(engraving: Engraving) -> dict[tuple[int, int], list[int]]:
    """Staff positions of the noteheads from left to right: 0 is the middle line, +1 a step up."""
    found: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    staves = {(system.index, staff.number): staff for system in engraving.systems for staff in system.staves}
    for head in _symbols(engraving, PrimitiveKind.NOTEHEAD):
        staff = staves[head.place.system or 0, head.place.staff or 0]
        steps = (staff.middle_y - head.origin.y) / (staff.staff_space / 2)
        assert abs(steps - round(steps)) < 0.05, "a notehead between two positions"
        found[_place(head)].append((round(head.origin.x, 2), round(steps)))
    return {place: [step for _, step in sorted(heads)] for place, heads in found.items()}


def _symbols(engraving: Engraving, kind: PrimitiveKind) -> list[Symbol]:
    return [
        primitive
        for page in engraving.pages
        for primitive in page.primitives
        if primitive.kind is kind and isinstance(primitive, Symbol)
    ]


def _place(primitive: Primitive) -> tuple[int, int]:
    return primitive.place.measure or 0, primitive.place.staff or 0
