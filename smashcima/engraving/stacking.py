"""Engraved staves above and below another one, on the same page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TypeVar

from smashcima.engraving.engraving import EngravedPage, EngravedSystem, Engraving
from smashcima.engraving.page_belonging import BeamPiece, PageBelonging
from smashcima.engraving.page_content import Scaling
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Place, Primitive

_V = TypeVar("_V")

_INDICES = 100_000
"""Distance between the indices of measures of different staves, more than a staff has measures."""


def cut_to_width(engraving: Engraving, width: float) -> Engraving:
    """The engraving of one staff with staff lines of the given width in mm, without all that extends beyond them.

    Apply it before relations are found (`with_belonging`).
    """
    (page,) = engraving.pages
    (system,) = page.systems
    (staff,) = system.staves
    right = staff.left + width
    kept: list[Primitive] = []
    for primitive in page.primitives:
        if primitive.kind is PrimitiveKind.STAFF_LINE:
            x0, y0, _, y1 = primitive.coordinates()
            kept.append(primitive.with_coordinates((x0, y0, right, y1)))
        elif primitive.sides()[2] <= right:
            kept.append(primitive)
    measures = tuple(
        replace(measure, right=min(measure.right, right))
        for measure in system.measures
        if measure.left < right
    )
    cut = replace(system, staves=(replace(staff, right=right),), measures=measures)
    return replace(engraving, pages=(replace(page, systems=(cut,), primitives=tuple(kept)),))


def with_neighbours(
    main: Engraving, above: Engraving | None, below: Engraving | None, distance: float
) -> tuple[Engraving, float]:
    """Adds staves above and below an engraved staff, on a page that is high enough for all.

    Each engraving has one page with one system of one staff, and relations (`with_belonging`). Systems are numbered from
    top to bottom.

    Args:
        main: the engraving of the staff between the others.
        above: the engraving of the staff above.
        below: the engraving of the staff below.
        distance: distance between the middle lines of adjacent staves in mm.

    Returns:
        The engraving, and the distance in mm by which the main staff was moved down.
    """
    (page,) = main.pages
    staff = page.systems[0].staves[0]
    parts: list[tuple[EngravedPage, float, float]] = []
    for engraving, direction in ((above, -1), (main, 0), (below, 1)):
        if engraving is not None:
            (part,) = engraving.pages
            own = part.systems[0].staves[0]
            parts.append((part, staff.left - own.left, staff.middle_y + direction * distance - own.middle_y))
    shift = max(0.0, *(-dy for _, _, dy in parts))
    height = max(part.height + dy + shift for part, _, dy in parts)
    moved = [_moved(part, dx, dy + shift, number) for number, (part, dx, dy) in enumerate(parts)]
    joined = EngravedPage(
        page.index,
        page.width,
        height,
        tuple(system for part in moved for system in part.systems),
        tuple(primitive for part in moved for primitive in part.primitives),
        _joined(moved),
    )
    return replace(main, pages=(joined,)), shift


def _moved(page: EngravedPage, dx: float, dy: float, number: int) -> EngravedPage:
    """The page with its content moved, and with another number of its system."""
    move = Scaling(1.0, dx, dy)
    places: dict[Place, Place] = {}

    def placed(primitive: Primitive) -> Primitive:
        old = primitive.place
        if old not in places:
            measure = None if old.measure is None else old.measure + _INDICES * number
            places[old] = Place(old.page, number, measure, old.staff)
        return replace(move.of(primitive), place=places[old])

    systems = tuple(_renumbered(move.of_system(system), number) for system in page.systems)
    return replace(page, systems=systems, primitives=tuple(map(placed, page.primitives)))


def _renumbered(system: EngravedSystem, number: int) -> EngravedSystem:
    measures = tuple(
        replace(measure, index=measure.index + _INDICES * number, system=number)
        for measure in system.measures
    )
    return replace(system, index=number, measures=measures)


def _joined(pages: Iterable[EngravedPage]) -> PageBelonging:
    """Relations of several pages whose primitives follow one another on one page."""
    events: list[str | None] = []
    many: list[dict[int, tuple[int, ...]]] = [{}, {}, {}]
    one: list[dict[int, int]] = [{}, {}]
    ids: list[dict[int, str]] = [{}, {}]
    covered: dict[int, tuple[str, ...]] = {}
    beams: dict[int, BeamPiece] = {}
    strokes: list[tuple[int, ...]] = []
    barlines: list[tuple[int, ...]] = []
    single: set[int] = set()
    for page in pages:
        by, found = len(events), page.belonging
        assert found is not None, "apply with_belonging first"
        events.extend(found.events)
        for into, of in zip(many, (found.noteheads, found.start_noteheads, found.end_noteheads), strict=True):
            into.update({index: _plus(members, by) for index, members in _shifted(of, by).items()})
        for into_one, of_one in zip(one, (found.stems, found.rests), strict=True):
            into_one.update({index: other + by for index, other in _shifted(of_one, by).items()})
        for into_ids, of_ids in zip(ids, (found.start_events, found.end_events), strict=True):
            into_ids.update(_shifted(of_ids, by))
        covered.update(_shifted(found.covered_events, by))
        for index, piece in found.beams.items():
            beams[index + by] = BeamPiece(piece.level, _plus(piece.stems, by))
        strokes.extend(_plus(stroke, by) for stroke in found.barline_strokes)
        barlines.extend(_plus(barline, by) for barline in found.barlines)
        single.update(index + by for index in found.single_barlines)
    return PageBelonging(
        tuple(events), many[0], one[0], one[1], many[1], many[2], ids[0], ids[1], covered, beams,
        tuple(strokes), tuple(barlines), frozenset(single),
    )  # fmt: skip


def _shifted(mapping: Mapping[int, _V], by: int) -> dict[int, _V]:
    return {index + by: value for index, value in mapping.items()}


def _plus(indices: tuple[int, ...], by: int) -> tuple[int, ...]:
    return tuple(index + by for index in indices)
