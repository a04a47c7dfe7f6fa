"""A page as a graph of things, with its staves."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.mung.class_names import modern_name
from smashcima.assets.glyphs.mung.mung_reader import MungObject

FloatArray = NDArray[np.float64]

_KNOTS = 40
"""Places along a staff line at which its height is kept."""

_LINES = 5


@dataclass(slots=True, eq=False)
class Thing:
    """An object of the annotations with its neighbours in the graph. Pixels of the page."""

    source: MungObject
    name: str
    """Its class in modern spelling."""

    targets: list[Thing] = field(default_factory=list, repr=False)
    """What it is related to."""

    owners: list[Thing] = field(default_factory=list, repr=False)
    """What is related to it."""

    @property
    def x(self) -> float:
        """Middle of the box."""
        return self.source.left + self.source.width / 2

    @property
    def y(self) -> float:
        """Middle of the box."""
        return self.source.top + self.source.height / 2

    @property
    def mask(self) -> NDArray[np.uint8]:
        """(height, width), 1 = ink; a box without a mask is taken as full."""
        mask = self.source.mask
        return np.ones((self.source.height, self.source.width), np.uint8) if mask is None else mask

    def to(self, *names: str) -> list[Thing]:
        """The things of some classes that this one is related to."""
        return [thing for thing in self.targets if thing.name in names]

    def owned_by(self, *names: str) -> list[Thing]:
        """The things of some classes that are related to this one."""
        return [thing for thing in self.owners if thing.name in names]

    @property
    def heads(self) -> list[Thing]:
        """The noteheads that are related to this."""
        return [thing for thing in self.owners if thing.name.startswith("notehead")]


@dataclass(frozen=True, slots=True)
class StaffShape:
    """Five lines, which may be bent. Pixels of the page."""

    xs: FloatArray
    """Where the heights are known, from left to right."""

    line_ys: FloatArray
    """(5, len(xs)): the middle of each line, from the top down."""

    space: float
    """Distance of two lines."""

    def line_y(self, index: int, x: float) -> float:
        """Height of a line at some place, 0 the top one."""
        return float(np.interp(x, self.xs, self.line_ys[index]))

    def position_y(self, step: float, x: float) -> float:
        """Height of a pitch position: 0 = middle line, +1 a step up."""
        middle = self.line_y(2, x)
        return middle - step * (self.line_y(4, x) - self.line_y(0, x)) / 8


class PageGraph:
    """The things of one page."""

    def __init__(self, objects: list[MungObject], staff_space_px: float | None = None) -> None:
        """`staff_space_px` serves where the page has no annotated staff lines."""
        self.things = [Thing(thing, modern_name(thing.class_name)) for thing in objects]
        by_id = {thing.source.object_id: thing for thing in self.things}
        for thing in self.things:
            for number in thing.source.outlinks:
                other = by_id.get(number)
                if other is not None:
                    thing.targets.append(other)
                    other.owners.append(thing)
        self.staves: dict[int, StaffShape] = {}
        """By the id of the staff."""
        for thing in self.things:
            if thing.name == "staff":
                shape = _staff_shape(thing)
                if shape is not None:
                    self.staves[thing.source.object_id] = shape
        self._given_space = staff_space_px

    @cached_property
    def staff_space(self) -> float | None:
        """The usual distance of staff lines in pixels, or `None` where nothing tells."""
        if self.staves:
            return float(np.median([staff.space for staff in self.staves.values()]))
        if self._given_space is not None:
            return self._given_space
        heads = [
            thing.source.height for thing in self.things if thing.name in ("noteheadBlack", "noteheadHalf")
        ]
        # A notehead fills the space between two lines.
        return float(np.median(heads)) if heads else None

    @cached_property
    def has_dynamic_letters(self) -> bool:
        """MUSCIMA++ 2.0 has the letters of dynamics twice: once as such, once as characters."""
        return any(thing.name.startswith("dynamicLetter") for thing in self.things)

    def staff_of(self, thing: Thing) -> StaffShape | None:
        """The staff that a thing is related to, or that its owners are, or else the nearest one."""
        for candidate in (thing, *thing.owners):
            for staff in candidate.to("staff"):
                shape = self.staves.get(staff.source.object_id)
                if shape is not None:
                    return shape
        if not self.staves:
            return None
        return min(self.staves.values(), key=lambda staff: abs(staff.line_y(2, thing.x) - thing.y))


def _staff_shape(staff: Thing) -> StaffShape | None:
    lines = sorted(staff.to("staffLine"), key=lambda line: line.y)
    if len(lines) != _LINES:
        return None
    left = max(line.source.left for line in lines)
    right = min(line.source.left + line.source.width for line in lines)
    if right - left < _KNOTS:
        return None
    xs = np.linspace(left, right, _KNOTS)
    line_ys = np.stack([_line_heights(line, xs) for line in lines])
    return StaffShape(xs, line_ys, float(np.median(line_ys[-1] - line_ys[0])) / (_LINES - 1))


def _line_heights(line: Thing, xs: FloatArray) -> FloatArray:
    """A smooth curve through the ink of a staff line."""
    mask = line.mask
    ink = mask.sum(axis=0, dtype=np.int64)
    columns = np.nonzero(ink)[0]
    if len(columns) < _KNOTS:
        return np.full(len(xs), line.y)
    rows = np.arange(mask.shape[0], dtype=np.float64)
    heights = (rows @ mask)[columns] / ink[columns]
    fit = np.polynomial.Polynomial.fit(columns + line.source.left + 0.5, heights + line.source.top + 0.5, 3)
    curve: FloatArray = fit(xs)
    return curve
