"""Music on ruled paper: all staves of a page have one distance, and those that are not needed stay empty.

In MUSCIMA++, the top lines of adjacent staves are 8.1 to 8.3 staff spaces apart; paper with 10 to 14 staves on A4 has
9 to 14.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from smashcima.engraving import (
    EngravedPage,
    EngravedStaff,
    EngravedSystem,
    Engraving,
    Line,
    Margins,
    Place,
    Primitive,
    PrimitiveKind,
    with_belonging,
)
from smashcima.geometry import Point
from smashcima.placement.own_layout import ruled_to_the_margin
from smashcima.placement.system_skylines import SystemSkyline, skylines_of
from smashcima.placement.vertical_shifts import VerticalShifts
from smashcima.scene.semantic import Chord, Note, Rest, Score

_WIDEST_SS = 14.0
_STEP_SS = 0.25

_NEXT_PAGES_SS = 3.0
"""Distance of the top line of the first staff of later pages from the top margin, in staff spaces."""

_EDGE = 5.0
"""Minimum distance of the music from the upper and lower edge of the page, in mm."""

_MOST_SKIPPED = 1
"""Maximum number of staves left empty between two systems."""


@dataclass(frozen=True, slots=True)
class _Home:
    """The place of a system on ruled paper."""

    page: int
    row: int
    """Row of its first staff on the page, from 0."""


def on_ruled_paper(engraving: Engraving, score: Score, pitch_ss: float, margins: Margins) -> Engraving:
    """The engraving on ruled paper: staves at equal distances, filled from the top, and empty staves to the foot.

    Systems are divided among pages anew. Where the music needs more room than `pitch_ss`, the paper has larger distances,
    and staves between systems are left empty. Nothing changes if staves differ in size or number of lines, if notes are
    written across staves, or if no distance up to 14 staff spaces has enough room.

    Args:
        engraving: the engraving of a score; it is not modified.
        score: the engraved score.
        pitch_ss: smallest distance of the top lines of adjacent staves, in staff spaces.
        margins: the margins of the pages.

    Returns:
        The engraving with relations (`with_belonging`).
    """
    space = _common_space(engraving)
    if space is None or _has_cross_staff_events(score):
        return engraving
    ruled = _ruled_to_one_side(engraving, margins)
    skylines = [skyline for page in ruled.pages for skyline in skylines_of(page)]
    page = engraving.pages[0]
    first = page.systems[0].staves[0].line_ys[0] if page.systems else skylines[0].top
    starts = (first, margins.top + _NEXT_PAGES_SS * space)
    for pitch in np.arange(pitch_ss, _WIDEST_SS + _STEP_SS, _STEP_SS) * space:
        homes = _homes(skylines, float(pitch), starts, page.height)
        if homes is not None:
            moved = _moved(ruled, homes, float(pitch), starts, margins)
            return with_belonging(moved, score)
    return engraving


def _ruled_to_one_side(engraving: Engraving, margins: Margins) -> Engraving:
    """The engraving with staves that all end at the right margin, or where the longest one ends."""
    ends = [staff.right for system in engraving.systems for staff in system.staves]
    width = engraving.pages[0].width
    return ruled_to_the_margin(engraving, width - max(width - margins.right, *ends))


def _common_space(engraving: Engraving) -> float | None:
    """Staff space of all staves; `None` if they differ, or if one has not five lines."""
    staves = [staff for system in engraving.systems for staff in system.staves]
    if not staves or any(not system.staves for system in engraving.systems):
        return None
    space = staves[0].staff_space
    alike = all(len(s.line_ys) == 5 and abs(s.staff_space - space) < 1e-6 for s in staves)
    return space if alike else None


def _has_cross_staff_events(score: Score) -> bool:
    return any(
        event.cross_staff is not None for kind in (Chord, Note, Rest) for event in score.descendants(kind)
    )


def _homes(
    skylines: list[SystemSkyline], pitch: float, starts: tuple[float, float], height: float
) -> list[_Home] | None:
    """The places of all systems with this distance of staves; `None` if there is not enough room."""
    if any(need > pitch for skyline in skylines for need in skyline.inner_needs()):
        return None
    homes: list[_Home] = []
    before: SystemSkyline | None = None
    for skyline in skylines:
        home = None
        if before is not None:
            last = homes[-1]
            steps = max(1, int(np.ceil(before.need_above(skyline) / pitch)))
            if steps > 1 + _MOST_SKIPPED:
                return None
            row = last.row + before.staff_count - 1 + steps
            home = _fitting(_Home(last.page, row), skyline, pitch, starts, height)
        if home is None:
            page = homes[-1].page + 1 if homes else 0
            home = _fitting(_Home(page, 0), skyline, pitch, starts, height)
            if home is None and page > 0:
                home = _fitting(_Home(page, 1), skyline, pitch, starts, height)
        if home is None:
            return None
        homes.append(home)
        before = skyline
    return homes


def _fitting(
    home: _Home, skyline: SystemSkyline, pitch: float, starts: tuple[float, float], height: float
) -> _Home | None:
    """The place itself if a system fits on the page there, otherwise `None`."""
    first = starts[min(home.page, 1)] + home.row * pitch
    last = first + (skyline.staff_count - 1) * pitch
    fits = last + skyline.below <= height - _EDGE and (home == _Home(0, 0) or first - skyline.above >= _EDGE)
    return home if fits else None


def _moved(
    engraving: Engraving, homes: list[_Home], pitch: float, starts: tuple[float, float], margins: Margins
) -> Engraving:
    """The engraving with its systems at their places, and with empty staves."""
    systems: list[list[EngravedSystem]] = [[] for _ in range(homes[-1].page + 1)]
    primitives: list[list[Primitive]] = [[] for _ in systems]
    used: list[set[int]] = [set() for _ in systems]
    remaining = iter(homes)
    for page in engraving.pages:
        shifts: dict[int, tuple[VerticalShifts, int]] = {}
        for system in page.systems:
            home = next(remaining)
            y = starts[min(home.page, 1)] + home.row * pitch
            tops = [y + number * pitch for number in range(len(system.staves))]
            used[home.page].update(home.row + number for number in range(len(system.staves)))
            shift = VerticalShifts(page, system, tops)
            shifts[system.index] = shift, home.page
            systems[home.page].append(_moved_system(system, tops, home.page))
        places: dict[Place, Place] = {}
        for index, primitive in enumerate(page.primitives):
            found = shifts.get(primitive.place.system) if primitive.place.system is not None else None
            if found is None:
                primitives[min(page.index, len(systems) - 1)].append(primitive)
                continue
            shift, number = found
            moved = shift.of(index, primitive)
            if number != page.index:
                place = primitive.place
                moved = replace(moved, place=places.setdefault(place, replace(place, page=number)))
            primitives[number].append(moved)
    pages = []
    for number, (own, content) in enumerate(zip(systems, primitives, strict=True)):
        sample = engraving.pages[min(number, len(engraving.pages) - 1)]
        page = EngravedPage(number, sample.width, sample.height, tuple(own), tuple(content))
        empty = _empty_staves(page, used[number], pitch, starts[min(number, 1)], margins)
        pages.append(replace(page, primitives=(*page.primitives, *empty)))
    return replace(engraving, pages=tuple(pages))


def _moved_system(system: EngravedSystem, tops: list[float], page: int) -> EngravedSystem:
    staves = tuple(_at(staff, top) for staff, top in zip(system.staves, tops, strict=True))
    return replace(system, page=page, staves=staves)


def _at(staff: EngravedStaff, top: float) -> EngravedStaff:
    dy = top - staff.line_ys[0]
    return replace(staff, line_ys=tuple(y + dy for y in staff.line_ys))


def _empty_staves(
    page: EngravedPage, used: set[int], pitch: float, start: float, margins: Margins
) -> Iterator[Primitive]:
    """Staff lines of all rows without music, of the length of the last staff."""
    sample = next((p for p in page.primitives if p.kind is PrimitiveKind.STAFF_LINE), None)
    if not isinstance(sample, Line) or not page.systems:
        return
    staff = page.systems[-1].staves[-1]
    height = staff.line_ys[-1] - staff.line_ys[0]
    rows = int((page.height - max(margins.bottom, _EDGE) - height - start) / pitch) + 1
    for number, row in enumerate(sorted(set(range(rows)) - used), start=1):
        place = Place(page.index, staff=number)
        for y in staff.line_ys:
            at = start + row * pitch + y - staff.line_ys[0]
            yield replace(
                sample,
                place=place,
                element=None,
                start=Point(staff.left, at),
                end=Point(staff.right, at),
            )
