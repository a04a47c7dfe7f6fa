"""Result of engraving a score: pages of placed primitives, with systems, staves and measures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from smashcima.engraving.page_belonging import PageBelonging
from smashcima.engraving.primitive_kind import PrimitiveKind
from smashcima.engraving.primitives import Place, Primitive
from smashcima.errors import Issue
from smashcima.geometry import Rectangle
from smashcima.short_repr import ShortRepr

USUAL_STAFF_SPACE = 1.8
"""Default staff space of models in mm, used for pages without staves."""

_AT_A_BARLINE = 0.2
"""Objects that start less than this distance before a barline, in mm, belong to the next measure."""


@dataclass(frozen=True, slots=True)
class EngravedStaff(ShortRepr):
    """One staff in one system."""

    number: int
    """Number of the staff in the score (MEI `@n`), from 1."""
    line_ys: tuple[float, ...]
    """y of the staff lines on the page in mm, from top to bottom; empty for a staff without lines."""
    left: float
    right: float
    staff_space: float
    """Distance between adjacent staff lines in mm (for a one-line staff, the nominal distance)."""

    @property
    def middle_y(self) -> float:
        """Y of the centre between the outermost staff lines, in mm."""
        return (self.line_ys[0] + self.line_ys[-1]) / 2 if self.line_ys else 0.0


@dataclass(frozen=True, slots=True)
class EngravedMeasure(ShortRepr):
    """One measure in one system."""

    element: str
    """Id of the measure in the score."""
    index: int
    """Index in `Engraving.measures`."""
    system: int
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class EngravedSystem(ShortRepr):
    """One system: simultaneous staves, from one system break to the next."""

    index: int
    """Index in the whole score, from 0."""
    page: int
    staves: tuple[EngravedStaff, ...]
    """Staves from top to bottom, without hidden ones."""
    measures: tuple[EngravedMeasure, ...]
    """Measures from left to right."""

    @property
    def bounds(self) -> Rectangle | None:
        """Area from the first staff's top line to the last staff's bottom line; `None` if no staff has lines."""
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
        """Number of the staff that contains the range from y `top` to y `bottom`; `None` if no single staff does."""
        for staff in self.staves:
            if staff.line_ys:
                # Barlines of a one-line staff extend one staff space beyond its line.
                reach = staff.staff_space * (1.1 if len(staff.line_ys) == 1 else 0.1)
                if staff.line_ys[0] - reach <= top and bottom <= staff.line_ys[-1] + reach:
                    return staff.number
        return None

    def measure_at(self, x: float) -> int | None:
        """Index of the measure of an object that starts at `x`; the last measure if `x` lies beyond it."""
        for measure in self.measures:
            if x + _AT_A_BARLINE < measure.right:
                return measure.index
        return self.measures[-1].index if self.measures else None


class _Referable:
    """Base of classes with slots that have weak references; Python 3.10 has no option of `dataclass` for that."""

    __slots__ = ("__weakref__",)


@dataclass(frozen=True, slots=True)
class EngravedPage(_Referable, ShortRepr):
    """One page; its origin is the left top corner."""

    index: int
    width: float
    height: float
    systems: tuple[EngravedSystem, ...]
    primitives: tuple[Primitive, ...]
    """Primitives in drawing order."""
    belonging: PageBelonging | None = field(default=None, hash=False)
    """Relations between primitives, set by `with_belonging` before primitives are moved; `None` if not set yet."""

    @property
    def staff_space(self) -> float:
        """The largest staff space of the page, in mm; the default staff space if there are no staves."""
        spaces = [staff.staff_space for system in self.systems for staff in system.staves]
        return max(spaces, default=USUAL_STAFF_SPACE)

    def staff_at(self, place: Place) -> EngravedStaff | None:
        """The staff of a place; `None` if it is not on this page."""
        for system in self.systems:
            if system.index == place.system:
                return next((staff for staff in system.staves if staff.number == place.staff), None)
        return None

    def staff_space_at(self, place: Place) -> float:
        """Staff space of a place's staff, or of the page if it has none, in mm."""
        staff = self.staff_at(place)
        return self.staff_space if staff is None else staff.staff_space


@dataclass(frozen=True, slots=True)
class Engraving(ShortRepr):
    """Layout of a whole score."""

    pages: tuple[EngravedPage, ...]
    issues: tuple[Issue, ...]
    music_font: str
    mei: str | None = field(default=None, repr=False)
    """MEI of the engraved score, as written by `write_mei`; `None` if the engraver did not write it."""
    staff_scale: float = 1.0
    """Size of the staves relative to the requested size; below 1 if systems or pages would be overfull otherwise."""

    @property
    def systems(self) -> tuple[EngravedSystem, ...]:
        """The systems of all pages, in reading order."""
        return tuple(system for page in self.pages for system in page.systems)

    @property
    def measures(self) -> tuple[EngravedMeasure, ...]:
        """The measures of all systems, in reading order."""
        return tuple(measure for system in self.systems for measure in system.measures)

    def primitives(self, *kinds: PrimitiveKind) -> Iterator[Primitive]:
        """The primitives of all pages in drawing order, restricted to `kinds` if given."""
        for page in self.pages:
            for primitive in page.primitives:
                if not kinds or primitive.kind in kinds:
                    yield primitive
