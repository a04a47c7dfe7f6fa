"""Conversion of millimetres on a page to the units of the format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from smashcima.engraving import EngravedStaff, EngravedSystem
from smashcima.engraving.engraving import USUAL_STAFF_SPACE
from smashcima.geometry import Point, Rectangle
from smashcima.notations.mro import MroPosition

UNITS_PER_STAFF_SPACE = 16

_SPACES_OF_A_STAFF = 4
"""Height of a staff in staff spaces. The format has staves of five lines only."""

_POSITIONS_OF_A_STAFF = 8


@dataclass(frozen=True, slots=True)
class UnitScale:
    """Scale of one page."""

    unit: float
    """One unit in mm."""

    @property
    def staff_space(self) -> float:
        """Staff space of the usual staves of the page in mm."""
        return self.unit * UNITS_PER_STAFF_SPACE

    def of(self, length: float) -> int:
        """A length or coordinate in mm as a whole number of units."""
        return round(length / self.unit)


def scale_of(systems: Iterable[EngravedSystem]) -> UnitScale:
    """The scale by which the usual staves of a page have 16 units per staff space; of equally frequent ones, the largest."""
    spaces = [staff.staff_space for system in systems for staff in system.staves]
    found = Counter(round(space, 3) for space in spaces)
    usual = max(found, key=lambda each: (found[each], each), default=None)
    space = next((space for space in spaces if round(space, 3) == usual), USUAL_STAFF_SPACE)
    return UnitScale(space / UNITS_PER_STAFF_SPACE)


@dataclass(frozen=True, slots=True)
class Frame:
    """Positions relative to the top left corner of a stave or system."""

    scale: UnitScale
    top_units: int
    left_units: int

    def row(self, y: float) -> int:
        """Row of a y on the page."""
        return self.scale.of(y) - self.top_units

    def column(self, x: float) -> int:
        """Column of an x on the page."""
        return self.scale.of(x) - self.left_units

    def position(self, point: Point) -> MroPosition:
        """Row and column of a point on the page."""
        return MroPosition(self.row(point.y), self.column(point.x))

    def centre(self, box: Rectangle) -> MroPosition:
        """Row and column of the centre of a box on the page."""
        return self.position(box.center)


@dataclass(frozen=True, slots=True)
class StaveFrame(Frame):
    """Frame of one stave, with its staff positions."""

    staff: EngravedStaff
    width_units: int
    size_units: int

    @staticmethod
    def of(staff: EngravedStaff, scale: UnitScale) -> StaveFrame:
        """Frame of a staff that has lines."""
        half = _SPACES_OF_A_STAFF / 2 * staff.staff_space
        top, bottom = scale.of(staff.middle_y - half), scale.of(staff.middle_y + half)
        left = scale.of(staff.left)
        return StaveFrame(scale, top, left, staff, scale.of(staff.right) - left, bottom - top)

    @property
    def top(self) -> float:
        """Y of the top of the stave in mm; of the nominal one, if the staff has not five lines."""
        return self.staff.middle_y - _SPACES_OF_A_STAFF / 2 * self.staff.staff_space

    @property
    def bottom(self) -> float:
        """Y of the bottom of the stave in mm."""
        return self.staff.middle_y + _SPACES_OF_A_STAFF / 2 * self.staff.staff_space

    def position_down(self, y: float) -> int:
        """Staff position of a y on the page, counted downwards from the middle line."""
        step = _SPACES_OF_A_STAFF * self.staff.staff_space / _POSITIONS_OF_A_STAFF
        return round((y - self.staff.middle_y) / step)
