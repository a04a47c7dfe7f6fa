"""The result of engraving a score: pages of placed primitives and the frame that they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smashcima.engraving.page_belonging import PageBelonging
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Place, Primitive
from smashcima.errors import Issue
from smashcima.geometry import Rectangle

USUAL_STAFF_SPACE = 1.8
"""Staff space in mm of the staves that models draw by default, for pages that have none."""

_AT_A_BARLINE = 0.2
"""What starts so few mm before a barline begins in the measure after it."""


@dataclass(frozen=True, slots=True)
class EngravedStaff:
    """One staff in one system."""

    number: int
    """Number of the staff in the score (MEI `@n`), from 1."""
    line_ys: tuple[float, ...]
    """y of the staff lines in mm on the page, from the top one down; empty for a staff without lines."""
    left: float
    right: float
    staff_space: float
    """Distance of neighbouring staff lines in mm (for a staff of one line: what it would be)."""

    @property
    def middle_y(self) -> float:
        """Height of the middle line, or of the middle between the outermost lines."""
        return (self.line_ys[0] + self.line_ys[-1]) / 2 if self.line_ys else 0.0


@dataclass(frozen=True, slots=True)
class EngravedMeasure:
    """One measure in one system."""

    element: str
    """Id of the measure in the score."""
    index: int
    """Index in `Engraving.measures`."""
    system: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class EngravedSystem:
    """One system: staves that are read together, from one line break to the next."""

    index: int
    """Index on the whole score, from 0."""
    page: int
    staves: tuple[EngravedStaff, ...]
    """From top to bottom; hidden staves are not among them."""
    measures: tuple[EngravedMeasure, ...]
    """From left to right."""

    @property
    def bounds(self) -> Rectangle | None:
        """From the first staff's top line to the last staff's bottom line; `None` if no staff has lines."""
        staves = [staff for staff in self.staves if staff.line_ys]
        if not staves:
            return None
        return Rectangle.from_sides(
            min(s.left for s in staves),
            min(s.line_ys[0] for s in staves),
            max(s.right for s in staves),
            max(s.line_ys[-1] for s in staves),
        )

    def staff_between(self, top: float, bottom: float) -> int | None:
        """Number of the one staff on which something from y `top` to y `bottom` stands; `None` between staves."""
        for staff in self.staves:
            if staff.line_ys:
                # Barlines of a staff of one line reach one staff space beyond it.
                reach = staff.staff_space * (1.1 if len(staff.line_ys) == 1 else 0.1)
                if staff.line_ys[0] - reach <= top and bottom <= staff.line_ys[-1] + reach:
                    return staff.number
        return None

    def measure_at(self, x: float) -> int | None:
        """Index of the measure in which something begins at `x`; the last one for what lies beyond it."""
        for measure in self.measures:
            if x + _AT_A_BARLINE < measure.right:
                return measure.index
        return self.measures[-1].index if self.measures else None


@dataclass(frozen=True, slots=True)
class EngravedPage:
    """One page, its origin at the left top corner of the sheet."""

    index: int
    width: float
    height: float
    systems: tuple[EngravedSystem, ...]
    primitives: tuple[Primitive, ...]
    """In the order of drawing."""
    belonging: PageBelonging | None = None
    """What belongs to what; found by `with_belonging` before primitives are moved. `None` if it was not yet."""

    @property
    def staff_space(self) -> float:
        """The largest staff space of the page, in mm; that of usual staves for a page without staves."""
        spaces = [staff.staff_space for system in self.systems for staff in system.staves]
        return max(spaces, default=USUAL_STAFF_SPACE)

    def staff_at(self, place: Place) -> EngravedStaff | None:
        """The staff that a place names, if it is on this page."""
        for system in self.systems:
            if system.index == place.system:
                return next((staff for staff in system.staves if staff.number == place.staff), None)
        return None

    def staff_space_at(self, place: Place) -> float:
        """The staff space of the staff that a place names, or of the page, in mm."""
        staff = self.staff_at(place)
        return self.staff_space if staff is None else staff.staff_space


@dataclass(frozen=True, slots=True)
class Engraving:
    """A whole score, laid out."""

    pages: tuple[EngravedPage, ...]
    issues: tuple[Issue, ...]
    music_font: str

    @property
    def systems(self) -> tuple[EngravedSystem, ...]:
        """The systems of all pages, in reading order."""
        return tuple(system for page in self.pages for system in page.systems)

    @property
    def measures(self) -> tuple[EngravedMeasure, ...]:
        """The measures of all systems, in reading order."""
        return tuple(measure for system in self.systems for measure in system.measures)

    def primitives(self, *kinds: PrimitiveKind) -> Iterator[Primitive]:
        """The primitives of all pages, or only those of some kinds, in the order of drawing."""
        for page in self.pages:
            for primitive in page.primitives:
                if not kinds or primitive.kind in kinds:
                    yield primitive
