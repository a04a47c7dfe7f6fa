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
from smashcima.geometry.ruling import empty_tops
from smashcima.placement.own_layout import ruled_to_the_margin
from smashcima.placement.own_staves import OwnStaves
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
"""Maximum number of staves left empty between two systems, or between two staves of a system."""


@dataclass(frozen=True, slots=True)
class _Home:
    """The place of a system on ruled paper."""

    page: int
    rows: tuple[int, ...]
    """Rows of its staves on the page, from 0."""


def on_ruled_paper(engraving: Engraving, score: Score, pitch_ss: float, margins: Margins) -> Engraving:
    """The engraving on ruled paper: staves at equal distances, filled from the top, and empty staves to the foot.

    Systems are divided among pages anew. Where the music needs more room than `pitch_ss`, the paper has larger distances,
    and staves between systems are left empty. If the staves of a system need more than 14 staff spaces, as with lyrics between
    them, a staff is left empty there as well, on the paper that fits them best. Nothing changes if staves differ in size or
    number of lines, or if no paper has enough room.

    Args:
        engraving: the engraving of a score; it is not modified.
        score: the engraved score.
        pitch_ss: smallest distance of the top lines of adjacent staves, in staff spaces.
        margins: the margins of the pages.

    Returns:
        The engraving with relations (`with_belonging`).
    """
    space = _common_space(engraving)
    if space is None:
        return engraving
    ruled = _ruled_to_one_side(engraving, margins)
    own_staves: list[OwnStaves | None] = [None] * len(ruled.pages)
    if _has_cross_staff_events(score):
        ruled = with_belonging(ruled, score)
        own_staves = [OwnStaves(page) for page in ruled.pages]
    skylines = [
        skyline
        for page, own in zip(ruled.pages, own_staves, strict=True)
        for skyline in skylines_of(page, own)
    ]
    page = engraving.pages[0]
    first = page.systems[0].staves[0].line_ys[0] if page.systems else skylines[0].top
    starts = (first, margins.top + _NEXT_PAGES_SS * space)
    pitches = (np.arange(pitch_ss, _WIDEST_SS + _STEP_SS, _STEP_SS) * space).tolist()
    found = next(_papers(skylines, pitches, starts, page.height, 0), None)
    if found is None:
        papers = _papers(skylines, pitches, starts, page.height, _MOST_SKIPPED)
        found = min(papers, key=lambda paper: _used_height(paper[0], paper[1], page.height), default=None)
    if found is None:
        return engraving
    pitch, homes = found
    return with_belonging(_moved(ruled, own_staves, homes, pitch, starts, margins), score)


def _papers(
    skylines: list[SystemSkyline],
    pitches: list[float],
    starts: tuple[float, float],
    height: float,
    skipped: int,
) -> Iterator[tuple[float, list[_Home]]]:
    """Distances of staves with enough room, and the places of the systems; `skipped` staves within systems may be empty."""
    for pitch in pitches:
        homes = _homes(skylines, pitch, starts, height, skipped)
        if homes is not None:
            yield pitch, homes


def _used_height(pitch: float, homes: list[_Home], height: float) -> float:
    """Height of the paper that the music covers, through all pages."""
    return homes[-1].page * height + homes[-1].rows[-1] * pitch


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
    skylines: list[SystemSkyline], pitch: float, starts: tuple[float, float], height: float, skipped: int
) -> list[_Home] | None:
    """The places of all systems with this distance of staves; `None` if there is not enough room."""
    homes: list[_Home] = []
    before: SystemSkyline | None = None
    for skyline in skylines:
        inner = _inner_rows(skyline, pitch, skipped)
        if inner is None:
            return None
        home = None
        if before is not None:
            last = homes[-1]
            steps = max(1, int(np.ceil(before.need_above(skyline) / pitch)))
            if steps > 1 + _MOST_SKIPPED:
                return None
            home = _fitting(last.page, last.rows[-1] + steps, inner, skyline, pitch, starts, height)
        if home is None:
            page = homes[-1].page + 1 if homes else 0
            home = _fitting(page, 0, inner, skyline, pitch, starts, height)
            if home is None and page > 0:
                home = _fitting(page, 1, inner, skyline, pitch, starts, height)
        if home is None:
            return None
        homes.append(home)
        before = skyline
    return homes


def _inner_rows(skyline: SystemSkyline, pitch: float, skipped: int) -> list[int] | None:
    """Rows of the staves of a system below its first one, from 0; `None` if more than `skipped` had to stay empty somewhere."""
    steps = [max(1, int(np.ceil(need / pitch))) for need in skyline.inner_needs()]
    if any(step > 1 + skipped for step in steps):
        return None
    return [0, *np.cumsum(steps, dtype=int).tolist()]


def _fitting(
    page: int,
    row: int,
    inner: list[int],
    skyline: SystemSkyline,
    pitch: float,
    starts: tuple[float, float],
    height: float,
) -> _Home | None:
    """The place of a system that starts in a row if it fits on the page there, otherwise `None`."""
    first = starts[min(page, 1)] + row * pitch
    last = first + inner[-1] * pitch
    is_start = page == row == 0
    fits = last + skyline.below <= height - _EDGE and (is_start or first - skyline.above >= _EDGE)
    return _Home(page, tuple(row + each for each in inner)) if fits else None


def _moved(
    engraving: Engraving,
    own_staves: list[OwnStaves | None],
    homes: list[_Home],
    pitch: float,
    starts: tuple[float, float],
    margins: Margins,
) -> Engraving:
    """The engraving with its systems at their places, and with empty staves."""
    systems: list[list[EngravedSystem]] = [[] for _ in range(homes[-1].page + 1)]
    primitives: list[list[Primitive]] = [[] for _ in systems]
    used: list[set[int]] = [set() for _ in systems]
    remaining = iter(homes)
    for page, own_staves_of_page in zip(engraving.pages, own_staves, strict=True):
        shifts: dict[int, tuple[VerticalShifts, int]] = {}
        for system in page.systems:
            home = next(remaining)
            start = starts[min(home.page, 1)] + home.rows[0] * pitch
            tops = [start + (row - home.rows[0]) * pitch for row in home.rows]
            used[home.page].update(home.rows)
            shift = VerticalShifts(page, system, tops, own_staves_of_page)
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
    foot = page.height - max(margins.bottom, _EDGE)
    for number, top in enumerate(empty_tops(start, pitch, height, foot, used), start=1):
        place = Place(page.index, staff=number)
        for y in staff.line_ys:
            at = top + y - staff.line_ys[0]
            yield replace(
                sample,
                place=place,
                element=None,
                start=Point(staff.left, at),
                end=Point(staff.right, at),
            )
