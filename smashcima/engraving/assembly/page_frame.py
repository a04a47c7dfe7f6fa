"""Frame of a page in the scene: systems, staves, measures and their regions."""

from __future__ import annotations

from collections.abc import Iterable

from smashcima.engraving.engraving import EngravedMeasure, EngravedPage, EngravedStaff, EngravedSystem
from smashcima.geometry import Contours, Rectangle
from smashcima.scene.semantic import Score
from smashcima.scene.visual import (
    BraceMark,
    GrandStaff,
    GrandStaffMeasure,
    LabeledRegion,
    Page,
    SmashcimaLabels,
    StaffMeasure,
    System,
    SystemMeasure,
    SystemStaff,
)
from smashcima.scene.visual.labels import Label, LabelLike
from smashcima.scene.visual.unmade_ink import area_of


class PageFrame:
    """The systems, staves and measures of one page, with lookup by place."""

    def __init__(self, page: Page, engraved: EngravedPage, score: Score) -> None:
        """Creates the frame as part of `page`."""
        self.page = page
        self.systems: dict[int, System] = {}
        self.staves: dict[tuple[int, int], SystemStaff] = {}
        """Staves by system index and staff number."""
        self.measures: dict[int, SystemMeasure] = {}
        """Measures by index in the whole score."""
        self._score = score
        self._engraved = engraved
        score_staves = {staff.number: staff for staff in score.staves}
        for system in engraved.systems:
            self._add_system(system)
            for staff in system.staves:
                self.staves[system.index, staff.number].semantic = score_staves.get(staff.number)

    def _region(self, label: LabelLike, area: Rectangle | None) -> LabeledRegion:
        contours = Contours.empty() if area is None else Contours.from_rectangle(area)
        return LabeledRegion(self.page.space, Label.of(label), contours)

    def _add_system(self, engraved: EngravedSystem) -> None:
        bounds = {staff.number: _staff_bounds(staff) for staff in engraved.staves}
        area = _hull(bounds.values())
        system = System(self.page, engraved.index, self._region(SmashcimaLabels.system, area))
        self.systems[engraved.index] = system
        for staff in engraved.staves:
            self.staves[engraved.index, staff.number] = SystemStaff(
                system,
                staff.number,
                self._region(SmashcimaLabels.staff, bounds[staff.number]),
                staff.line_ys,
                staff.staff_space,
            )
        for measure in engraved.measures:
            system_measure = self.measures[measure.index] = SystemMeasure(
                system,
                measure.index,
                self._region(SmashcimaLabels.systemMeasure, _slice(area, measure)),
                self._score.by_id(measure.element),
            )
            for staff in engraved.staves:
                StaffMeasure(
                    self.staves[engraved.index, staff.number],
                    system_measure,
                    self._region(SmashcimaLabels.staffMeasure, _slice(bounds[staff.number], measure)),
                )

    def add_grand_staves(self, braces: Iterable[BraceMark]) -> None:
        """Creates a grand staff of the staves beside each brace (which may be drawn in several pieces)."""
        reach: dict[tuple[int, str | None], tuple[float, float]] = {}
        for brace in braces:
            if brace.system is None or area_of(brace.glyph).is_empty:
                continue
            box = brace.bbox()
            key = (brace.system.index, getattr(brace.primitive, "element", None))
            top, bottom = reach.get(key, (box.top, box.bottom))
            reach[key] = (min(top, box.top), max(bottom, box.bottom))
        for engraved in self._engraved.systems:
            for (index, _), (top, bottom) in reach.items():
                staves = [staff for staff in engraved.staves if top <= staff.middle_y <= bottom]
                if index == engraved.index and staves:
                    self._add_grand_staff(engraved, staves)

    def _add_grand_staff(self, engraved: EngravedSystem, staves: list[EngravedStaff]) -> None:
        area = _hull(_staff_bounds(staff) for staff in staves)
        grand_staff = GrandStaff(
            self.systems[engraved.index],
            self._region(SmashcimaLabels.grandStaff, area),
            [self.staves[engraved.index, staff.number] for staff in staves],
        )
        for measure in engraved.measures:
            region = self._region(SmashcimaLabels.grandStaffMeasure, _slice(area, measure))
            GrandStaffMeasure(grand_staff, self.measures[measure.index], region)


def _staff_bounds(staff: EngravedStaff) -> Rectangle | None:
    """Area from the top line to the bottom line; a one-line staff extends one staff space above and below its line."""
    if not staff.line_ys:
        return None
    margin = staff.staff_space if len(staff.line_ys) == 1 else 0.0
    return Rectangle.from_sides(
        staff.left, staff.line_ys[0] - margin, max(staff.left, staff.right), staff.line_ys[-1] + margin
    )


def _hull(areas: Iterable[Rectangle | None]) -> Rectangle | None:
    found = [area for area in areas if area is not None]
    return Rectangle.hull(found) if found else None


def _slice(area: Rectangle | None, measure: EngravedMeasure) -> Rectangle | None:
    """The part of an area between the left and right sides of a measure."""
    if area is None:
        return None
    return Rectangle.from_sides(measure.left, area.top, max(measure.left, measure.right), area.bottom)
